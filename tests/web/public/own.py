"""People who are signed up, and the paths of their own pages."""

from collections.abc import Sequence
from uuid import UUID

from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.actions import confirm_address, register
from events.registration.links import booking_token, participant_token
from events.registration.queries import booking_of
from events.registration.signup import Person, Receipt, SignUp
from events.registration.tables import Participant, Registration
from tests.people import AMIRA
from tests.registration.stories import confirmed


async def own_path(*events: EventView, who: Person = AMIRA) -> str:
    """Signed up and confirmed; the path of the own page."""
    return path_of(await confirmed(*events, who=who))


def path_of(receipt: Receipt) -> str:
    return f"/anmeldung/{booking_token(receipt.booking, 1)}"


async def together(
    people: Sequence[Person], *events: EventView, contact: str = AMIRA.email, series: UUID | None = None
) -> Receipt:
    """Several people in one booking, confirmed."""
    wanted = SignUp(tuple(event.id for event in events), tuple(people), contact, series=series)
    receipt = await register(wanted, by=SYSTEM, now=now())
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


async def people_of(receipt: Receipt) -> Sequence[Participant]:
    booking = await booking_of(receipt.booking)
    assert booking is not None
    return booking.people


async def registrations_of(receipt: Receipt) -> Sequence[Registration]:
    booking = await booking_of(receipt.booking)
    assert booking is not None
    return booking.registrations


def path_of_person(one: Participant) -> str:
    return f"/anmeldung/{participant_token(one.id, 1)}"


def details(one: Participant, **changes: str) -> dict[str, str]:
    return {
        "participant": str(one.id),
        "given_name": one.given_name,
        "family_name": one.family_name,
        "phone": one.phone,
        "city": one.city,
        **changes,
    }


async def stored(receipt: Receipt) -> Participant:
    return (await people_of(receipt))[0]
