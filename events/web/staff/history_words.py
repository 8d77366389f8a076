"""The details of a line of history in words: what stood before and after, which parts were changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from events.accounts.wording import ROLE_NAMES
from events.attendance.sheets.wording import ORIGINS as PAPER_ORIGINS
from events.invitations.wording import STATUSES as INVITATION_STATUSES
from events.kit.translation import N_, day_and_time
from events.kit.translation import gettext as _
from events.mail.wording import KINDS as MAIL_KINDS
from events.outcomes.status import NAMES as OUTCOME_STATUSES
from events.privacy.retention_words import BY_AGE
from events.programme.wording import ORGANISATION_KINDS, PARTNER_ROLES
from events.programme.wording import STATUSES as EVENT_STATUSES
from events.registration.wording import STATUSES
from events.topics.status import NAMES as TOPIC_STATUSES

# Facts that are not named here (ids, mostly) say nothing to people and are left out.
NAMES = {
    "after": N_("nachher"),
    "answers": N_("gelöschte Antworten"),
    "bookings": N_("Anmeldevorgänge"),
    "entries": N_("Einträge unter der Adresse"),
    "invitations": N_("Einladungen"),
    "notes": N_("Notizen zu Terminen"),
    "walk_ins": N_("Namen ohne Anmeldung"),
    "sign_ups": N_("Anmeldungen"),
    "people": N_("Personen"),
    "waiting": N_("warten noch"),
    **BY_AGE,
    "before": N_("vorher"),
    "capacity": N_("Plätze"),
    "changed": N_("geändert"),
    "children": N_("Kinder"),
    "days_before": N_("Tage vorher"),
    "family": N_("Programmfamilie"),
    "heads": N_("Personen im Raum"),
    "hours_after": N_("Stunden danach"),
    "kind": N_("Art"),
    "last_day": N_("letzter Tag"),
    "mail": N_("Mail"),
    "name": N_("Name"),
    "organisation_name": N_("Organisation"),
    "page": N_("Seite"),
    "parents": N_("Eltern"),
    "participations": N_("Teilnahmen"),
    "party": N_("Personen"),
    "places": N_("Plätze"),
    "question": N_("Frage"),
    "recipients": N_("Empfänger:innen"),
    "registered": N_("angemeldet"),
    "role": N_("Rolle"),
    "said_at": N_("von wann"),
    "source": N_("Quelle"),
    "start": N_("Beginn"),
    "status": N_("Stand"),
}

BEFORE_AND_AFTER = frozenset({"capacity", "name", "party", "start", "status"})

PARTS = {
    "answer": N_("Antwort"),
    "details": N_("Beschreibung"),
    "adopted_by": N_("Beschlossen von"),
    "adopted_on": N_("Beschlossen am"),
    "audiences": N_("Zielgruppen"),
    "break_minutes": N_("Pausen"),
    "capacity": N_("Plätze"),
    "city": N_("Stadt"),
    "contact": N_("Ansprechperson"),
    "contact_email": N_("E-Mail-Adresse"),
    "contact_name": N_("Ansprechperson"),
    "days_before": N_("Tage vorher"),
    "due_on": N_("Frist"),
    "description": N_("Beschreibung"),
    "end": N_("Ende"),
    "ends_on": N_("letzter Tag"),
    "field": N_("Handlungsfeld"),
    "followed_by": N_("Veranstaltung, die daraus entstand"),
    "format": N_("Format"),
    "hint": N_("Hinweis"),
    "hints": N_("Hinweise"),
    "hours_after": N_("Stunden danach"),
    "is_online": N_("online"),
    "join_link": N_("Link zum Einwählen"),
    "keep_days": N_("Aufbewahrung"),
    "kind": N_("Art"),
    "language": N_("Sprache"),
    "languages": N_("Sprachen"),
    "last_only": N_("nur nach dem letzten Termin"),
    "measure": N_("Was daraus wurde"),
    "name": N_("Name"),
    "note": N_("Notiz"),
    "only_if": N_("Bedingung"),
    "options": N_("Antworten"),
    "organisation_name": N_("Organisation"),
    "organisation_id": N_("Organisation"),
    "parent": N_("Träger"),
    "policy": N_("Regeln"),
    "programme": N_("Programm"),
    "programme_id": N_("Programm"),
    "purpose": N_("Zweck"),
    "recommendation": N_("Empfehlung"),
    "required": N_("Pflicht"),
    "responsible": N_("Zuständige Institution"),
    "responsible_name": N_("Zuständige Institution"),
    "room": N_("Raum"),
    "series": N_("Reihe"),
    "start": N_("Beginn"),
    "starts_on": N_("erster Tag"),
    "step": N_("Handlungsschritt"),
    "statuses": N_("an wen"),
    "summary": N_("Kurztext"),
    "text": N_("Text"),
    "texts": N_("Text"),
    "title": N_("Titel"),
    "translated_from": N_("Stand der Übersetzung"),
    "topics": N_("Themen"),
    "venue": N_("Ort"),
    "venue_id": N_("Ort"),
}

DATED_MAILS = {"reminder": N_("Erinnerung"), "follow_up": N_("Nach der Veranstaltung")}

CODES: Mapping[str, str] = {
    **DATED_MAILS, **ORGANISATION_KINDS, **PARTNER_ROLES, **ROLE_NAMES, **PARTS, **EVENT_STATUSES, **STATUSES,
    **PAPER_ORIGINS,
}  # fmt: skip


OWN_CODES: Mapping[str, Mapping[str, str]] = {
    "invitation": INVITATION_STATUSES, "mail_paragraph": MAIL_KINDS, "outcome": OUTCOME_STATUSES,
    "topic_proposal": TOPIC_STATUSES,
}  # fmt: skip
"""Where a code means something else than in most records, by kind of record."""


def facts_in_words(facts: Mapping[str, Any], kind: str = "") -> str:
    """As in "geändert: Plätze, Titel; Plätze: von 12 auf 20"."""
    codes = {**CODES, **OWN_CODES.get(kind, {})}
    return "; ".join(
        f"{_(NAMES[name])}: {_fact(name, value, codes)}"
        for name, value in facts.items()
        if name in NAMES and value != ""
    )


def _fact(name: str, value: object, codes: Mapping[str, str]) -> str:
    if not isinstance(value, list):
        return _value(value, codes)
    if name in BEFORE_AND_AFTER and len(value) == 2:
        before, after = (_value(one, codes) for one in value)
        return _("vorher %(before)s, nachher %(after)s", before=before, after=after)
    return ", ".join(_value(one, codes) for one in value)


def _value(value: object, codes: Mapping[str, str]) -> str:
    if value is None:
        return _("unbegrenzt")
    text = str(value)
    if text in codes:
        return _(codes[text])
    return day_and_time(datetime.fromisoformat(text)) if _is_moment(text) else text


def _is_moment(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
