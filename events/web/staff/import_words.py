"""What the pages for taking over a list say: fields, why a file cannot be read, what is wrong with a cell."""

from events.kit.refusals import Refusal, say
from events.kit.translation import N_, gettext
from events.registration import wording

FIELDS = {
    "given_name": N_("Vorname"),
    "family_name": N_("Nachname"),
    "name": N_("Ganzer Name"),
    "email": N_("E-Mail"),
    "phone": N_("Telefon"),
    "organisation": N_("Organisation"),
    "city": N_("Ort"),
    "role": N_("Rolle"),
    "needs": N_("Braucht"),
    "party": N_("Personen"),
}

HINTS = {
    "name": N_("Nur wenn Vor- und Nachname in einer Spalte stehen. Sie werden getrennt."),
    "role": N_("Möglich sind: Ehrenamt, Multiplikator:in, Fachkraft, Hauptamt, Neu zugewandert."),
    "needs": N_("Möglich sind: Sprachmittlung, Stufenloser Zugang, Kinderbetreuung. Mehreres mit Komma."),
    "party": N_("Wie viele zusammen kommen. Ohne Angabe ist es eine Person."),
}

UNREADABLE = {
    "file_too_large": N_("Die Datei ist zu groß. Möglich sind höchstens %(megabytes)s MB."),
    "file_empty": N_("In der Datei steht nichts."),
    "only_headings": N_("In der Datei stehen nur Überschriften und keine Personen."),
    "not_a_table": N_("Die Datei ist keine Tabelle, die wir lesen können."),
    "old_workbook": N_("Die Datei hat ein altes Excel-Format (.xls)."),
    "encrypted": N_("Die Datei ist mit einem Passwort geschützt."),
    "damaged": N_("Die Datei ist beschädigt oder nicht vollständig."),
    "wrong_encoding": N_("Die Buchstaben der Datei lassen sich nicht lesen."),
    "unpacks_too_large": N_("Ausgepackt ist die Datei viel zu groß für eine Liste von Personen."),
    "too_much_work": N_("Die Datei ist zu umfangreich."),
    "too_many_rows": N_("Die Datei hat zu viele Zeilen. Möglich sind höchstens %(rows)s."),
    "too_many_columns": N_("Die Datei hat zu viele Spalten. Möglich sind höchstens %(columns)s."),
}

_SHORTEN = N_("Kopieren Sie nur die Zeilen und Spalten mit den Personen in eine neue Tabelle und laden Sie diese hoch.")
_SAVE_ANEW = N_("Öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie als XLSX, ODS oder CSV.")

WHAT_NOW = {
    "file_too_large": _SHORTEN,
    "file_empty": N_(
        "Wählen Sie eine andere Datei. In Tabellen mit mehreren Blättern lesen wir nur sichtbare Blätter."
    ),
    "only_headings": N_("Tragen Sie unter den Überschriften die Personen ein, in jeder Zeile eine."),
    "not_a_table": N_("Wählen Sie eine Datei im Format XLSX, ODS oder CSV."),
    "old_workbook": _SAVE_ANEW,
    "encrypted": N_("Entfernen Sie das Passwort, speichern Sie die Datei und laden Sie sie noch einmal hoch."),
    "damaged": _SAVE_ANEW,
    "wrong_encoding": N_("Speichern Sie sie als „CSV UTF-8“ oder als XLSX und laden Sie sie noch einmal hoch."),
    "unpacks_too_large": _SHORTEN,
    "too_much_work": _SHORTEN,
    "too_many_rows": N_("Teilen Sie die Liste auf mehrere Dateien auf."),
    "too_many_columns": _SHORTEN,
}

FAULTS = {
    "no_name": N_("Der Name fehlt."),
    "no_email": N_("Das ist keine E-Mail-Adresse. Richtig ist zum Beispiel name@example.org."),
    "no_phone": N_("Das ist keine Telefonnummer. Richtig ist zum Beispiel 0221 4710123."),
    "no_role": N_("Diese Rolle kennen wir nicht. Möglich sind: %(choices)s."),
    "no_need": N_("Das kennen wir nicht. Möglich sind: %(choices)s."),
    "no_party": N_("Möglich ist eine ganze Zahl von 1 bis %(most)s."),
    "too_long": N_("Das ist zu lang. Möglich sind höchstens %(most)s Zeichen."),
}

CHOICES = {
    "role": N_("Ehrenamt, Multiplikator:in, Fachkraft, Hauptamt, Neu zugewandert"),
    "needs": N_("Sprachmittlung, Stufenloser Zugang, Kinderbetreuung"),
}

COLUMN_FAULTS = {
    "no_name_column": N_("Bitte wählen Sie mindestens eine Spalte mit dem Namen."),
    "no_such_column": N_("Diese Spalte gibt es in der Datei nicht."),
    "taken_twice": N_("Diese Spalte ist schon bei einem anderen Feld gewählt."),
}

AGAINST = {
    "full": N_("Es sind nicht genug Plätze frei, und es gibt keine Warteliste."),
    "no_sign_up_needed": N_("Zu dieser Veranstaltung meldet man sich nicht an."),
    "nobody_named": N_("In der Liste steht niemand, der noch nicht angemeldet ist."),
}
"""Reasons that mean something else to the team than to visitors."""

WHAT_TO_CHANGE = {
    "not_published": N_("Veröffentlichen Sie die Veranstaltung und rufen Sie diese Seite dann noch einmal auf."),
    "full": N_("Erhöhen Sie die Zahl der Plätze, schalten Sie die Warteliste ein oder kürzen Sie die Liste."),
    "sign_up_closed": N_("Legen Sie bei der Veranstaltung den Anmeldeschluss später."),
    "no_date_yet": N_("Tragen Sie zuerst einen Termin ein."),
    "already_started": N_("Wer da war, tragen Sie bei der Anwesenheit ein."),
}


def unreadable(reason: Refusal) -> str:
    """Why the file cannot be taken, and what to do now."""
    return f"{say(UNREADABLE, reason) or gettext(UNREADABLE['damaged'])} {say(WHAT_NOW, reason)}".strip()


def against(reason: Refusal) -> str:
    """Why nobody of the list can be signed up, and what to change."""
    sentence = say(AGAINST, reason) or wording.refusal_text(reason)
    return f"{sentence} {say(WHAT_TO_CHANGE, reason)}".strip()


def fault(code: str, field: str, most: int) -> str:
    """What is wrong with a cell."""
    return gettext(FAULTS[code], choices=gettext(CHOICES.get(field, "")), most=most)
