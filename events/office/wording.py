"""Why something about the office was refused, in words the team sees."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "no_colour": N_("Bitte geben Sie die Farbe mit sechs Ziffern oder Buchstaben an, zum Beispiel #2044aa."),
    "pale_colour": N_(
        "Diese Farbe hebt sich von hellem Grund zu wenig ab: %(ratio)s zu 1, nötig sind 4,5 zu 1. "
        "Bitte wählen Sie eine dunklere."
    ),
}

refusal_text = partial(say, REFUSALS)
