"""What is asked about registrations more than once: seats, a booking with its people, the list of an event."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from events.registration.signup import Seats, full_name
from events.registration.standing import TAKES_SEAT
from events.registration.status import is_active
from events.registration.tables import Booking, Participant, Registration, RepeatedSignUp


@dataclass(frozen=True)
class RegistrationView:
    """One registration with the person behind it, as staff and the own page see it."""

    id: UUID
    booking_id: UUID
    participant_id: UUID
    event_id: UUID
    status: str
    party: int
    holds_seat: bool
    hold_until: datetime | None
    queue_number: int
    registered_at: datetime
    changed_at: datetime
    given_name: str
    family_name: str
    email: str  # own address, else the contact's
    phone: str
    organisation_id: UUID | None
    organisation_name: str
    city: str
    role: str
    needs: tuple[str, ...]
    address_proven: bool
    language: str
    link_version: int  # of the booking

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class BookingView:
    """A submission with its people and all its registrations, the past ones included."""

    id: UUID
    language: str
    contact_email: str
    created_at: datetime
    address_proven_at: datetime | None
    link_version: int
    feed_version: int
    feed_ended_at: datetime | None
    series: UUID | None
    registrations: tuple[Registration, ...]
    people: tuple[Participant, ...]

    @property
    def still_open(self) -> list[Registration]:
        """What waits for the address to be proven; the lapsed too, which are made afresh where the rules allow.

        Less those of people who were erased: there is nothing left to know them by.
        """
        found = [one for one in self.newest if one.status in ("unconfirmed", "lapsed")]
        return [one for one in found if one.person_key or not self.contact_email]

    @property
    def active(self) -> list[Registration]:
        return [one for one in self.registrations if is_active(one.status)]

    @property
    def newest(self) -> list[Registration]:
        """Without the lapsed ones that were made afresh: one for each person and event."""
        return list({(one.participant, one.event): one for one in self.registrations}.values())


async def seats(events: Iterable[UUID], now: datetime) -> dict[UUID, Seats]:
    """Seats of each event at this moment, in one statement."""
    ids = list(events)
    if not ids:
        return {}
    marks = ", ".join("{}" for _ in ids)
    rows = await Registration.raw(
        "SELECT e.id AS id, e.capacity AS capacity, "
        f"COALESCE(SUM(CASE WHEN {TAKES_SEAT} THEN r.party END), 0) AS taken, "
        "COALESCE(SUM(CASE WHEN r.status = 'waiting' THEN 1 END), 0) AS waiting "
        f"FROM event e LEFT JOIN registration r ON r.event = e.id WHERE e.id IN ({marks}) GROUP BY e.id, e.capacity",
        now,
        *ids,
    )
    return {UUID(str(row["id"])): Seats(row["capacity"], row["taken"], row["waiting"]) for row in rows}


async def public_seats(events: Iterable[UUID], now: datetime) -> dict[UUID, Seats]:
    """As `seats`, for people who are not signed in: whoever signs up a stranger must not read from it whether they were
    registered already. So a repeated sign-up takes a seat here as a new one does; it never takes one from anybody."""
    counted = await seats(events, now)
    if not counted:
        return {}
    marks = ", ".join("{}" for _ in counted)
    rows = await RepeatedSignUp.raw(
        "SELECT event AS id, SUM(party) AS party FROM repeated_sign_up "
        f"WHERE hold_until > {{}} AND event IN ({marks}) GROUP BY event",
        now,
        *counted,
    )
    repeated = {UUID(str(row["id"])): row["party"] for row in rows}
    return {id: replace(one, taken=one.taken + repeated.get(id, 0)) for id, one in counted.items()}


async def booking_of(id: UUID) -> BookingView | None:
    """Three statements, whatever the number of people and events."""
    booking = await Booking.objects().get(Booking.id == id)
    if booking is None:
        return None
    registrations = (
        await Registration.objects()
        .where(Registration.booking == id)
        .order_by(Registration.registered_at, Registration.queue_number, Registration.participant.position)
    )
    people = await Participant.objects().where(Participant.booking == id).order_by(Participant.position)
    return BookingView(
        booking.id, booking.language, booking.contact_email, booking.created_at, booking.address_proven_at,
        booking.link_version, booking.feed_version, booking.feed_ended_at, booking.series, tuple(registrations),
        tuple(people),
    )  # fmt: skip


async def events_of_booking(id: UUID) -> list[UUID]:
    rows = await Registration.select(Registration.event).where(Registration.booking == id)
    return list({row["event"] for row in rows})


async def booking_by_code(code: str) -> Booking | None:
    """The booking whose participant was given this short code."""
    row = await Participant.select(Participant.booking).where(Participant.code == code).first() if code else None
    return await Booking.objects().get(Booking.id == row["booking"]) if row else None


async def ranks(booking: UUID) -> dict[UUID, int]:
    """The place in the queue of each registration of this booking that waits; only they see it themselves."""
    rows = await Registration.raw(
        "SELECT r.id AS id, 1 + COUNT(ahead.id) AS rank FROM registration r LEFT JOIN registration ahead "
        "ON ahead.event = r.event AND ahead.status = 'waiting' AND ahead.queue_number < r.queue_number "
        "WHERE r.booking = {} AND r.status = 'waiting' GROUP BY r.id",
        booking,
    )
    return {UUID(str(row["id"])): row["rank"] for row in rows}


async def registrations_of(event: UUID) -> list[RegistrationView]:
    """All registrations of an event by order of sign-up, in one statement."""
    rows = await Registration.raw(
        f"{_LIST} WHERE r.event = {{}} ORDER BY r.queue_number, r.registered_at, p.position", event
    )
    return [_view(row) for row in rows]


_LIST = (
    "SELECT r.id AS id, r.booking AS booking_id, r.participant AS participant_id, r.event AS event_id, r.status, "
    "r.party, r.holds_seat, r.hold_until, r.queue_number, r.registered_at, r.changed_at, p.given_name, p.family_name, "
    "p.email, p.phone, p.organisation AS organisation_id, p.organisation_name, o.name AS known_name, p.city, p.role, "
    "p.needs, b.contact_email, b.address_proven_at, b.language, b.link_version FROM registration r "
    "JOIN participant p ON p.id = r.participant JOIN booking b ON b.id = r.booking "
    "LEFT JOIN organisation o ON o.id = p.organisation"
)


def _view(row: dict[str, Any]) -> RegistrationView:
    return RegistrationView(
        **{name: row[name] for name in _PLAIN},
        holds_seat=bool(row["holds_seat"]),
        email=row["email"] or row["contact_email"],
        organisation_name=row["known_name"] or row["organisation_name"],
        needs=tuple(json.loads(row["needs"])),
        address_proven=row["address_proven_at"] is not None,
    )


_PLAIN = (
    "id", "booking_id", "participant_id", "event_id", "status", "party", "hold_until", "queue_number", "registered_at",
    "changed_at", "given_name", "family_name", "phone", "organisation_id", "city", "role", "language", "link_version",
)  # fmt: skip


async def option_seats(event_ids: Iterable[UUID], now: datetime) -> dict[UUID, int]:
    """Seats taken of each chosen option, as a public page may show them; an option nobody chose is missing.

    Without sign-ups whose address is unproven: whoever signs up a stranger must not read from the count whether they
    were registered already. Deciding asks `standing`.
    """
    ids = list(event_ids)
    if not ids:
        return {}
    marks = ", ".join("{}" for _ in ids)
    rows = await Registration.raw(
        "SELECT a.option AS id, SUM(r.party) AS taken FROM answer a JOIN registration r ON r.id = a.registration "
        f"WHERE {TAKES_SEAT} AND r.status <> 'unconfirmed' AND a.option IS NOT NULL AND r.event IN ({marks}) "
        "GROUP BY a.option",
        now,
        *ids,
    )
    return {UUID(str(row["id"])): row["taken"] for row in rows}
