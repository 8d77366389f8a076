"""One's own data for machines (Art. 20 DSGVO): JSON with German keys, moments in Berlin's time with offset."""

import json
from datetime import datetime
from typing import Any

from events.kit.clock import BERLIN
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.privacy.own_data import OwnCertificateData, OwnData, OwnMailData, OwnRegistrationData
from events.privacy.own_words import MAIL_STATUSES, MAILS, MARKS, PURPOSES, SOURCES, in_words, line_in_words
from events.registration.own.views import OwnPerson
from events.registration.wording import NEEDS, ROLES, STATUSES


def as_json(own: OwnData, now: datetime) -> str:
    """Everything of it, in the current language."""
    content: dict[str, Any] = {
        "stand": _moment(now),
        "anmeldevorgang": _booking(own),
        "personen": [_person(one) for one in own.people],
        "anmeldungen": [_registration(one) for one in own.registrations],
        "anwesenheit": [
            {
                "person": one.person,
                "veranstaltung": str(localized(one.event.title)),
                "termin": _moment(one.start),
                "vermerk": in_words(MARKS, one.mark),
                "notiert_am": _moment(one.noted_at),
            }
            for one in own.marks
        ],
        "teilnahmebescheinigungen": [_certificate(one) for one in own.certificates],
        "mails": [_mail(one) for one in own.mails],
        "nicht_zustellbar": [
            {"an": one.address, "seit": _moment(one.since), "antwort_des_mailservers": one.reply}
            for one in own.undeliverable
        ],
        "verlauf": [{"am": _moment(one.at), "was": line_in_words(one.kind, one.verb, one.by)} for one in own.lines],
        "zwecke": [
            {
                "daten": _(one.what),
                "zweck": _(one.use.purpose),
                "rechtsgrundlage": one.use.basis,
                "aufbewahrt": _(one.use.kept),
            }
            for one in PURPOSES
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _booking(own: OwnData) -> dict[str, Any]:
    return {
        "e_mail": own.contact_email,
        "sprache": own.language,
        "eingegangen_am": _moment(own.created_at),
        "eingegangen_ueber": in_words(SOURCES, own.source),
        "adresse_bestaetigt_am": _moment(own.address_proven_at),
        "fassung_der_hinweise": own.consent_text,
        "hinweise_gelesen_am": _moment(own.created_at) if own.consent_text else None,
    }


def _person(one: OwnPerson) -> dict[str, Any]:
    return {
        "name": one.name,
        "e_mail": one.email,
        "telefon": one.phone,
        "organisation": one.organisation,
        "stadt": one.city,
        "rolle": in_words(ROLES, one.role),
        "braucht": [in_words(NEEDS, need) for need in one.needs],
        "code": one.code,
    }


def _certificate(one: OwnCertificateData) -> dict[str, Any]:
    return {
        "name": one.person,
        "nummer": one.number,
        "veranstaltung": str(localized(one.title)),
        "ausgestellt_am": _moment(one.issued_at),
        "gesendet_am": _moment(one.mailed_at),
        "gilt": not one.ending,
    }


def _mail(one: OwnMailData) -> dict[str, Any]:
    return {
        "art": in_words(MAILS, one.kind),
        "an": one.recipient,
        "stand": in_words(MAIL_STATUSES, one.status),
        "erstellt_am": _moment(one.created_at),
        "gesendet_am": _moment(one.sent_at),
    }


def _registration(one: OwnRegistrationData) -> dict[str, Any]:
    return {
        "person": one.person,
        "veranstaltung": str(localized(one.event.title)),
        "termine": [{"beginn": _moment(date.start), "ende": _moment(date.end)} for date in one.event.coming_dates],
        "stand": in_words(STATUSES, one.status),
        "begruendung": one.reason,
        "personenzahl": one.party,
        "angemeldet_am": _moment(one.registered_at),
        "zuletzt_geaendert_am": _moment(one.changed_at),
        "antworten": [{"frage": question, "antwort": answer} for question, answer in one.answers],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(BERLIN).isoformat(timespec="seconds") if moment else None
