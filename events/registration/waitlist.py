"""The queue of an event: passing on free places and ending holds. Callers hold the event's seat lock."""

from datetime import datetime
from uuid import UUID

from events.kit.actor import SYSTEM
from events.kit.database import transaction
from events.programme.locking import lock_events
from events.programme.queries import EventView, events_by_ids
from events.registration import mails, rows, rules
from events.registration.standing import Standing, belongings, standings
from events.registration.tables import Registration


async def fill_free_seats(
    event: EventView, *, now: datetime, notify: bool = True, notify_except: UUID | None = None
) -> frozenset[UUID]:
    """Gives free seats to those who wait, in order of sign-up: the first that fits; who is skipped keeps the rank.

    Queues a mail to each, except for the booking whose mail the caller writes. Returns the promoted registrations.
    """
    if not rules.may_promote(event, now):
        return frozenset()
    standing = (await standings([event], [], now))[event.id]
    if not standing.seats.waiting or not standing.seats.fits(1):
        return frozenset()
    promoted = await _promote(event, standing, now)
    if notify:
        await mails.queue_moved_up([one for one in promoted if one.booking != notify_except], event, now)
    return frozenset(one.id for one in promoted)


async def _promote(event: EventView, standing: Standing, now: datetime) -> list[Registration]:
    queue = await rows.waiting_in_order(event.id)
    homes = await belongings(person for _, person in queue)
    promoted = []
    for waiting, person in queue:
        home = homes[person.organisation]
        if standing.has_seat_for(person, home, now):
            standing.take(person, home, now)
            promoted.append(waiting)
        if not standing.seats.fits(1):
            break
    await rows.change_statuses(promoted, "confirmed", by=SYSTEM, now=now)
    return promoted


async def pass_on_places(*, now: datetime) -> int:
    """Gives those who wait what nobody's action freed: quotas are released, events take place after all. For the clock.

    Returns how many moved up.
    """
    rows = await Registration.raw(
        "SELECT DISTINCT e.id AS id FROM event e JOIN registration r ON r.event = e.id "
        "WHERE r.status = 'waiting' AND e.status = 'published' AND e.starts_at > {}",
        now,
    )
    moved_up = 0
    for event_id in [UUID(str(row["id"])) for row in rows]:
        async with transaction():
            await lock_events([event_id])
            event = (await events_by_ids([event_id]))[event_id]
            moved_up += len(await fill_free_seats(event, now=now))
    return moved_up


async def shorten_holds(event: EventView, now: datetime) -> None:
    """Somebody waits now: seats of unproven addresses are held for a day at most, not for a week."""
    until = rules.hold_ends(event, now, somebody_waits=True)
    await Registration.update({Registration.hold_until: until}).where(
        (Registration.event == event.id) & (Registration.status == "unconfirmed") & (Registration.hold_until > until)
    )
    await rows.shorten_repeated(event.id, until)


async def lapse_overdue(*, now: datetime, at_most: int = 200) -> int:
    """Ends unconfirmed registrations whose time is over and passes their places on. Returns how many lapsed.

    Seats are free from the moment the hold ends; this only tidies up and tells those who wait.
    """
    overdue = await rows.overdue(now, at_most)
    for event_id in dict.fromkeys(one.event for one in overdue):
        async with transaction():
            await lock_events([event_id])
            current = await rows.reloaded([one for one in overdue if one.event == event_id])
            lapsed = [one for one in current if one.status == "unconfirmed"]
            await rows.change_statuses(lapsed, "lapsed", by=SYSTEM, now=now)
            event = (await events_by_ids([event_id]))[event_id]
            await fill_free_seats(event, now=now)
    return len(overdue)
