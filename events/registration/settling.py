"""What becomes of a booking's registrations once its address is proven. The caller holds the events' seat lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.refusals import Refusal, Refused
from events.programme.queries import EventView
from events.registration import rows, rules
from events.registration.queries import BookingView
from events.registration.signup import Person
from events.registration.standing import Belonging, Standing, belongings, standings
from events.registration.tables import Registration
from events.registration.waitlist import fill_free_seats, shorten_holds

Events = Mapping[UUID, EventView]


@dataclass(frozen=True)
class Outlook:
    """What an open registration can become: why nothing, or whether it has a seat at once."""

    registration: Registration
    why_not: Refusal | None
    has_seat: bool = False


async def settle(
    booking: BookingView, events: Events, turns: Mapping[UUID, int], *, by: Actor, now: datetime, notify: bool = True
) -> list[Registration]:
    """Held seats stay theirs; the others queue by order of sign-up and get what is free at once.

    Lapsed ones are made afresh, at the end of the queue. Those who move up besides are told, if `notify`.
    Returns what was settled; raises Refused when nothing can be.
    """
    found = await outlooks(booking, events, now)
    possible = [one for one in found if one.why_not is None]
    if not possible:
        raise Refused(*{one.why_not.code: one.why_not for one in found if one.why_not}.values())
    await rows.prove_address(booking.id, now)
    current = await _made_afresh(possible, turns, by, now)
    for event in events.values():
        seated = [one.registration for one in current if one.registration.event == event.id and one.has_seat]
        others = [one.registration for one in current if one.registration.event == event.id and not one.has_seat]
        await _settle_in(event, seated, others, by, now)
        if any(one.status == "waiting" for one in others):
            await _let_them_move_up(event, others, now, notify)
    return [one.registration for one in current]


async def outlooks(booking: BookingView, events: Events, now: datetime) -> list[Outlook]:
    """What confirming would do, in the order of the registrations: a seat given to the first is gone for the next."""
    if not booking.still_open:
        return []
    people = {one.id: Person(organisation=one.organisation) for one in booking.people}
    homes = await belongings(people.values())
    standing = await standings(events.values(), [], now)
    lapsed = [one.person_key for one in booking.still_open if one.status == "lapsed"]
    elsewhere = await rows.known_registrations(list(events.values()), lapsed) if lapsed else frozenset()
    found = []
    for one in booking.still_open:
        event, home = events[one.event], homes[people[one.participant].organisation]
        if one.status == "lapsed" and (event.id, one.person_key) in elsewhere:
            found.append(Outlook(one, Refusal("already_signed_up", {"event": event.slug})))
        elif why_not := rules.why_not_confirm(event, now):
            found.append(Outlook(one, why_not))
        else:
            has_seat = _holds_seat(one, now) or _takes_seat(one, standing[event.id], home, event, now)
            found.append(Outlook(one, rules.why_not_wait(event, has_seat), has_seat))
    return found


def _holds_seat(one: Registration, now: datetime) -> bool:
    return one.status == "unconfirmed" and one.holds_seat and one.hold_until is not None and one.hold_until > now


def _takes_seat(one: Registration, standing: Standing, home: Belonging, event: EventView, now: datetime) -> bool:
    """Where places are passed on, the queue comes first; elsewhere a free seat is theirs at once."""
    person = Person(party=one.party)
    if rules.may_promote(event, now) or not standing.has_seat_for(person, home, now):
        return False
    standing.take(person, home, now)
    return True


async def _made_afresh(
    possible: Sequence[Outlook], turns: Mapping[UUID, int], by: Actor, now: datetime
) -> list[Outlook]:
    """The same, with a new registration in the place of each that has lapsed."""
    lapsed = [one.registration for one in possible if one.registration.status == "lapsed"]
    fresh = {one.id: rows.afresh(one, turns[one.event], now) for one in lapsed}
    await rows.insert_registrations(list(fresh.values()), by=by, now=now)
    return [replace(one, registration=fresh.get(one.registration.id, one.registration)) for one in possible]


async def _settle_in(
    event: EventView, seated: Sequence[Registration], others: Sequence[Registration], by: Actor, now: datetime
) -> None:
    for chosen, has_seat in ((seated, True), (others, False)):
        status = rules.status_once_proven(event, has_seat)
        held_until = rules.request_holds_until(event) if has_seat and status == "requested" else None
        await rows.change_statuses(chosen, status, by=by, now=now, held_until=held_until)


async def _let_them_move_up(event: EventView, waiting: Sequence[Registration], now: datetime, notify: bool) -> None:
    """Whoever is first in the queue; those of this booking are told by its own mail."""
    promoted = await fill_free_seats(event, now=now, notify=notify, notify_except=waiting[0].booking)
    for one in waiting:
        if one.id in promoted:
            one.status = "confirmed"
    if any(one.status == "waiting" for one in waiting):
        await shorten_holds(event, now)
