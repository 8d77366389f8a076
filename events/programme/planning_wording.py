"""Why planning was refused, in words only the team reads. German; not in the message files."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "changed_meanwhile": N_(
        "Jemand anderes hat hier inzwischen etwas geändert. Ihre Eingaben sind noch da. Wenn Sie noch einmal "
        "speichern, gelten Ihre."
    ),
    "event_over": N_("Die Veranstaltung ist vorbei."),
    "no_day_chosen": N_("Es ist kein Tag ausgewählt."),
    "too_many_days": N_("Mehr als %(most)s Tage auf einmal gehen nicht."),
}

GAPS = {
    "no_dates": N_("Es gibt noch keinen Termin."),
    "no_venue": N_("Ein Termin hat weder einen Ort noch ist er online."),
    "no_join_link": N_("Ein Termin online hat noch keinen Link zum Einwählen."),
    "no_access": N_("Beim Ort „%(name)s“ steht nichts zur Barrierefreiheit."),
    "no_summary": N_("Der Satz „Worum geht es?“ fehlt."),
    "no_description": N_("Die Beschreibung fehlt."),
    "not_translated": N_("%(language)s: nicht übersetzt"),
    "partly_translated": N_("%(language)s: nur zum Teil übersetzt"),
    "translation_outdated": N_("%(language)s: veraltet, der deutsche Text wurde danach geändert"),
    "no_audience": N_("Es ist nicht gesagt, für wen sie ist."),
    "no_trainer": N_("Es ist noch niemand genannt, der die Veranstaltung leitet."),
    "no_capacity": N_("Die Plätze sind nicht begrenzt."),
    "no_minimum": N_("Es ist keine Mindestzahl festgelegt."),
    "no_agreement": N_("Für das Programm gilt noch keine Kooperationsvereinbarung."),
}
"""What an event lacks, by the code of `checklist.Gap`."""

STATES = {
    "there": N_("übersetzt"),
    "partly": N_("zum Teil übersetzt"),
    "missing": N_("fehlt"),
    "outdated": N_("veraltet"),
}

refusal_text = partial(say, REFUSALS)
