"""The certificates of the last multiplier trainings of the past, as if issued some days after them."""

from datetime import timedelta

from events.certificates.actions import issue
from events.demo.known import Known
from events.programme.queries import event_by_slug

TRAININGS = ("griffbereit-schulung-2016", "rucksack-kita-grundschulung-2017")
ISSUED_AFTER = timedelta(days=3)


async def load_certificates(known: Known) -> None:
    """For everybody who may have one; no mail is queued."""
    for slug in TRAININGS:
        event = await event_by_slug(slug)
        if event is None or event.ends_at is None:
            raise LookupError(slug)
        await issue(event.id, by=known.by, now=event.ends_at + ISSUED_AFTER)
