"""What people, or the office for them, change about a registration that is there: number, person, details, more events.

Each function is one transaction: lock, count, ask the rule, save, tell.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.locking import lock_events
from events.programme.queries import EventView
from events.registration import change_mails, mails, people_rows, rows
from events.registration.answer_rows import chosen_options, insert_answers
from events.registration.change_rules import why_not_change_party, why_not_substitute
from events.registration.identity import key_of_double, person_key
from events.registration.newcomers import (
    after_new_ones_wait,
    decide,
    events_in_order,
    refuse_if_against,
    standing_for_newcomers,
    turns_of,
)
from events.registration.queries import BookingView, booking_of
from events.registration.settling import holds_seat
from events.registration.signup import Person
from events.registration.standing import belongings, covered_bodies, standings
from events.registration.status import is_active
from events.registration.tables import Registration
from events.registration.waitlist import fill_free_seats


async def change_party(registration_id: UUID, party: int, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Another number of seats: more only where they are free; fewer go on to the queue at once.

    Who waits keeps the rank. The same number changes nothing. Raises NotFound or Refused.
    """
    async with transaction():
        one, event, turn = await rows.locked(registration_id)
        by_staff = by.kind != "person"
        refuse_if(why_not_change_party(event, one.status, one.party, party, now, by_staff))
        if party == one.party:
            return
        has_seat = one.status == "confirmed" or holds_seat(one, now)
        if has_seat and party > one.party:
            await _refuse_unless_free(one, party - one.party, event, now, notify)
        facts = {"party": [one.party, party]}
        one.party = party
        await people_rows.store_party(one, now)
        await note(entry("party_changed", one, by=by, now=now, context=event.id, facts=facts))
        if notify and one.status != "unconfirmed":
            await change_mails.queue_party_changed(one, event, turn, now)
        await fill_free_seats(event, now=now, notify=notify)


async def _refuse_unless_free(one: Registration, more: int, event: EventView, now: datetime, notify: bool) -> None:
    """Seats that somebody in the queue could take are not free."""
    await fill_free_seats(event, now=now, notify=notify)
    person = await people_rows.person_behind(one)
    wanted = replace(person, party=more, answers=(await chosen_options([one])).get(one.id, ()))
    standing, homes = (await standings([event], [], now))[event.id], await belongings([person])
    if not standing.has_seat_for(wanted, homes[person.organisation], now):
        raise Refused(Refusal("no_free_place", {"event": event.slug}))


async def substitute_person(
    registration_id: UUID, person: Person, *, by: Actor, now: datetime, notify: bool = True
) -> UUID:
    """Somebody else comes in the same seat: the old registration is cancelled, a new one takes its place.

    The working group stays; who names no organisation comes from the same one. Somebody who is registered already is
    refused, unless that would tell a stranger of them: then they get the seat, too, and the office sees them twice.
    Returns the new registration. Raises NotFound or Refused.
    """
    async with transaction():
        before, event, turn = await rows.locked(registration_id)
        refuse_if(why_not_substitute(event, before.status, now))
        booking = await _booking(before.booking)
        left = next(one for one in booking.people if one.id == before.participant)
        person = people_rows.in_place_of(left, person, before.party)
        key = person_key(person, booking.contact_email)
        if await _is_known([event], key, before):
            _refuse_to_who_may_hear(event, booking, person, by)
            key = key_of_double(key, before.id)
        await _refuse_unless_allowed(before, person, event, now)
        await rows.change_statuses([before], "cancelled", by=by, now=now)
        participant = await people_rows.add_person(booking, person)
        after = people_rows.registration_in_place_of(before, participant.id, key, turn, now)
        await rows.insert_registrations([after], by=by, now=now)
        await note(entry("substituted", after, by=by, now=now, context=event.id))
        chosen = (await chosen_options([before])).get(before.id, ())
        await insert_answers([(after, replace(person, answers=person.answers or chosen))])
        if notify:
            await change_mails.queue_substituted(before, after, event, now)
        await fill_free_seats(event, now=now, notify=notify)
    return after.id


async def _refuse_unless_allowed(before: Registration, person: Person, event: EventView, now: datetime) -> None:
    """All rules but capacity: quotas and the agreement are asked again, as if the old seat were free."""
    left = await people_rows.person_behind(before)
    homes, covered = await belongings([left, person]), await covered_bodies([event])
    # Who is not confirmed yet waits for the office, which looks at the agreement.
    if before.status == "confirmed" and not homes[person.organisation].is_covered(covered.get(event.id)):
        raise Refused(Refusal("agreement_missing", {"event": event.slug}))
    standing = (await standings([event], [], now))[event.id]
    options = (await chosen_options([before])).get(before.id, ())
    kept = replace(left, answers=options)
    standing.add(-before.party, homes[left.organisation], kept.options, now)
    wanted = replace(person, party=before.party, answers=person.answers or options)
    if not standing.has_seat_for(wanted, homes[person.organisation], now):
        raise Refused(Refusal("no_place_in_quota", {"event": event.slug}))


async def correct_person(
    participant_id: UUID, person: Person, *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """Name, phone, organisation, city, role and needs. The history names the columns, not what stood there.

    The address stays: whoever reads its mails owns the booking. Raises NotFound, and Refused when the person is then
    registered twice (unless that would tell a stranger of them) or a quota has no place.
    """
    async with transaction():
        own = await people_rows.registrations_of_person(participant_id)
        await lock_events({one.event for one in own})
        stored = await people_rows.participant(participant_id)
        booking = await _booking(stored.booking)
        active = [one for one in await rows.reloaded(own) if is_active(one.status)]
        events = await events_in_order({one.event for one in active})
        person = replace(person, email=stored.email)
        key = person_key(person, booking.contact_email)
        if active and await _is_known(events, key, active[0]):
            _refuse_to_who_may_hear(events[0], booking, person, by)
            key = active[0].person_key
        for one in active:
            event = next(event for event in events if event.id == one.event)
            if person.organisation != stored.organisation and (one.status == "confirmed" or holds_seat(one, now)):
                await _refuse_unless_allowed(one, person, event, now)
        changed = await people_rows.store_person(stored, person)
        await people_rows.store_keys(active, key)
        if changed:
            await note(entry("corrected", stored, by=by, now=now, facts={"changed": changed}))
        if "organisation" in changed:
            # It may have freed a place of a quota, or fit into one.
            for event in events:
                await fill_free_seats(event, now=now, notify=notify)


async def join_events(
    booking_id: UUID, event_ids: Sequence[UUID], *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """Further events of the booked series for the same people; one mail says how it stands.

    Raises NotFound, and Refused with the reasons of all events.
    """
    async with transaction():
        turns = turns_of(await lock_events(event_ids))
        booking = await _booking(booking_id)
        events = await events_in_order(event_ids)
        refuse_if(_why_not_join(booking, events))
        people = people_rows.still_in(booking)
        sign_up = people_rows.sign_up_again(booking, people, tuple(event.id for event in events))
        keys = [person_key(person, sign_up.contact_email) for person in sign_up.people]
        standing = await standing_for_newcomers(events, keys, now, notify)
        refuse_if_against(events, sign_up, standing, now)
        known = await rows.known_registrations(events, keys) if any(one.known for one in standing.values()) else None
        decided, _ = await decide(sign_up, booking, people, events, standing, turns, known or frozenset(), now)
        made = [registration for registration, _ in decided]
        await rows.insert_registrations(made, by=by, now=now)
        await after_new_ones_wait(made, events, standing, now)
        if notify and made:
            by_id = {event.id: event for event in events}
            await mails.queue_decision(booking, booking.people, made, by_id, now)


def _why_not_join(booking: BookingView, events: Sequence[EventView]) -> Refusal | None:
    if booking.address_proven_at is None:
        return Refusal("unproven")
    foreign = [event for event in events if event.series_id is None or event.series_id != booking.series]
    return Refusal("not_in_series", {"event": foreign[0].slug}) if foreign else None


async def _booking(id: UUID) -> BookingView:
    booking = await booking_of(id)
    if booking is None:
        raise NotFound
    return booking


async def _is_known(events: Sequence[EventView], key: str, apart_from: Registration) -> bool:
    """Whether somebody with this name and address is registered for one of these events by another registration."""
    if not key or not events or key == apart_from.person_key:
        return False
    return bool(await rows.known_registrations(events, [key]))


def _refuse_to_who_may_hear(event: EventView, booking: BookingView, person: Person, by: Actor) -> None:
    """The office, and whoever reads the mails of the address: nobody learns of others by guessing names."""
    own = address_key(person.email or booking.contact_email) == address_key(booking.contact_email)
    if by.kind != "person" or (own and booking.address_proven_at is not None):
        raise Refused(Refusal("already_signed_up", {"event": event.slug}))
