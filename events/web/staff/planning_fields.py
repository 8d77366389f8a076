"""The fields of the forms of events and dates by the names people know them by; nothing about what is in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from events.kit.translation import LANGUAGES, N_, SOURCE
from events.kit.translation import gettext as _

_TEXTS = {"title": N_("Titel"), "summary": N_("In einem Satz"), "description": N_("Beschreibung")}

_RULES = {
    "visibility": N_("Wer sieht sie?"),
    "sign_up": N_("Mit Anmeldung?"),
    "needs_email": N_("E-Mail-Adresse nötig?"),
    "max_people": N_("Personen mit Namen je Anmeldung"),
    "max_party": N_("Personen ohne Namen je Anmeldung"),
    "sign_up_until_days": N_("Anmeldeschluss: Tage vor dem Beginn"),
    "cancel_until_days": N_("Absagen möglich bis: Tage vor dem Beginn"),
    "approval": N_("Anmeldungen prüfen?"),
    "request_holds_place": N_("Hält eine Anfrage schon einen Platz?"),
    "agreement": N_("Kooperationsvereinbarung der Einrichtung?"),
    "waiting_list": N_("Warteliste?"),
    "cut_off_hours": N_("Nachrücken bis: Stunden vor dem Beginn"),
    "minimum": N_("Mindestzahl"),
    "decide_minimum_days": N_("Entscheidung: Tage vor dem Beginn"),
}

_FURTHER_RULES = {
    "certificate": N_("Teilnahmebescheinigung"),
    "certificate_least": N_("Ab wie vielen Terminen oder Minuten?"),
    "certificate_excused": N_("Zählen entschuldigte Termine?"),
    "certificate_across_runs": N_("Lässt sich Gefehltes nachholen?"),
    "feedback": N_("Rückmeldung erbitten?"),
    "group_report_months": N_("Gruppen melden sich nach so vielen Monaten"),
    "keep_days": N_("Namen und Kontakte löschen nach so vielen Tagen"),
    "dimensions": N_("Köpfe zählen nach"),
}

DATE_FIELDS = {
    "day": N_("Tag"),
    "starts": N_("Beginn"),
    "ends": N_("Ende"),
    "break_minutes": N_("Pausen in Minuten"),
    "venue": N_("Ort"),
    "room": N_("Raum"),
    "is_online": N_("Findet online statt"),
    "join_link": N_("Link zum Einwählen"),
}


def event_fields() -> dict[str, str]:
    """By name of the field."""
    shown = {
        "programme": _("Programm"),
        "format": _("Format"),
        "capacity": _("Plätze"),
        "series": _("Reihe"),
        "audiences": _("Für wen?"),
        "hints": _("Hinweise"),
        "languages": _("Außer Deutsch wird gesprochen"),
    }
    return {**text_fields(), **shown, **_RULES}


def text_fields() -> dict[str, str]:
    """Of texts in German and in the other languages."""
    others = {
        f"{code}-{name}": f"{_(label)} ({LANGUAGES[code].name})"
        for code in LANGUAGES
        if code != SOURCE
        for name, label in _TEXTS.items()
    }
    return {name: _(label) for name, label in _TEXTS.items()} | others


def programme_fields() -> dict[str, str]:
    """By name of the field."""
    return {
        "name": _("Name"),
        "family": _("Programmfamilie"),
        "kind": _("Art"),
        "funding": _("Förderprogramm"),
        **_RULES,
        **_FURTHER_RULES,
    }


def rule_choices() -> dict[str, list[tuple[str, str]]]:
    """What only programmes may choose."""
    return {
        "certificates": [
            ("none", _("Keine")),
            ("all", _("Für alle, die bei allen Terminen waren")),
            ("dates", _("Ab so vielen Terminen")),
            ("minutes", _("Ab so vielen Minuten")),
        ]
    }


def event_words(choices: Mapping[str, Any]) -> dict[str, Iterable[tuple[str, str]]]:
    """What stands for the codes in the fields of an event; `choices` as the form gets them."""
    yes_or_no = dict.fromkeys(("sign_up", "needs_email", "approval", "request_holds_place"), choices["yes_or_no"])
    return {
        "programme": choices["programmes"],
        "series": choices["series"],
        "format": choices["formats"],
        "audiences": choices["audiences"],
        "hints": choices["hints"],
        "languages": choices["spoken"],
        "visibility": choices["visibilities"],
        "waiting_list": choices["waiting_lists"],
        "agreement": choices["agreements"],
        **yes_or_no,
    }
