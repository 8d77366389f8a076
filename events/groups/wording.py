"""Why something about a group was refused, in words people see. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "group_without_name": N_("Es fehlt der Name der Gruppe."),
    "group_name_too_long": N_("Der Name der Gruppe ist zu lang. Möglich sind %(most)s Zeichen."),
    "group_starts_too_late": N_("Der Beginn liegt zu weit in der Zukunft."),
    "impossible_group_size": N_("Die Zahl %(number)s kann nicht stimmen. Möglich sind 0 bis %(most)s."),
    "group_report_in_the_future": N_("Der Stichtag der Meldung liegt in der Zukunft."),
    "group_not_running_then": N_("An diesem Tag lief die Gruppe nicht."),
    "unknown_group_language": N_("Diese Sprache gibt es in der Auswahl nicht: %(value)s."),
    "group_already_ended": N_("Die Gruppe ist schon beendet."),
    "group_ends_before_start": N_("Das Ende liegt vor dem Beginn der Gruppe."),
    "group_reported_after_end": N_("Für einen späteren Tag gibt es schon eine Meldung der Gruppe."),
    "group_end_in_the_future": N_("Das Ende liegt in der Zukunft."),
}

NEXT_STEPS = {
    "group_not_running_then": N_("Bitte wählen Sie einen Tag zwischen Beginn und Ende der Gruppe."),
    "group_reported_after_end": N_("Bitte prüfen Sie den Tag, an dem die Gruppe endete."),
}


refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
