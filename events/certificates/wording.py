"""Rules, states and refusals of certificates in words people see. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

RULES = {
    "none": N_("Keine Bescheinigung"),
    "all": N_("Alle Termine"),
    "dates": N_("Mindestens so viele Termine"),
    "minutes": N_("Mindestens so viele Minuten"),
}

HOW = {
    "attended": N_("teilgenommen"),
    "excused": N_("entschuldigt"),
    "made_up": N_("nachgeholt"),
    "missed": N_("gefehlt"),
    "unknown": N_("nicht erfasst"),
    "ahead": N_("steht noch bevor"),
}

ENDINGS = {"replaced": N_("ersetzt"), "withdrawn": N_("zurückgezogen")}

REFUSALS = {
    "no_certificate_rule": N_("Für diese Veranstaltung gibt es keine Bescheinigungen."),
    "not_taking_part": N_("Die Person hat keinen Platz."),
    "certificate_without_name": N_("Ohne Namen gibt es keine Bescheinigung."),
    "dates_ahead": N_("Es stehen noch Termine bevor."),
    "roll_missing": N_("Für Termin %(number)s ist die Anwesenheit nicht erfasst."),
    "never_there": N_("War an keinem Termin da."),
    "too_few_dates": N_("Besucht: %(found)s von mindestens %(needed)s Terminen."),
    "too_few_minutes": N_("Besucht: %(found)s von mindestens %(needed)s Minuten."),
    "certificate_rule_without_number": N_("Bitte schreiben Sie dazu, wie viele es sein müssen."),
    "certificate_rule_impossible": N_("Die Veranstaltung hat nur %(dates)s Termine."),
    "certificate_erased": N_("Der Name ist gelöscht. Die Bescheinigung lässt sich nicht mehr berichtigen."),
    "certificate_ended": N_("Diese Bescheinigung gilt schon nicht mehr."),
    "no_reason_given": N_("Bitte schreiben Sie in einem Satz, warum."),
    "nothing_to_print": N_("Hier ist noch keine Bescheinigung ausgestellt."),
    "nobody_to_mail": N_("Es gibt niemanden, dem sich eine Bescheinigung schicken ließe."),
}

NEXT_STEPS = {
    "no_certificate_rule": N_("Legen Sie zuerst fest, was dafür nötig ist."),
    "roll_missing": N_("Bitte tragen Sie die Anwesenheit nach."),
    "certificate_without_name": N_("Bitte tragen Sie den Namen bei der Anmeldung nach."),
    "nobody_to_mail": N_("Verschickt wird nur an bestätigte Adressen. Alle anderen drucken Sie bitte aus."),
}


refusal_text = partial(say, REFUSALS)
next_step = partial(say, NEXT_STEPS)
