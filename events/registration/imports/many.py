"""Signing up many people for one event at once: what `actions.register` does for each, in a few statements for all.

Decided by the same code as any sign-up, in the order of the list; each person has a booking of their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import Refusal, Refused
from events.programme.locking import lock_events
from events.programme.queries import EventView
from events.programme.tables import Event
from events.registration import mails, rows, rules
from events.registration.identity import fields_hash
from events.registration.newcomers import after_new_ones_wait, decide, refuse_if_against, standing_for_newcomers
from events.registration.signup import Person, SignUp
from events.registration.standing import Standing, standings
from events.registration.tables import Booking, Participant, Registration

ROWS_AT_ONCE = 500
"""Both databases allow some 32,000 values in one statement."""


@dataclass(frozen=True)
class Prospect:
    """What signing them up would do now: how many of each status, or the reasons against it."""

    statuses: Counter[str]
    reasons: tuple[Refusal, ...] = ()


async def prospect_of(event: EventView, people: Sequence[Person], *, now: datetime) -> Prospect:
    """A dry run; the same few statements for one and for thousands. None of the people may be registered already."""
    standing = await standings([event], [], now)
    if people and (reasons := rules.all_reasons(event, _together(event, people), standing[event.id].seats, now)):
        return Prospect(Counter(), tuple(reasons))
    if not people:
        return Prospect(Counter())
    nobody = Booking(address_proven_at=now)  # what is decided of is not saved
    try:
        decided, _ = await decide(
            _together(event, people), nobody, [Participant(booking=nobody.id)] * len(people), [event], standing,
            {event.id: 0}, frozenset(), now,
        )  # fmt: skip
    except Refused as refused:  # the places are enough, but not for everybody
        return Prospect(Counter(), refused.reasons)
    return Prospect(Counter(one.status for one, _ in decided))


async def register_each(
    event: EventView, people: Sequence[Person], *, by: Actor, now: datetime, notify: bool = True
) -> Counter[str]:
    """Signs up everybody or nobody; says how many of each status there are. `notify`: a mail to each address.

    None of them may be registered already: the caller has asked, holding the event's lock. Raises Refused.
    """
    async with transaction():
        turn = await _first_of_turns(event, len(people))
        standing = await standing_for_newcomers([event], [], now, notify)
        refuse_if_against([event], _together(event, people), standing, now)
        made = await _decided(event, people, standing, turn, now)
        for start in range(0, len(made), ROWS_AT_ONCE):
            bookings, participants, registrations = zip(*made[start : start + ROWS_AT_ONCE], strict=True)
            await Booking.insert(*bookings)
            await Participant.insert(*participants)
            await rows.insert_registrations(registrations, by=by, now=now)
        await after_new_ones_wait([one for _, _, one in made], [event], standing, now)
        if notify:
            await _tell(made, event, now)
    return Counter(one.status for _, _, one in made)


Made = tuple[Booking, Participant, Registration]


async def _first_of_turns(event: EventView, number: int) -> int:
    """Each has a place of their own in the queue."""
    turn = (await lock_events([event.id]))[event.id].turn
    more: dict[Any, Any] = {Event.turn: turn + max(0, number - 1)}
    await Event.update(more).where(Event.id == event.id)
    return turn


async def _decided(
    event: EventView, people: Sequence[Person], standing: dict[UUID, Standing], turn: int, now: datetime
) -> list[Made]:
    """Not saved yet."""
    sign_ups = [_sign_up(event, person) for person in people]
    bookings = [rows.new_booking(sign_up, fields_hash(sign_up), now) for sign_up in sign_ups]
    participants = [rows.new_participants(*pair)[0] for pair in zip(bookings, sign_ups, strict=True)]
    together, turns = _together(event, people), {event.id: turn}
    decided, _ = await decide(together, bookings[0], participants, [event], standing, turns, frozenset(), now)
    for place, ((one, _), booking) in enumerate(zip(decided, bookings, strict=True)):
        one.booking, one.queue_number = booking.id, turn + place
    return list(zip(bookings, participants, (one for one, _ in decided), strict=True))


def _together(event: EventView, people: Sequence[Person]) -> SignUp:
    return SignUp((event.id,), tuple(people), "", source="import")


def _sign_up(event: EventView, person: Person) -> SignUp:
    """The address is the contact's, as on the web: there is nobody else to write to."""
    return SignUp((event.id,), (replace(person, email=""),), person.email, source="import")


async def _tell(made: Sequence[Made], event: EventView, now: datetime) -> None:
    for booking, participant, one in made:
        if booking.contact_email:
            await mails.queue_after_sign_up(booking, [participant], [event], [one], frozenset(), now)
