"""Places of invited people: held for them until a date, taken by those they name, handed on, given back.

Each function is one transaction under the event's seat lock. Who is invited and what they answered is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.refusals import Refusal, Refused, refuse_if
from events.programme.locking import lock_events
from events.programme.queries import EventView
from events.registration import change_mails, mails, rows, rules
from events.registration.answer_rows import insert_answers
from events.registration.identity import fields_hash, person_key
from events.registration.newcomers import (
    after_new_ones_wait,
    decide,
    events_in_order,
    standing_for_newcomers,
    turns_of,
)
from events.registration.queries import BookingView, booking_of
from events.registration.settling import holds_seat
from events.registration.signup import Person, SignUp
from events.registration.standing import Standing, belongings, standings
from events.registration.tables import Booking, Participant, Registration
from events.registration.waitlist import fill_free_seats


@dataclass(frozen=True)
class Seated:
    """`made`: the new registrations, none when everybody was registered already."""

    booking: UUID
    made: tuple[Registration, ...]


async def hold_place(sign_up: SignUp, *, until: datetime, by: Actor, now: datetime) -> UUID:
    """Keeps a seat for each person of the sign-up (who may have no name yet) until that moment; tells nobody.

    The place stays offered until they are seated or the hold ends. Returns the booking. Raises NotFound, and Refused
    when the places are not free.
    """
    async with transaction():
        turns = turns_of(await lock_events(sign_up.events))
        (event,) = await events_in_order(sign_up.events)
        place = (await standing_for_newcomers([event], [], now, True))[event.id]
        await _take_or_refuse(sign_up.people, place, event, now)
        booking = await rows.insert_booking(sign_up, fields_hash(sign_up), now)
        people = await rows.insert_participants(booking, sign_up)
        held = [_offer(booking, one, event, turns[event.id], until, now) for one in people]
        await rows.insert_registrations(held, by=by, now=now)
    return booking.id


async def _take_or_refuse(people: Sequence[Person], place: Standing, event: EventView, now: datetime) -> None:
    homes = await belongings(people)
    for person in people:
        if not place.has_seat_for(person, homes[person.organisation], now):
            raise Refused(Refusal("no_free_place", {"event": event.slug}))
        place.take(person, homes[person.organisation], now)


def _offer(
    booking: Booking, person: Participant, event: EventView, turn: int, until: datetime, now: datetime
) -> Registration:
    """Without a key to recognise the person by: it may become somebody else."""
    return Registration(
        booking=booking.id,
        participant=person.id,
        event=event.id,
        status="offered",
        party=1,
        holds_seat=True,
        hold_until=until,
        queue_number=turn,
        person_key="",
        registered_at=now,
        changed_at=now,
    )


async def seat_invited(
    sign_up: SignUp, earlier: UUID | None, *, by: Actor, now: datetime, notify: bool = True
) -> Seated:
    """The people of the sign-up come, in the seats of everybody else of the earlier booking for this event.

    Who stays keeps the registration; seats nobody takes go on to the queue. Without people all seats are given back.
    An address that is still `to_prove` holds its seat until it is confirmed; its mail is the caller's.
    Raises NotFound and Refused.
    """
    async with transaction():
        turns = turns_of(await lock_events(sign_up.events))
        (event,) = await events_in_order(sign_up.events)
        # Free seats go to the queue first; those that are vacated below nobody else can take under our lock.
        await standing_for_newcomers([event], [], now, notify)
        before = await booking_of(earlier) if earlier else None
        is_theirs = before is not None and _is_of(before, sign_up)
        keys = [person_key(person, sign_up.contact_email) for person in sign_up.people]
        active = [one for one in before.active if one.event == event.id] if before else []
        staying = [one for one in active if is_theirs and one.person_key and one.person_key in keys]
        leaving = [one for one in active if one not in staying]
        had_seats = sum(one.party for one in leaving if one.status == "confirmed" or holds_seat(one, now))
        await _vacate(leaving, by, now)
        place = (await standings([event], keys, now))[event.id]
        staying_keys = {one.person_key for one in staying}
        people = [one for one, key in zip(sign_up.people, keys, strict=True) if key not in staying_keys]
        coming = replace(sign_up, people=tuple(people), submission="")
        _refuse_unless_allowed(event, coming, place, had_seats, now)
        booking = before if before and (is_theirs or not people) else await _new_booking(coming, now)
        made, known = await _sign_up(coming, booking, event, place, turns, by, now)
        await after_new_ones_wait(made, [event], {event.id: place}, now)
        if notify:
            await _tell(booking, made, known, leaving, staying, event, now)
        await fill_free_seats(event, now=now, notify=notify)
    return Seated(booking.id, tuple(made))


def _is_of(booking: BookingView, sign_up: SignUp) -> bool:
    return address_key(booking.contact_email) == address_key(sign_up.contact_email)


def _is_only_held(one: Registration) -> bool:
    """Kept for somebody who has not been named yet."""
    return one.status == "offered" and not one.person_key


async def _vacate(leaving: Sequence[Registration], by: Actor, now: datetime) -> None:
    named = [one for one in leaving if not _is_only_held(one)]
    await _remove_unnamed([one for one in leaving if _is_only_held(one)])
    await rows.change_statuses(named, "cancelled", by=by, now=now)


async def _new_booking(coming: SignUp, now: datetime) -> Booking:
    return await rows.insert_booking(coming, fields_hash(coming), now)


async def _remove_unnamed(held: Sequence[Registration]) -> None:
    """Nobody ever was behind them: a seat that was kept is no sign-up that was cancelled."""
    if held:
        await Registration.delete().where(Registration.id.is_in([one.id for one in held]))
        await Participant.delete().where(Participant.id.is_in([one.participant for one in held]))


def _refuse_unless_allowed(event: EventView, coming: SignUp, place: Standing, had_seats: int, now: datetime) -> None:
    """Whoever has a seat already may still say who sits in it after sign-up is closed."""
    if coming.people:
        found = rules.all_reasons(event, coming, place.seats, now)
        may_be_late = had_seats >= coming.seats
        refuse_if(*[one for one in found if not (may_be_late and one.code == "sign_up_closed")][:1])


async def _sign_up(
    coming: SignUp,
    booking: Booking | BookingView,
    event: EventView,
    place: Standing,
    turns: dict[UUID, int],
    by: Actor,
    now: datetime,
) -> tuple[list[Registration], frozenset[tuple[UUID, str]]]:
    if not coming.people:
        return [], frozenset()
    keys = [person_key(person, coming.contact_email) for person in coming.people]
    known = await rows.known_registrations([event], keys)
    first = max((one.position for one in booking.people), default=-1) + 1 if isinstance(booking, BookingView) else 0
    people = rows.participants_from(booking.id, coming, first)
    await Participant.insert(*people)
    decided, repeated = await decide(coming, booking, people, [event], {event.id: place}, turns, known, now)
    made = [registration for registration, _ in decided]
    await rows.insert_registrations(made, by=by, now=now)
    await insert_answers(decided)
    await rows.insert_repeated(repeated)
    return made, known


async def _tell(
    booking: Booking | BookingView,
    made: Sequence[Registration],
    known: frozenset[tuple[UUID, str]],
    leaving: Sequence[Registration],
    staying: Sequence[Registration],
    event: EventView,
    now: datetime,
) -> None:
    """Who has no place any more, and who has one now. The unproven are asked by the caller."""
    gone = [one for one in leaving if one.status == "cancelled"]
    await change_mails.queue_left(gone, [*made, *staying], event, now)
    people = await Participant.objects().where(Participant.booking == booking.id).order_by(Participant.position)
    if made and booking.address_proven_at is not None:
        await mails.queue_decision(booking, people, made, {event.id: event}, now)
    elif known and not made and isinstance(booking, Booking):
        await mails.queue_after_sign_up(booking, people, [event], [], known, now)


async def release_held(booking_id: UUID, *, now: datetime) -> None:
    """Takes back places that were only held: nobody has said anything yet. They go on to the queue at once."""
    booking = await booking_of(booking_id)
    if booking is None:
        return
    async with transaction():
        await lock_events({one.event for one in booking.active})
        held = [one for one in await rows.reloaded(booking.active) if _is_only_held(one)]
        await _remove_unnamed(held)
        for event in await events_in_order({one.event for one in held}):
            await fill_free_seats(event, now=now)
