"""Feedback and reviews in words the team sees; what people who answer see stands on their page."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

KINDS = {
    "good": N_("Bewertung: sehr gut bis gar nicht gut"),
    "agree": N_("Zustimmung: stimmt bis stimmt gar nicht"),
    "choice": N_("Auswahl: eine von mehreren Antworten"),
    "text": N_("Freier Text"),
}

REVIEW = {
    "went": N_("Wie ist es gelaufen?"),
    "group": N_("Wie war die Gruppe?"),
    "room": N_("Wie waren Raum und Technik?"),
    "change": N_("Was sollte sich ändern?"),
    "next": N_("Was schlagen Sie für das nächste Mal vor?"),
}

REFUSALS = {
    "feedback_without_event": N_("Rückmeldungen gibt es nur zu veröffentlichten Veranstaltungen mit Termin."),
    "feedback_too_late": N_("Die Veranstaltung ist mehr als %(days)s Tage her."),
    "feedback_not_open": N_("Die Rückmeldung läuft gerade nicht."),
    "feedback_not_opened": N_("Die Rückmeldung ist noch nicht eröffnet."),
    "feedback_ahead": N_("Antworten geht erst, wenn die Veranstaltung begonnen hat."),
    "feedback_over": N_("Die Rückmeldung ist abgeschlossen."),
    "feedback_code_used": N_("Mit diesem Link wurde schon geantwortet."),
    "feedback_without_question": N_("Bitte schreiben Sie mindestens eine Frage."),
    "feedback_too_many": N_("Bitte höchstens %(most)s Fragen."),
    "review_ahead": N_(
        "Unterzeichnen können Sie, sobald die Veranstaltung begonnen hat. Speichern Sie bis dahin einen Entwurf."
    ),
    "review_signed": N_("Der Rückblick ist unterzeichnet und lässt sich nicht mehr ändern."),
    "review_without_name": N_("Bitte unterzeichnen Sie mit Ihrem Namen."),
    "review_empty": N_("Bitte schreiben Sie etwas, bevor Sie unterzeichnen."),
}

refusal_text = partial(say, REFUSALS)
