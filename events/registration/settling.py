"""What becomes of a booking's registrations once its address is proven. The caller holds the events' seat lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.refusals import Refusal, Refused
from events.programme.queries import EventView
from events.registration import rows, rules
from events.registration.answer_rows import answers_of, chosen_options, insert_answers
from events.registration.queries import BookingView
from events.registration.signup import Person
from events.registration.standing import Belonging, Standing, belongings, covered_bodies, standings
from events.registration.status import Status
from events.registration.tables import Registration
from events.registration.terms import may_promote, request_holds_until
from events.registration.waitlist import fill_free_seats, shorten_holds

Events = Mapping[UUID, EventView]


@dataclass(frozen=True)
class Outlook:
    """What an open registration can become: why nothing, or whether it has a seat at once."""

    registration: Registration
    why_not: Refusal | None
    has_seat: bool = False
    is_covered: bool = True  # by an agreement, where one is asked for


async def settle(
    booking: BookingView, events: Events, turns: Mapping[UUID, int], *, by: Actor, now: datetime, notify: bool = True
) -> list[Registration]:
    """Held seats stay theirs; the others queue by order of sign-up and get what is free at once.

    Lapsed ones are made afresh, at the end of the queue. Those who move up besides are told, if `notify`.
    Returns what was settled; raises Refused when nothing can be.
    """
    for event in events.values():
        if rules.may_be_requested(event):
            # A request keeps a free seat at once; those who wait come before it.
            await fill_free_seats(event, now=now, notify=notify)
    found = await outlooks(booking, events, now)
    possible = [one for one in found if one.why_not is None]
    if not possible:
        raise Refused(*{one.why_not.code: one.why_not for one in found if one.why_not}.values())
    await rows.prove_address(booking.id, now)
    current = await _made_afresh(possible, turns, by, now)
    for event in events.values():
        of_event = [one for one in current if one.registration.event == event.id]
        await _settle_in(event, of_event, by, now)
        waiting = [one.registration for one in of_event if one.registration.status == "waiting"]
        if waiting:
            await let_them_move_up(event, waiting, now, notify)
        elif rules.may_be_requested(event):
            await fill_free_seats(event, now=now, notify=notify)
    return [one.registration for one in current]


async def outlooks(booking: BookingView, events: Events, now: datetime) -> list[Outlook]:
    """What confirming would do, in the order of the registrations: a seat given to the first is gone for the next."""
    if not booking.still_open:
        return []
    people = {one.id: Person(organisation=one.organisation) for one in booking.people}
    homes, covered = await belongings(people.values()), await covered_bodies(events.values())
    standing, chosen = await standings(events.values(), [], now), await chosen_options(booking.still_open)
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
            wanted = Person(party=one.party, answers=chosen.get(one.id, ()))
            is_covered = home.is_covered(covered.get(event.id))
            is_request = rules.status_once_proven(event, False, is_covered) == "requested"
            queues = may_promote(event, now) and not is_request
            keeps = not is_request or event.policy.request_holds_place
            place = standing[event.id]
            has_seat = holds_seat(one, now) or (not queues and _takes_seat(wanted, place, home, keeps, now))
            found.append(Outlook(one, rules.why_not_wait(event, has_seat, is_covered), has_seat, is_covered))
    return found


def holds_seat(one: Registration, now: datetime) -> bool:
    """Whether a seat is kept for it until its decision."""
    return one.holds_seat and one.hold_until is not None and one.hold_until > now


def _takes_seat(person: Person, standing: Standing, home: Belonging, keeps: bool, now: datetime) -> bool:
    """A free seat is theirs at once; unless they keep it, it is there for the next as well."""
    if not standing.has_seat_for(person, home, now):
        return False
    if keeps:
        standing.take(person, home, now)
    return True


async def _made_afresh(
    possible: Sequence[Outlook], turns: Mapping[UUID, int], by: Actor, now: datetime
) -> list[Outlook]:
    """The same, with a new registration in the place of each that has lapsed."""
    lapsed = [one.registration for one in possible if one.registration.status == "lapsed"]
    fresh = {one.id: rows.afresh(one, turns[one.event], now) for one in lapsed}
    await rows.insert_registrations(list(fresh.values()), by=by, now=now)
    answers = await answers_of(lapsed)
    await insert_answers([(fresh[id], Person(answers=given)) for id, given in answers.items()])
    return [replace(one, registration=fresh.get(one.registration.id, one.registration)) for one in possible]


async def _settle_in(event: EventView, found: Sequence[Outlook], by: Actor, now: datetime) -> None:
    decided: dict[tuple[Status, bool], list[Registration]] = {}
    for one in found:
        status = rules.status_once_proven(event, one.has_seat, one.is_covered)
        decided.setdefault((status, one.has_seat), []).append(one.registration)
    for (status, has_seat), chosen in decided.items():
        held_until = request_holds_until(event) if has_seat and status == "requested" else None
        await rows.change_statuses(chosen, status, by=by, now=now, held_until=held_until)


async def let_them_move_up(event: EventView, waiting: Sequence[Registration], now: datetime, notify: bool) -> None:
    """Whoever is first in the queue. These here are told by the caller, and need not be asked whether they come."""
    promoted = await fill_free_seats(event, now=now, notify=notify, present=[one.id for one in waiting])
    for one in waiting:
        if one.id in promoted:
            one.status = "confirmed"
    if any(one.status == "waiting" for one in waiting):
        await shorten_holds(event, now)
