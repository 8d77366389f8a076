"""Who booked a whole series and is not registered for one of its events yet."""

from dataclasses import dataclass
from uuid import UUID

from events.kit.addresses import mail_address
from events.programme.queries import EventView
from events.registration.signup import full_name
from events.registration.tables import Registration


@dataclass(frozen=True)
class SeriesBooking:
    booking_id: UUID
    email: str  # as the outbox writes it
    name: str  # empty when several people were registered
    language: str
    link_version: int


async def bookings_to_join(event: EventView) -> list[SeriesBooking]:
    """The latest booking of each address, if the address is proven and somebody in it still takes part in the series.

    One statement. Whoever is registered for the event already, by whichever booking, is left out.
    """
    if event.series_id is None:
        return []
    found: dict[str, SeriesBooking] = {}
    for row in await Registration.raw(_TO_JOIN, event.series_id, event.series_id, event.id, event.id):
        address = mail_address(row["contact_email"])
        if address:
            name = full_name(row["given_name"], row["family_name"]) if row["people"] == 1 else ""
            found[address] = SeriesBooking(UUID(str(row["id"])), address, name, row["language"], row["link_version"])
    return list(found.values())


_TAKING_PART = "r.status IN ('confirmed', 'waiting', 'requested', 'offered')"
_TO_JOIN = (
    "SELECT b.id AS id, b.contact_email, b.language, b.link_version, p.given_name, p.family_name, "
    "(SELECT COUNT(*) FROM participant a WHERE a.booking = b.id) AS people "
    "FROM booking b JOIN participant p ON p.booking = b.id AND p.position = 0 "
    "WHERE b.series = {} AND b.address_proven_at IS NOT NULL AND b.contact_email <> '' "
    "AND EXISTS (SELECT 1 FROM registration r JOIN event e ON e.id = r.event "
    f"WHERE r.booking = b.id AND e.series = {{}} AND e.id <> {{}} AND {_TAKING_PART}) "
    "AND NOT EXISTS (SELECT 1 FROM registration r JOIN booking other ON other.id = r.booking "
    "WHERE r.event = {} AND other.contact_email = b.contact_email "
    "AND r.status NOT IN ('cancelled', 'lapsed', 'declined')) "
    "ORDER BY b.created_at, b.id"
)
