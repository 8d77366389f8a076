"""An event that takes place today, and people confirmed for it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from events.attendance.actions import record_headcounts, record_marks
from events.attendance.facts import Count, Mark
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.identity import found_by
from events.registration.signup import Person
from events.registration.tables import Booking, Participant, Registration
from tests.factories import make_event

YESTERDAY = -timedelta(days=1)


async def held_event(**details: object) -> EventView:
    """Ended yesterday, unless told otherwise."""
    return await make_event(**{"starts_in": YESTERDAY, **details})  # type: ignore[arg-type]


async def sign_up(
    event: EventView,
    *people: Person,
    status: str = "confirmed",
    proven: bool = True,
    contact: str | None = None,
    registered_days_ago: int = 10,
) -> list[UUID]:
    """Registrations as they are after confirming, one booking for all people."""
    moment = now() - timedelta(days=registered_days_ago)
    booking = Booking(
        id=uuid4(),
        language="de",
        contact_email=contact if contact is not None else people[0].email,
        created_at=moment,
        address_proven_at=moment if proven else None,
    )
    await Booking.insert(booking)
    ids = []
    for position, person in enumerate(people):
        participant = Participant(
            booking=booking.id, position=position, given_name=person.given_name, family_name=person.family_name,
            email=person.email, phone=person.phone, organisation=person.organisation,
            organisation_name=person.organisation_name, city=person.city, role=person.role, found_by=found_by(person),
        )  # fmt: skip
        registration = Registration(
            booking=booking.id, participant=participant.id, event=event.id, status=status, party=person.party,
            queue_number=position, registered_at=moment, changed_at=moment,
        )  # fmt: skip
        await Participant.insert(participant)
        await Registration.insert(registration)
        ids.append(registration.id)
    return ids


def was(subject: UUID, mark: str = "present", **details: object) -> Mark:
    """A mark of the list."""
    facts = {"id": uuid4(), "subject": subject, "registration": subject, "mark": mark, **details}
    return Mark(**facts)  # type: ignore[arg-type]


def walked_in(name: str = "", **details: object) -> Mark:
    facts = {
        "id": uuid4(),
        "subject": uuid4(),
        "mark": "present",
        "source": "walk_in",
        "name": name,
        "consented": bool(name),
    }
    facts |= details
    return Mark(**facts)  # type: ignore[arg-type]


def counted(heads: int, dimension: str = "people", value: str = "women", **details: object) -> Count:
    return Count(id=uuid4(), dimension=dimension, value=value, heads=heads, **details)  # type: ignore[arg-type]


async def record(date_id: UUID, *facts: Mark | Count) -> None:
    marks: Sequence[Mark] = [fact for fact in facts if isinstance(fact, Mark)]
    counts: Sequence[Count] = [fact for fact in facts if isinstance(fact, Count)]
    await record_marks(date_id, marks, by=SYSTEM, now=now())
    await record_headcounts(date_id, counts, by=SYSTEM, now=now())
