"""What the stories of registration begin with: who signs up, who confirms, how everybody stands."""

from dataclasses import replace
from uuid import uuid4

from events.kit.actor import SYSTEM, person, staff
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.actions import confirm_address, register
from events.registration.queries import booking_of, registrations_of
from events.registration.signup import Person, Receipt, SignUp
from events.registration.tables import Registration
from tests.people import AMIRA

BERND = staff(uuid4())


def sign_up(*events: EventView, who: Person = AMIRA, **more: object) -> SignUp:
    return SignUp(tuple(event.id for event in events), (replace(who, email=""),), who.email, **more)  # type: ignore[arg-type]


async def signed_up(*events: EventView, who: Person = AMIRA, **more: object) -> Receipt:
    return await register(sign_up(*events, who=who, **more), by=SYSTEM, now=now())


async def confirmed(*events: EventView, who: Person = AMIRA) -> Receipt:
    receipt = await signed_up(*events, who=who)
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


def stranger(number: int, party: int = 1) -> Person:
    return Person(given_name=f"Gast {number}", email=f"gast{number}@example.org", party=party)


async def statuses(event: EventView) -> list[str]:
    return [one.status for one in await registrations_of(event.id)]


async def only(receipt: Receipt) -> Registration:
    booking = await booking_of(receipt.booking)
    assert booking is not None
    return booking.registrations[0]
