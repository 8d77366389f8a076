"""People to write to: registered with an event, or in the Verteiler; and a mailing to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.contacts.tables import Contact, ContactTopic
from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.rules import WrittenText
from events.invitations.mailings.writing import write_mailing
from events.kit.actor import SYSTEM, staff
from events.kit.clock import now
from events.mail.opt_outs import address_hash
from events.programme.queries import EventView
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.registration.tables import Booking, Participant, Registration

BERND = staff(uuid4())
TEXT = {"de": WrittenText("Bitte Stifte mitbringen", "Bitte bringen Sie **Stifte** mit.")}


async def joined(
    event: EventView, name: str = "Amira", address: str = "amira@example.org", *, language: str = "de", **more: Any
) -> UUID:
    """By the office, so that the address counts as proven; `source="web"` does not prove it."""
    source = more.pop("source", "office")
    person = Person(given_name=name, **more)
    sign_up = SignUp((event.id,), (person,), address, language=language, source=source)
    return (await register(sign_up, by=SYSTEM, now=now(), notify=False)).booking


async def crowd(event: EventView, size: int) -> None:
    """So many confirmed people at once, written as rows: what registering takes is tested elsewhere."""
    moment = now()
    bookings = [
        Booking(id=uuid4(), submission="", fields_hash="", language="de", contact_email=f"gast{number}@example.org",
                source="office", consent_text="", created_at=moment, address_proven_at=moment)
        for number in range(size)
    ]  # fmt: skip
    people = [
        Participant(id=uuid4(), booking=one.id, given_name="Gast", family_name=str(number), email="", phone="",
                    organisation_name="", city="Herten", role="")
        for number, one in enumerate(bookings)
    ]  # fmt: skip
    registrations = [
        Registration(id=uuid4(), booking=one.booking, participant=one.id, event=event.id, status="confirmed",
                     queue_number=number, person_key=one.id.hex, registered_at=moment, changed_at=moment,
                     status_reason="")
        for number, one in enumerate(people)
    ]  # fmt: skip
    await Booking.insert(*bookings)
    await Participant.insert(*people)
    await Registration.insert(*registrations)


async def a_contact(
    programme: UUID,
    email: str = "amira@example.org",
    *,
    proven: datetime | None = None,
    also: Sequence[UUID] = (),
    **more: Any,
) -> UUID:
    details = {"name": "", "organisation_name": "", "city": "", "language": "de", **more}
    row = Contact(
        id=uuid4(), email=email, address_hash=address_hash(email), created_at=now(), proven_at=proven, **details
    )
    await Contact.insert(row)
    await ContactTopic.insert(*[ContactTopic(contact=row.id, programme=one) for one in (programme, *also)])
    return row.id


def everybody_in(*events: EventView, **narrowed: Any) -> Audience:
    return Audience("events", tuple(event.id for event in events), **narrowed)


async def a_draft(*events: EventView, texts: dict[str, WrittenText] | None = None, greets: bool = True) -> UUID:
    return await write_mailing(
        everybody_in(*events), TEXT if texts is None else texts, greets=greets, by=BERND, now=now()
    )


def addresses(found: Sequence[Any]) -> list[str]:
    return [one.address for one in found]
