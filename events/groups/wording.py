"""Why something about a group was refused, in words people see. German; translated when shown."""

from collections.abc import Mapping
from functools import partial

from events.kit.refusals import Refused, say
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
    "group_without_agreement": N_(
        "Für dieses Programm gibt es keine Kooperationsvereinbarung, die am ersten Tag der Gruppe gilt."
    ),
    "group_nothing_to_repeat": N_("Es gibt noch keine frühere Meldung dieser Gruppe."),
    "group_has_reported": N_("Die Gruppe hat schon gemeldet."),
    "not_an_address": N_("Das ist keine E-Mail-Adresse."),
    "institution_without_contact": N_("Für diese Einrichtung ist noch keine E-Mail-Adresse eingetragen."),
    "institution_link_ended": N_("Der Zugang dieser Einrichtung ist beendet."),
}

NEXT_STEPS = {
    "group_not_running_then": N_("Bitte wählen Sie einen Tag zwischen Beginn und Ende der Gruppe."),
    "group_reported_after_end": N_("Bitte prüfen Sie den Tag, an dem die Gruppe endete."),
    "group_has_reported": N_("Bitte beenden Sie die Gruppe; ihre Meldungen stehen in Berichten."),
    "group_without_agreement": N_("Bitte prüfen Sie den Tag. Stimmt er, klären Sie die Vereinbarung mit uns."),
    "group_nothing_to_repeat": N_("Bitte tragen Sie die Zahlen und Sprachen ein."),
    "institution_without_contact": N_("Bitte tragen Sie ein, wer den Link bekommt."),
    "institution_link_ended": N_("Bitte senden Sie einen neuen Link. Der alte gilt dann nicht mehr."),
}

FIELDS_OF_REFUSALS = {
    "group_without_agreement": "started_on",
    "group_starts_too_late": "started_on",
    "group_without_name": "name",
    "group_name_too_long": "name",
    "group_report_in_the_future": "reported_on",
    "group_not_running_then": "reported_on",
    "group_ends_before_start": "ended_on",
    "group_already_ended": "ended_on",
    "group_reported_after_end": "ended_on",
    "group_end_in_the_future": "ended_on",
}
"""By code, the field of a form beside which it is told."""

refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)


def told_by_field(refused: Refused, next_steps: Mapping[str, str] = NEXT_STEPS) -> dict[str, str]:
    """Each reason with its next step, by the field of a form; under "" what belongs to no field."""
    said: dict[str, list[str]] = {}
    for reason in refused.reasons:
        sentence = f"{refusal_text(reason)} {say(next_steps, reason)}".strip()
        said.setdefault(FIELDS_OF_REFUSALS.get(reason.code, ""), []).append(sentence)
    return {field: " ".join(sentences) for field, sentences in said.items()}
