"""Answering the offer of a place: yes or no, by a button. Ending offers nobody answered is in `waitlist.py`."""

from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import Refusal, Refused, refuse_if
from events.registration import mails, rows
from events.registration.change_rules import why_not_accept
from events.registration.queries import booking_of
from events.registration.waitlist import fill_free_seats


async def accept_place(registration_id: UUID, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """The offered place is theirs. Doing it twice changes nothing. Raises NotFound or Refused."""
    async with transaction():
        one, event, _turn = await rows.locked(registration_id)
        if one.status == "confirmed":
            return
        refuse_if(why_not_accept(event, one.status, one.hold_until, now))
        await rows.change_statuses([one], "confirmed", by=by, now=now)
        booking = await booking_of(one.booking)
        if notify and booking is not None:
            await mails.queue_decision(booking, booking.people, [one], {event.id: event}, now)


async def decline_place(registration_id: UUID, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """They cannot come after all: the place goes on to the next at once. Raises NotFound or Refused."""
    async with transaction():
        one, event, _turn = await rows.locked(registration_id)
        if one.status != "offered":
            raise Refused(Refusal("nothing_offered", {"event": event.slug}))
        await rows.change_statuses([one], "cancelled", by=by, now=now)
        if notify:
            await mails.queue_cancelled([one], {event.id: event}, now)
        await fill_free_seats(event, now=now, notify=notify)
