"""Why a change of an event was refused, in words the team reads. German; translated when shown."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {"called_off_told": N_("Die Absage ist schon verschickt. Sie lässt sich nicht mehr zurücknehmen.")}

NEXT_STEPS = {"called_off_told": N_("Bitte legen Sie die Veranstaltung neu an und laden Sie noch einmal ein.")}

refusal_text = partial(say, REFUSALS)
