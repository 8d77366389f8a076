"""Steps for action in words only the team sees; how far they are stands in `status`."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

FIELDS = {
    "field": N_("Handlungsfeld"),
    "step": N_("Handlungsschritt"),
    "status": N_("Stand"),
    "responsible": N_("Zuständige Institution"),
    "contact": N_("Ansprechperson"),
    "recommendation": N_("Empfehlung"),
    "adopted_by": N_("Beschlossen von"),
    "adopted_on": N_("Beschlossen am"),
    "due_on": N_("Fällig bis"),
    "measure": N_("Was daraus wurde"),
    "followed_by": N_("Veranstaltung, die daraus entstand"),
}

REFUSALS = {
    "outcome_without_institution": N_("Es fehlt die Institution, die dafür zuständig ist."),
    "outcome_shows_person": N_("Hier steht der Name einer Person. Öffentlich nennen wir nur Institutionen."),
    "outcome_shows_mail": N_("Hier steht eine E-Mail-Adresse. Sie gehört in das Feld „Ansprechperson“."),
    "outcome_shows_phone": N_("Hier steht eine Telefonnummer. Sie gehört in das Feld „Ansprechperson“."),
    "outcome_of_draft": N_("Die Veranstaltung ist noch ein Entwurf."),
    "outcome_without_series": N_(
        "Die Veranstaltung gehört zu keiner Reihe. Ergebnisse stehen auf der Seite der Reihe."
    ),
    "outcome_none_chosen": N_("Bitte wählen Sie mindestens einen Handlungsschritt."),
    "outcome_not_movable": N_("Dieser Stand ist von hier aus nicht möglich."),
    "outcome_is_public": N_("Der Handlungsschritt ist öffentlich. Bitte nehmen Sie ihn erst zurück."),
    "outcome_changed": N_("Inzwischen hat jemand anderes etwas geändert."),
}

NEXT_STEPS = {
    "outcome_without_series": N_("Ordnen Sie die Veranstaltung unter „Bearbeiten“ einer Reihe zu."),
    "outcome_of_draft": N_("Veröffentlichen Sie zuerst die Veranstaltung."),
}

refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
