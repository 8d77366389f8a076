"""Why the demo is not loaded, in words people see."""

from functools import partial

from events.kit.refusals import say
from events.kit.translation import N_

REFUSALS = {
    "other_events": N_(
        "Diese Datenbank enthält schon Veranstaltungen. Die Demodaten kommen nur in eine leere Datenbank. "
        "Nennen Sie mit EVENTS_DATA einen anderen Ordner oder mit EVENTS_DATABASE_URL eine andere Datenbank."
    ),
}


refusal_text = partial(say, REFUSALS)
