"""Good news for people who asked for it: the date of an event is fixed, a series they booked has grown.

Called in the transaction of the change, after it; says nothing where nobody waits for it.
"""

import json
from datetime import datetime
from uuid import UUID

from events.invitations.changes.series_bookings import bookings_to_join
from events.invitations.mailings.queueing import queue_mailing
from events.mail.tables import Mailing
from events.programme.queries import EventView, event_by_id
from events.registration.date_wishes import proven_wishes
from events.registration.rules import why_not_sign_up


async def queue_news(event_id: UUID, now: datetime) -> None:
    event = await event_by_id(event_id)
    if event is None or event.status != "published" or not event.has_dates:
        return
    if await proven_wishes(event_id, at_most=1):
        await queue_mailing("date_fixed", event_id, event.turn, {}, now)
    if await _has_grown(event, now):
        await queue_mailing("series_grown", event_id, event.turn, {"series": str(event.series_id)}, now)


async def _has_grown(event: EventView, now: datetime) -> bool:
    """Once for an event and a series: calling off and reinstating is no news."""
    if event.series_id is None or why_not_sign_up(event, now) is not None:
        return False
    earlier = await Mailing.select(Mailing.facts).where((Mailing.kind == "series_grown") & (Mailing.about == event.id))
    told = {json.loads(row["facts"]).get("series") for row in earlier}
    return str(event.series_id) not in told and bool(await bookings_to_join(event))
