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
    "accent": N_("Farbe"),
    "access": N_("Barrierefreiheit"),
    "adopted_by": N_("Beschlossen von"),
    "adopted_on": N_("Beschlossen am"),
    "answer": N_("Antwort"),
    "applied": N_("beantragt"),
    "approved": N_("bewilligt"),
    "audiences": N_("Zielgruppen"),
    "break_minutes": N_("Pausen"),
    "capacity": N_("Plätze"),
    "carried_out": N_("durchgeführt"),
    "city": N_("Stadt"),
    "contact": N_("Ansprechperson"),
    "contact_email": N_("E-Mail-Adresse"),
    "contact_name": N_("Ansprechperson"),
    "county": N_("Kreis"),
    "days_before": N_("Tage vorher"),
    "description": N_("Beschreibung"),
    "details": N_("Beschreibung"),
    "due_on": N_("Frist"),
    "email": N_("E-Mail-Adresse"),
    "end": N_("Ende"),
    "ends_on": N_("letzter Tag"),
    "family": N_("Programmfamilie"),
    "family_name": N_("Nachname"),
    "field": N_("Handlungsfeld"),
    "followed_by": N_("Veranstaltung, die daraus entstand"),
    "format": N_("Format"),
    "funding": N_("Förderprogramm"),
    "given_name": N_("Vorname"),
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
    "latitude": N_("Lage auf der Karte"),
    "longitude": N_("Lage auf der Karte"),
    "measure": N_("Was daraus wurde"),
    "name": N_("Name"),
    "needs": N_("Bedarf"),
    "note": N_("Notiz"),
    "only_if": N_("Bedingung"),
    "only_if_value": N_("Bedingung"),
    "options": N_("Antworten"),
    "organisation": N_("Organisation"),
    "organisation_id": N_("Organisation"),
    "organisation_kind": N_("Art der Organisation"),
    "organisation_name": N_("Organisation"),
    "paragraphs": N_("Texte"),
    "parent": N_("Träger"),
    "parent_id": N_("Träger"),
    "phone": N_("Telefon"),
    "places": N_("Plätze"),
    "policy": N_("Regeln"),
    "position": N_("Reihenfolge"),
    "postcode": N_("Postleitzahl"),
    "postcode_and_town": N_("Postleitzahl und Ort"),
    "programme": N_("Programm"),
    "programme_id": N_("Programm"),
    "published": N_("veröffentlicht"),
    "purpose": N_("Zweck"),
    "recipient": N_("Träger der Maßnahme"),
    "recommendation": N_("Empfehlung"),
    "release_at": N_("Freigabe"),
    "required": N_("Pflicht"),
    "responsible": N_("Zuständige Institution"),
    "responsible_name": N_("Zuständige Institution"),
    "role": N_("Rolle"),
    "room": N_("Raum"),
    "series": N_("Reihe"),
    "series_id": N_("Reihe"),
    "slug": N_("Adresse der Seite"),
    "start": N_("Beginn"),
    "starts_on": N_("erster Tag"),
    "statuses": N_("an wen"),
    "step": N_("Handlungsschritt"),
    "street": N_("Straße"),
    "summary": N_("Kurztext"),
    "text": N_("Text"),
    "texts": N_("Text"),
    "title": N_("Titel"),
    "topics": N_("Themen"),
    "translated_from": N_("Stand der Übersetzung"),
    "translations_checked": N_("Stand der Übersetzung"),
    "unit": N_("Fördereinheit"),
    "venue": N_("Ort"),
    "venue_id": N_("Ort"),
    "year": N_("Jahr"),
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
