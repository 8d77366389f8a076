"""Why something about a wish for a topic was refused, in words people see. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "topic_not_open": N_("Für diesen Themenwunsch werden keine Stimmen mehr gesammelt."),
    "topic_not_movable": N_("Dieser Stand ist von hier aus nicht möglich."),
    "topic_without_answer": N_("Bitte schreiben Sie, warum es dazu nichts gibt."),
    "topic_without_event": N_("Bitte wählen Sie die Veranstaltung."),
    "topic_event_is_draft": N_("Die Veranstaltung ist noch ein Entwurf. Bitte veröffentlichen Sie sie zuerst."),
    "topic_changed": N_("Inzwischen hat jemand anderes etwas geändert."),
}

refusal_text = partial(say, REFUSALS)
