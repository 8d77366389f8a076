"""What is in the calendar of a booking, or of one person in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from events.calendar_feeds.making import is_shown
from events.calendar_feeds.places import Place, own_entries, places_of
from events.kit.ical import Entry
from events.programme.loading import load_events
from events.programme.tables import Event
from events.programme.views import EventView
from events.registration.calendar import expected, sent_sequences
from events.registration.queries import BookingView, booking_of
from events.registration.recipients import person_or_contact
from events.registration.tables import Participant


async def entries_of_booking(id: UUID, language: str, office_name: str, now: datetime) -> list[Entry]:
    """All its registrations; none while its address is not proven."""
    booking = await booking_of(id)
    if booking is None or booking.address_proven_at is None:
        return []
    return await _entries(places_of(booking.newest), booking.contact_email, language, office_name, now)


async def entries_of_participant(id: UUID, language: str, office_name: str, now: datetime) -> list[Entry]:
    """Their own registrations alone; none while the address of the contact is not proven."""
    row = await Participant.select(Participant.booking).where(Participant.id == id).first()
    booking = await booking_of(row["booking"]) if row else None
    if booking is None or booking.address_proven_at is None:
        return []
    own = [one for one in booking.newest if one.participant == id]
    return await _entries(places_of(own), _address(booking, id), language, office_name, now)


def _address(booking: BookingView, participant: UUID) -> str:
    person = next(one for one in booking.people if one.id == participant)
    return person_or_contact(booking, person).email


async def _entries(
    places: Mapping[UUID, Place], address: str, language: str, office_name: str, now: datetime
) -> list[Entry]:
    """By start. `address` is who is mailed about them: mails and calendar count SEQUENCE together."""
    found = await _events(places, address)
    sequences = await sent_sequences([date for event in found for date in event.dates], address)
    entries = [
        (date.start, str(date.id), entry)
        for event in found
        for date, entry in own_entries(event, places[event.id], sequences, language, office_name)
        if is_shown(date.end, entry.status == "CANCELLED", now)
    ]
    return [entry for _start, _id, entry in sorted(entries, key=lambda one: one[:2])]


async def _events(places: Mapping[UUID, Place], address: str) -> Sequence[EventView]:
    """What was cancelled here but booked again from the same address is said to take place by the other calendar; the
    same date must not be in two states at once."""
    over = [id for id, place in places.items() if place.is_over]
    elsewhere = await expected(over, address)
    ids = [id for id in places if id not in elsewhere]
    if not ids:
        return []
    return await load_events(Event.id.is_in(ids), Event.status != "draft", entries=False, partners=False)
