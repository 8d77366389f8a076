"""Changing an event whose seats may be taken or waited for: fewer seats are refused, more go to those who wait."""

from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import transaction
from events.programme import actions as programme
from events.programme.details import EventDetails
from events.programme.locking import lock_events
from events.programme.queries import event_by_id
from events.registration.queries import seats
from events.registration.waitlist import fill_free_seats


async def change_event(event_id: UUID, details: EventDetails, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Edits the event under its seat lock. Raises NotFound or Refused."""
    async with transaction():
        await lock_events([event_id])
        taken = (await seats([event_id], now)).get(event_id)
        await programme.edit_event(event_id, details, seats_taken=taken.taken if taken else None, by=by, now=now)
        event = await event_by_id(event_id)
        if event is not None:
            await fill_free_seats(event, now=now, notify=notify)
