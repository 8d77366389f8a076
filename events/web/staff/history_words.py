"""The details of a line of history in words: what stood before and after, which parts were changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from events.accounts.wording import ROLE_NAMES
from events.kit.translation import N_, day_and_time
from events.kit.translation import gettext as _
from events.programme.wording import ORGANISATION_KINDS, PARTNER_ROLES
from events.programme.wording import STATUSES as EVENT_STATUSES
from events.registration.wording import STATUSES

# Facts that are not named here (ids, mostly) say nothing to people and are left out.
NAMES = {
    "after": N_("nachher"),
    "answers": N_("gelöschte Antworten"),
    "before": N_("vorher"),
    "capacity": N_("Plätze"),
    "changed": N_("geändert"),
    "children": N_("Kinder"),
    "family": N_("Programmfamilie"),
    "heads": N_("Personen im Raum"),
    "kind": N_("Art"),
    "last_day": N_("letzter Tag"),
    "name": N_("Name"),
    "organisation_name": N_("Organisation"),
    "page": N_("Seite"),
    "parents": N_("Eltern"),
    "participations": N_("Teilnahmen"),
    "party": N_("Personen"),
    "places": N_("Plätze"),
    "question": N_("Frage"),
    "registered": N_("angemeldet"),
    "role": N_("Rolle"),
    "start": N_("Beginn"),
    "status": N_("Stand"),
}

BEFORE_AND_AFTER = frozenset({"capacity", "name", "start", "status"})

PARTS = {
    "audiences": N_("Zielgruppen"),
    "break_minutes": N_("Pausen"),
    "capacity": N_("Plätze"),
    "city": N_("Stadt"),
    "description": N_("Beschreibung"),
    "end": N_("Ende"),
    "ends_on": N_("letzter Tag"),
    "format": N_("Art"),
    "hint": N_("Hinweis"),
    "hints": N_("Hinweise"),
    "is_online": N_("online"),
    "join_link": N_("Link zum Einwählen"),
    "keep_days": N_("Aufbewahrung"),
    "kind": N_("Art"),
    "languages": N_("Sprachen"),
    "name": N_("Name"),
    "note": N_("Notiz"),
    "only_if": N_("Bedingung"),
    "options": N_("Antworten"),
    "organisation_id": N_("Organisation"),
    "parent": N_("Träger"),
    "policy": N_("Regeln"),
    "programme": N_("Programm"),
    "programme_id": N_("Programm"),
    "purpose": N_("Zweck"),
    "required": N_("Pflicht"),
    "room": N_("Raum"),
    "series": N_("Reihe"),
    "start": N_("Beginn"),
    "starts_on": N_("erster Tag"),
    "summary": N_("Kurztext"),
    "text": N_("Text"),
    "title": N_("Titel"),
    "venue": N_("Ort"),
    "venue_id": N_("Ort"),
}

CODES: Mapping[str, str] = {
    **ORGANISATION_KINDS, **PARTNER_ROLES, **ROLE_NAMES, **PARTS, **EVENT_STATUSES, **STATUSES,
}  # fmt: skip


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """As in "geändert: Plätze, Titel; Plätze: von 12 auf 20"."""
    return "; ".join(
        f"{_(NAMES[name])}: {_fact(name, value)}" for name, value in facts.items() if name in NAMES and value != ""
    )


def _fact(name: str, value: object) -> str:
    if not isinstance(value, list):
        return _value(value)
    if name in BEFORE_AND_AFTER and len(value) == 2:
        return _("vorher %(before)s, nachher %(after)s", before=_value(value[0]), after=_value(value[1]))
    return ", ".join(_value(one) for one in value)


def _value(value: object) -> str:
    if value is None:
        return _("unbegrenzt")
    text = str(value)
    if text in CODES:
        return _(CODES[text])
    return day_and_time(datetime.fromisoformat(text)) if _is_moment(text) else text


def _is_moment(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
