"""What the office decides about registrations: yes and no to requests, the waiting list past its order.

Each function is one transaction: lock, count, ask the rule, save, tell.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.locking import lock_events
from events.programme.queries import EventView
from events.registration import change_mails, mails, rows
from events.registration.answer_rows import chosen_options
from events.registration.change_rules import why_not_decide, why_not_move
from events.registration.newcomers import events_in_order
from events.registration.queries import booking_of
from events.registration.settling import holds_seat, let_them_move_up
from events.registration.signup import Person
from events.registration.standing import Belonging, Standing, belongings, covered_bodies, standings
from events.registration.tables import Participant, Registration
from events.registration.terms import may_promote
from events.registration.waitlist import fill_free_seats, shorten_holds

Events = dict[UUID, EventView]


async def approve_registrations(
    ids: Sequence[UUID], *, by: Actor, now: datetime, message: str = "", reason: str = "", notify: bool = True
) -> Counter[str]:
    """Says yes. Who has a seat kept, or finds a free one, gets it; the others wait by order of sign-up.

    `message` goes to the people; `reason` is recorded and needed where an agreement is missing. All or nothing.
    Returns how many came to which status. Raises NotFound or Refused.
    """
    async with transaction():
        chosen, events = await _locked(ids)
        refuse_if(*(why_not_decide(events[one.event], one.status, now) for one in chosen))
        if not reason.strip() and await lack_agreement(chosen, events):
            raise Refused(Refusal("agreement_reason_needed"))
        for event in events.values():
            of_event = [one for one in chosen if one.event == event.id]
            await _give_seats(event, of_event, by, now, reason, notify)
        if notify:
            await _tell(chosen, events, message, now)
    return Counter(one.status for one in chosen)


async def _give_seats(
    event: EventView, chosen: Sequence[Registration], by: Actor, now: datetime, reason: str, notify: bool
) -> None:
    standing = (await standings([event], [], now))[event.id]
    people, homes = await _people(chosen)
    seated, others = [], []
    for one in chosen:
        person = people[one.id]
        if holds_seat(one, now):
            seated.append(one)
        elif not may_promote(event, now) and standing.has_seat_for(person, homes[person.organisation], now):
            standing.take(person, homes[person.organisation], now)
            seated.append(one)
        else:
            others.append(one)
    if others and event.policy.waiting_list == "off":
        raise Refused(Refusal("full", {"event": event.slug}))
    await rows.change_statuses(seated, "confirmed", by=by, now=now, reason=reason)
    await rows.change_statuses(others, "waiting", by=by, now=now, reason=reason)
    await let_them_move_up(event, others, now, notify)


async def decline_registrations(
    ids: Sequence[UUID], *, by: Actor, now: datetime, message: str = "", notify: bool = True
) -> int:
    """Says no, with what the office wants to say; kept seats go on to the queue. All or nothing.

    Returns how many. Raises NotFound or Refused.
    """
    async with transaction():
        chosen, events = await _locked(ids)
        refuse_if(*(why_not_decide(events[one.event], one.status, now) for one in chosen))
        await rows.change_statuses(chosen, "declined", by=by, now=now, reason=message)
        for event in events.values():
            of_event = [one for one in chosen if one.event == event.id]
            if notify:
                await change_mails.queue_declined(of_event, event, message, now)
            await fill_free_seats(event, now=now, notify=notify)
    return len(chosen)


async def put_on_waiting_list(
    registration_id: UUID, *, by: Actor, now: datetime, reason: str, notify: bool = True
) -> None:
    """Takes a place back: at the end of the queue from now on, so that the others come first. Needs a reason.

    Raises NotFound or Refused.
    """
    async with transaction():
        moved, event, turn = await rows.locked(registration_id)
        refuse_if(why_not_move(event, moved.status, "confirmed", reason, now))
        if event.policy.waiting_list == "off":
            raise Refused(Refusal("no_waiting_list", {"event": event.slug}))
        await rows.to_end_of_queue(moved, turn)
        await rows.change_statuses([moved], "waiting", by=by, now=now, reason=reason)
        if notify:
            await change_mails.queue_back_to_waiting(moved, event, now)
        await fill_free_seats(event, now=now, notify=notify, apart_from=moved.id)
        await shorten_holds(event, now)


async def move_up(registration_id: UUID, *, by: Actor, now: datetime, reason: str, notify: bool = True) -> None:
    """Gives somebody who waits a free place before their turn, also after the cut-off. Needs a reason.

    Raises NotFound or Refused, `full` when it does not fit.
    """
    async with transaction():
        moved, event, _turn = await rows.locked(registration_id)
        refuse_if(why_not_move(event, moved.status, "waiting", reason, now))
        standing = (await standings([event], [], now))[event.id]
        refuse_if(await _why_not_fit(moved, event, standing, now))
        await rows.change_statuses([moved], "confirmed", by=by, now=now, reason=reason)
        if notify:
            await mails.queue_moved_up([moved], event, now)


async def _why_not_fit(one: Registration, event: EventView, standing: Standing, now: datetime) -> Refusal | None:
    people, homes = await _people([one])
    person = people[one.id]
    fits = standing.has_seat_for(person, homes[person.organisation], now)
    return None if fits else Refusal("no_free_place", {"event": event.slug})


async def lack_agreement(chosen: Sequence[Registration], events: Events) -> frozenset[UUID]:
    """Those whose institution has no agreement that their event asks for."""
    covered = await covered_bodies(events.values())
    if not covered:
        return frozenset()
    people, homes = await _people(chosen)
    return frozenset(
        one.id for one in chosen if not homes[people[one.id].organisation].is_covered(covered.get(one.event))
    )


async def _locked(ids: Sequence[UUID]) -> tuple[list[Registration], Events]:
    """The registrations as they are under the lock of their events. Raises NotFound when one is missing."""
    found = await rows.by_ids(ids)
    if len(found) != len(set(ids)) or not found:
        raise NotFound
    await lock_events({one.event for one in found})
    current = await rows.reloaded(found)
    events = await events_in_order({one.event for one in current})
    return current, {event.id: event for event in events}


async def _people(chosen: Sequence[Registration]) -> tuple[dict[UUID, Person], dict[UUID | None, Belonging]]:
    """By registration what seats and quotas need to know; and where these people come from."""
    homes = await Participant.select(Participant.id, Participant.organisation).where(
        Participant.id.is_in([one.participant for one in chosen])
    )
    organisation = {row["id"]: row["organisation"] for row in homes}
    options = await chosen_options(chosen)
    people = {
        one.id: Person(organisation=organisation[one.participant], party=one.party, answers=options.get(one.id, ()))
        for one in chosen
    }
    return people, await belongings(people.values())


async def _tell(chosen: Sequence[Registration], events: Events, message: str, now: datetime) -> None:
    for booking_id in dict.fromkeys(one.booking for one in chosen):
        booking = await booking_of(booking_id)
        of_booking = [one for one in chosen if one.booking == booking_id]
        if booking is not None:
            await mails.queue_decision(booking, booking.people, of_booking, events, now, message=message)
