"""Refusals and kinds of mails in words people see. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "attendance_not_counted": N_(
        "Ihre Teilnahme ist schon notiert, aber noch nicht gezählt. Löschen können Sie, sobald wir den Termin "
        "abgeschlossen haben."
    ),
}

NEXT_STEPS = {
    "attendance_not_counted": N_(
        "Das dauert meist wenige Tage. Versuchen Sie es dann noch einmal oder schreiben Sie uns: Wir löschen für Sie."
    ),
}

refusal_text = partial(say, REFUSALS)
