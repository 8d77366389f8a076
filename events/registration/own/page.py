"""One's own booking as its page shows it: each registration with its event, and what can still be done.

A participant's link shows that person's rows only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from events.kit.feed_addresses import feed_address
from events.kit.refusals import NotFound
from events.kit.translation import current_language
from events.programme.loading import load_events
from events.programme.queries import EventView, events_by_ids
from events.programme.tables import Event
from events.registration import change_rules, rules
from events.registration.links import Access
from events.registration.own.answers import Answers, answers_in_words
from events.registration.own.people import own_people
from events.registration.own.views import OwnCalendar, OwnPage, OwnRegistration
from events.registration.queries import BookingView, booking_of, ranks
from events.registration.settling import Outlook, outlooks
from events.registration.signup import full_name
from events.registration.status import is_active
from events.registration.tables import Participant, Registration


async def own_page(access: Access, now: datetime) -> OwnPage:
    """In the same number of statements however many events there are. Raises NotFound.

    Lapsed registrations that were made afresh are not shown again.
    """
    booking = await booking_of(access.booking)
    if booking is None:
        raise NotFound
    people = _people_behind(access, booking)
    ids = {one.id for one in people}
    shown = [one for one in booking.newest if one.participant in ids]
    events = await events_by_ids(list({one.event for one in booking.newest}))
    return OwnPage(
        email=booking.contact_email if access.participant is None else people[0].email,
        language=booking.language,
        is_proven=booking.address_proven_at is not None,
        people=await own_people(people),
        registrations=await _registrations(access, booking, shown, events, now),
        further=await _further(booking, now) if access.participant is None else (),
        registered_by=None if access.participant is None else _contact(booking),
        calendar=_calendar(booking) if access.participant is None else _calendar_of(people[0]),
    )


def _people_behind(access: Access, booking: BookingView) -> list[Participant]:
    """Of several people, whoever was erased is not among them any more."""
    if access.participant is not None:
        return [one for one in booking.people if one.id == access.participant]
    named = [one for one in booking.people if one.given_name or one.family_name]
    return named if len(booking.people) > 1 else list(booking.people)


async def _registrations(
    access: Access,
    booking: BookingView,
    shown: Sequence[Registration],
    events: Mapping[UUID, EventView],
    now: datetime,
) -> tuple[OwnRegistration, ...]:
    """By start, those without a date last; people in their order."""
    names = {one.id: full_name(one.given_name, one.family_name) for one in booking.people}
    rank_of = await ranks(booking.id)
    answers = await answers_in_words(shown, events)
    # Only the contact proves an address with this page.
    found = await outlooks(booking, events, now) if access.participant is None else []
    open_ones = {one.registration.id: one for one in found}
    rows = [
        _own(
            one, events[one.event], names[one.participant], rank_of.get(one.id),
            open_ones.get(one.id), answers.get(one.id, ()), now,
        )
        for one in shown
    ]  # fmt: skip
    place = {id: number for number, id in enumerate(names)}
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.event.starts_at is None, row.event.starts_at, row.event.slug, place[row.participant]),
        )
    )


def _own(
    one: Registration,
    event: EventView,
    person: str,
    rank: int | None,
    outlook: Outlook | None,
    answers: Answers,
    now: datetime,
) -> OwnRegistration:
    why_not_party = change_rules.why_not_change_party(event, one.status, one.party, one.party, now)
    return OwnRegistration(
        id=one.id,
        participant=one.participant,
        event=event,
        status=one.status,
        party=one.party,
        person=person,
        rank=rank,
        has_seat=one.status == "confirmed" or one.holds_seat,
        may_confirm=outlook is not None and outlook.why_not is None,
        why_not_confirm=outlook.why_not if outlook else None,
        why_not_cancel=change_rules.why_not_cancel(event, one.status, now),
        may_change_party=max(event.policy.max_party, one.party) > 1 and why_not_party is None,
        may_send_another=change_rules.why_not_substitute(event, one.status, now) is None,
        answer_until=one.hold_until if one.status == "offered" and not event.is_called_off else None,
        answers=answers,
    )


async def _further(booking: BookingView, now: datetime) -> tuple[EventView, ...]:
    """Other events of the booked series that one can still sign up for."""
    if booking.series is None or booking.address_proven_at is None:
        return ()
    booked = {one.event for one in booking.registrations if is_active(one.status)}
    found = await load_events(
        Event.series == booking.series, Event.status == "published", entries=False, partners=False
    )
    may = [one for one in found if one.id not in booked and one.is_listed and rules.why_not_sign_up(one, now) is None]
    return tuple(sorted(may, key=lambda event: (event.starts_at or now, event.slug)))


def _calendar(booking: BookingView) -> OwnCalendar:
    address = feed_address("feed", booking.id, booking.feed_version, current_language())
    return OwnCalendar(address, booking.feed_ended_at is None)


def _calendar_of(one: Participant) -> OwnCalendar:
    address = feed_address("participant-feed", one.id, one.feed_version, current_language())
    return OwnCalendar(address, one.feed_ended_at is None)


def _contact(booking: BookingView) -> str:
    first = booking.people[0]
    return full_name(first.given_name, first.family_name)
