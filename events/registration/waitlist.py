"""The queue of an event: passing on free places and ending holds. Callers hold the event's seat lock."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from events.kit.actor import SYSTEM
from events.kit.database import transaction
from events.programme.locking import lock_events
from events.programme.queries import EventView, events_by_ids
from events.registration import change_mails, mails, rows
from events.registration.standing import Standing, belongings, standings
from events.registration.status import Status
from events.registration.tables import Registration
from events.registration.terms import cut_off, hold_ends, may_promote, offer_ends


async def fill_free_seats(
    event: EventView,
    *,
    now: datetime,
    notify: bool = True,
    present: Collection[UUID] = (),
    apart_from: UUID | None = None,
) -> frozenset[UUID]:
    """Gives free seats to those who wait, in order of sign-up: the first that fits; who is skipped keeps the rank.

    Where the policy says so a seat is offered for a time; those `present` have just said that they come, get it at
    once, and are told by the caller. Queues a mail to the others. `apart_from` has just been put back by hand.
    Returns those who got a seat or an offer.
    """
    if not may_promote(event, now):
        return frozenset()
    standing = (await standings([event], [], now))[event.id]
    if not standing.seats.waiting or not standing.seats.fits(1):
        return frozenset()
    next_ones = await _next_in_queue(event, standing, now, apart_from)
    until = offer_ends(event, now)
    offered = [one for one in next_ones if until and one.id not in present]
    given = [one for one in next_ones if not until or one.id in present]
    await rows.change_statuses(given, "confirmed", by=SYSTEM, now=now)
    await rows.change_statuses(offered, "offered", by=SYSTEM, now=now, held_until=until)
    if notify:
        await mails.queue_moved_up([one for one in given if one.id not in present], event, now)
        await change_mails.queue_offered(offered, event, now)
    return frozenset(one.id for one in next_ones)


async def _next_in_queue(
    event: EventView, standing: Standing, now: datetime, apart_from: UUID | None
) -> list[Registration]:
    queue = [one for one in await rows.waiting_in_order(event.id) if one[0].id != apart_from]
    homes = await belongings(person for _, person in queue)
    found = []
    for waiting, person in queue:
        home = homes[person.organisation]
        if standing.has_seat_for(person, home, now):
            standing.take(person, home, now)
            found.append(waiting)
        if not standing.seats.fits(1):
            break
    return found


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
    until = hold_ends(event, now, somebody_waits=True)
    await Registration.update({Registration.hold_until: until}).where(
        (Registration.event == event.id) & (Registration.status == "unconfirmed") & (Registration.hold_until > until)
    )
    await rows.shorten_repeated(event.id, until)


async def lapse_overdue(*, now: datetime, at_most: int = 200) -> int:
    """Ends unconfirmed registrations whose time is over and passes their places on. Returns how many lapsed.

    Seats are free from the moment the hold ends; this only tidies up and tells those who wait.
    """
    return await _lapse("unconfirmed", now, at_most)


async def end_offers(*, now: datetime, at_most: int = 200) -> int:
    """Ends offers nobody accepted in time, tells them, and passes the places on. Returns how many ended."""
    return await _lapse("offered", now, at_most)


async def _lapse(status: Status, now: datetime, at_most: int) -> int:
    overdue = await rows.overdue(status, now, at_most)
    for event_id in dict.fromkeys(one.event for one in overdue):
        async with transaction():
            await lock_events([event_id])
            current = await rows.reloaded([one for one in overdue if one.event == event_id])
            # Somebody may have confirmed, or been given more time, since we looked.
            ended = [one for one in current if one.status == status and one.hold_until and one.hold_until <= now]
            await rows.change_statuses(ended, "lapsed", by=SYSTEM, now=now)
            event = (await events_by_ids([event_id]))[event_id]
            if status == "offered":
                # Places held for invited people nobody has named yet end without a word.
                await change_mails.queue_offer_over([one for one in ended if one.person_key], event, now)
            await fill_free_seats(event, now=now)
    return len(overdue)


async def tell_those_who_wait_on(*, now: datetime) -> int:
    """At the cut-off everybody who still waits hears that no place came free; each once. Returns how many were told."""
    told = 0
    for event in await _just_past_cut_off(now):
        async with transaction():
            await lock_events([event.id])
            waiting = [one for one, _ in await rows.waiting_in_order(event.id)]
            told += await change_mails.queue_no_place(waiting, event, now)
    return told


async def _just_past_cut_off(now: datetime) -> list[EventView]:
    rows = await Registration.raw(
        "SELECT DISTINCT e.id AS id FROM event e JOIN registration r ON r.event = e.id "
        "WHERE r.status = 'waiting' AND e.status = 'published' AND e.starts_at > {} AND NOT EXISTS (SELECT 1 FROM "
        "outgoing_mail m WHERE m.kind = 'no_place' AND m.about = 'registration:' || CAST(r.id AS TEXT))",
        now,
    )
    events = await events_by_ids([UUID(str(row["id"])) for row in rows])
    return [event for event in events.values() if (end := cut_off(event)) and end <= now]
