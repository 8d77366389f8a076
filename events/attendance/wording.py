"""Marks, dimensions and refusals of the roll call in words people see. German; translated when shown."""

from functools import partial

from events.attendance.sheets import wording as sheets_wording
from events.kit.refusals import say
from events.kit.translation import N_

MARKS = {
    "present": N_("Anwesend"),
    "late": N_("Später gekommen"),
    "left_early": N_("Früher gegangen"),
    "excused": N_("Entschuldigt"),
    "absent": N_("Nicht da"),
}

MARK_BUTTONS = {
    "present": N_("Da"),
    "late": N_("Später da"),
    "left_early": N_("Früher weg"),
    "excused": N_("Entschuldigt"),
    "absent": N_("Nicht da"),
}
"""Short enough for a phone; what they mean in full is in MARKS."""

SCOPES = {
    "everyone": N_("Alle im Raum, auch die auf der Liste"),
    "additional": N_("Nur Personen, die nicht auf der Liste stehen"),
}

SOURCES = {"list": N_("Liste"), "walk_in": N_("Ohne Anmeldung gekommen"), "later": N_("Nachgetragen")}

DIMENSIONS = {
    "total": N_("Insgesamt"),
    "people": N_("Frauen, Männer, Kinder"),
    "language": N_("Sprache"),
    "role": N_("Rolle"),
    "city": N_("Herkunftsort"),
    "organisation": N_("Organisation"),
    "childcare": N_("Kinderbetreuung"),
}

PEOPLE = {
    "women": N_("Frauen"),
    "men": N_("Männer"),
    "unspecified": N_("Divers oder ohne Angabe"),
    "children": N_("Kinder"),
}

REFUSALS = {
    **sheets_wording.REFUSALS,
    "unknown_mark": N_("Diese Angabe zur Anwesenheit gibt es nicht."),
    "unknown_source": N_("Diese Herkunft einer Angabe gibt es nicht."),
    "unknown_dimension": N_("So wird hier nicht gezählt: Diese Art der Zählung gibt es nicht."),
    "unknown_scope": N_(
        "Bitte geben Sie an, ob alle im Raum gezählt wurden oder nur die Personen außerhalb der Liste."
    ),
    "value_missing": N_("Bei dieser Zählung ist nicht klar, wer gezählt wurde."),
    "impossible_number": N_("Die Zahl %(number)s kann nicht stimmen. Möglich sind höchstens %(most)s Personen."),
    "impossible_counter": N_("Die laufende Nummer des Geräts kann nicht stimmen."),
    "text_too_long": N_("Ein Text ist zu lang."),
    "note_empty": N_("In der Notiz steht nichts."),
    "unreadable": N_("Diese Angabe ist unvollständig angekommen."),
    "date_lies_ahead": N_("Der Termin liegt noch in der Zukunft."),
    "not_of_this_event": N_("Diese Anmeldung gehört zu einer anderen Veranstaltung."),
}

NEXT_STEPS = {
    "impossible_number": N_("Bitte prüfen Sie die Zahl und tragen Sie sie noch einmal ein."),
    "date_lies_ahead": N_("Anwesenheit lässt sich ab 24 Stunden vor dem Beginn eintragen."),
    "not_of_this_event": N_("Bitte öffnen Sie die Liste dieses Termins neu."),
}


refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
