"""What the team's pages about invitations say: groups, fields of lists, what is wrong with a line, what to change."""

from events.kit.refusals import Refusal, say
from events.kit.translation import N_, gettext
from events.registration.imports.cells import Fault
from events.web.errors import next_step, refusal_text

GROUP_NAMES = {
    "prepared": N_("Noch nicht eingeladen"),
    "invited": N_("Ohne Antwort"),
    "accepted": N_("Zugesagt"),
    "declined": N_("Abgesagt"),
    "delegated": N_("Vertretung"),
    "unreachable": N_("Nicht erreicht"),
    "wants_none": N_("Möchte keine Einladungen"),
    "withdrawn": N_("Zurückgezogen"),
}

FIELDS = {
    "email": N_("E-Mail"),
    "given_name": N_("Vorname"),
    "family_name": N_("Nachname"),
    "name": N_("Ganzer Name"),
    "organisation": N_("Einrichtung"),
    "language": N_("Sprache"),
    "places": N_("Plätze"),
}

HINTS = {
    "name": N_("Nur wenn Vor- und Nachname in einer Spalte stehen. Sie werden getrennt."),
    "language": N_("Möglich sind: Deutsch, Englisch, Türkisch, Arabisch. Ohne Angabe ist es Deutsch."),
    "places": N_("Wie viele Personen die Einrichtung schicken kann. Ohne Angabe ist es eine."),
}

COLUMN_FAULTS = {
    "no_email_column": N_("Bitte wählen Sie die Spalte mit den E-Mail-Adressen."),
    "no_such_column": N_("Diese Spalte gibt es in der Datei nicht."),
    "taken_twice": N_("Diese Spalte ist schon bei einem anderen Feld gewählt."),
}

FAULTS = {
    "email_missing": N_("Hier fehlt die E-Mail-Adresse."),
    "no_email": N_("Das ist keine E-Mail-Adresse."),
    "too_long": N_("Das ist zu lang. Möglich sind höchstens %(most)s Zeichen."),
    "no_language": N_("In dieser Sprache schreiben wir nicht. Möglich sind: Deutsch, Englisch, Türkisch, Arabisch."),
    "no_places": N_("Möglich ist eine ganze Zahl von 1 bis %(most)s."),
}

TO_THE_TEAM = {
    "called_off": N_("Die Veranstaltung ist abgesagt. Niemand kann mehr eingeladen werden oder antworten."),
    "already_started": N_("Die Veranstaltung hat schon begonnen. Niemand kann mehr eingeladen werden oder antworten."),
    "no_sign_up_needed": N_("Zu dieser Veranstaltung meldet man sich nicht an. Deshalb gibt es keine Einladungen."),
    "not_published": N_("Die Veranstaltung ist noch ein Entwurf. Einladen können Sie, sobald sie veröffentlicht ist."),
}
"""Reasons that mean something else to the team than to who is invited."""


def against(reason: Refusal) -> str:
    """Why something does not work, and what to change."""
    path = "/team/"
    return say(TO_THE_TEAM, reason) or f"{refusal_text(reason, path)} {next_step(reason, path)}".strip()


def fault(one: Fault) -> dict[str, object]:
    """A row of the table of mistakes."""
    value = one.value[:80] + "…" if len(one.value) > 80 else one.value
    sentence = gettext(FAULTS[one.code], most=one.most)
    return {"number": one.number, "field": gettext(FIELDS[one.field]), "sentence": sentence, "value": value}
