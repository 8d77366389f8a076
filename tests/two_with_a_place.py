"""A scene to break: two people have a place in an event of two dates; a second event stands beside it."""

from dataclasses import dataclass, replace
from uuid import UUID

from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.actions import confirm_address, register
from events.registration.queries import registrations_of
from events.registration.signup import SignUp
from events.registration.tables import Registration
from tests.factories import make_event, seen
from tests.people import AMIRA, DORIAN


@dataclass
class Scene:
    """Two people have a place in an event of two dates; a second event stands beside it."""

    event: EventView
    other: EventView
    amira: UUID
    dorian: UUID


async def scene() -> Scene:
    event, other = await make_event(capacity=2, dates=2), await make_event("Anderes")
    for who in (AMIRA, DORIAN):
        sign_up = SignUp((event.id,), (replace(who, email=""),), who.email)
        receipt = await register(sign_up, by=SYSTEM, now=now())
        await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    first, second = await registrations_of(event.id)
    return Scene(await seen(event.id), other, first.id, second.id)


async def sql(statement: str, *values: object) -> None:
    await Registration.raw(statement, *values)
