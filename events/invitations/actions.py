"""Changes of an event that people must hear of: calling it off and taking that back, adding, moving, dropping a date.

The change and one frozen `Mailing` row are one transaction; `mailings.py` turns it into mails and calls afterwards.
What is good news only, a first date or a series that grows, is asked of `news.py`.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from events.invitations.changes.affected import is_told_off, mailings_about
from events.invitations.changes.calls import forget_open_calls
from events.invitations.changes.news import queue_news
from events.invitations.mailings.queueing import queue_mailing
from events.invitations.mailings.standing_still import stop_invitations
from events.invitations.reminders.due import withdraw_reminders
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme import actions as programme
from events.programme.details import DateDetails, EventDetails
from events.programme.locking import lock_event_of, lock_events
from events.programme.queries import DateView, EventView, date_with_event, event_by_id
from events.programme.rules import why_outdated
from events.programme.tables import Event, EventDate
from events.programme.versions import version_of
from events.registration.capacity import change_event


async def call_off_event(
    event_id: UUID, reason: Mapping[str, str], *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """Calls an event off; registrations keep their status. Those with a place get what removes it from calendars.

    `reason` by language code, may be empty. Of what is over nobody is told. Raises NotFound or Refused.
    """
    async with transaction():
        locked, before = await lock_events([event_id]), await event_by_id(event_id)
        await programme.mark_called_off(event_id, dict(reason), by=by, now=now)
        await _withdraw_reminders(event_id, now)
        await stop_invitations(event_id, now=now)
        if notify and before is not None and not before.is_over(now):
            await queue_mailing("called_off", event_id, locked[event_id].turn, {}, now)


async def publish_event(event_id: UUID, *, by: Actor, now: datetime, dates_to_follow: bool = False) -> None:
    """Publishes a draft; one that was called off takes place after all. Raises NotFound or Refused.

    Refused once mails have said that it is off: nobody would hear of the contrary.
    """
    async with transaction():
        locked = (await lock_events([event_id])).get(event_id)
        if locked and locked.status == "called_off" and await is_told_off(event_id):
            raise Refused(Refusal("called_off_told"))
        await programme.publish_event(event_id, dates_to_follow=dates_to_follow, by=by, now=now)
        await forget_open_calls(await mailings_about("called_off", event_id))
        await queue_news(event_id, now)


async def edit_event(event_id: UUID, details: EventDetails, *, by: Actor, now: datetime, seen: str = "") -> None:
    """As `registration.capacity.change_event`; whoever booked the series it now belongs to hears of it.

    `seen`: the version the form was filled in on; Refused when it is another one by now.
    """
    async with transaction():
        await lock_events([event_id])
        refuse_if(why_outdated(seen, await version_of(Event, event_id)))
        before = await event_by_id(event_id)
        await change_event(event_id, details, by=by, now=now)
        if before is not None and details.series_id not in (None, before.series_id):
            await queue_news(event_id, now)


async def add_date(event_id: UUID, details: DateDetails, *, by: Actor, now: datetime) -> UUID:
    """Tells those who wait for the first date of the event. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        before = await event_by_id(event_id)
        id = await programme.add_date(event_id, details, by=by, now=now)
        if before is not None and not before.has_dates:
            await queue_news(event_id, now)
    return id


async def move_date(
    date_id: UUID, details: DateDetails, *, by: Actor, now: datetime, notify: bool = True, seen: str = ""
) -> None:
    """Changes when or where a date takes place and tells everybody. Says nothing when neither changed, or all is over.

    `seen`: the version the form was filled in on; Refused when it is another one by now.
    """
    async with transaction():
        await lock_event_of(date_id)
        refuse_if(why_outdated(seen, await version_of(EventDate, date_id)))
        before = await _date(date_id)
        await programme.change_date(date_id, details, by=by, now=now)
        after = await _date(date_id)
        if after.sequence > before.sequence:
            await withdraw_reminders([date_id], now)
        if notify and after.sequence > before.sequence and max(before.end, after.end) > now:
            await queue_mailing("moved", date_id, after.sequence, _facts(before), now)


async def drop_date(date_id: UUID, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """One date of several does not take place; the event itself does. Nobody is told of one that is over."""
    async with transaction():
        await lock_event_of(date_id)
        before, event = await _date_and_event(date_id)
        await programme.cancel_date(date_id, by=by, now=now)
        await withdraw_reminders([date_id], now)
        if notify and event.is_reachable and before.end > now:
            await queue_mailing("date_dropped", date_id, before.sequence + 1, _facts(before), now)


async def _withdraw_reminders(event_id: UUID, now: datetime) -> None:
    event = await event_by_id(event_id)
    if event is not None and event.dates:
        await withdraw_reminders([date.id for date in event.dates], now)


async def _date(date_id: UUID) -> DateView:
    return (await _date_and_event(date_id))[0]


async def _date_and_event(date_id: UUID) -> tuple[DateView, EventView]:
    found = await date_with_event(date_id)
    if found is None:
        raise NotFound
    return found


def _facts(before: DateView) -> dict[str, object]:
    """How it was, for the sentence „bisher“."""
    place = ", ".join(part for part in (before.venue_name, before.room, before.city) if part)
    return {"start": before.start.isoformat(), "end": before.end.isoformat(), "place": place}
