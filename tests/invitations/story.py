"""What the stories of invitations begin with: who is asked, who says yes, no, or sends somebody."""

from datetime import timedelta
from uuid import UUID, uuid4

from events.invitations.answers import accept, decline, delegate
from events.invitations.invited import InvitationView, invitation_by_id, invitations_of
from events.invitations.inviting import (
    Invitee,
    add_invitations,
    send_invitations,
)
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import person, staff
from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.queries import seats
from events.registration.signup import Person

BERND = staff(uuid4())
NOOR = Invitee("noor@example.org", "Noor", "Saleh")
NOOR_COMES = Person(given_name="Noor", family_name="Saleh")
YASIN = Person(given_name="Yasin", family_name="Demir", email="yasin@example.org")
ASKED = {"policy": {"visibility": "invited_only"}}


async def invited(event: EventView, *who: Invitee, held: bool = False) -> list[InvitationView]:
    until = now() + timedelta(days=5) if held else None
    await add_invitations(event.id, who or [NOOR], hold_until=until, by=BERND, now=now())
    await send_invitations(event.id, {"de": "Kommen Sie!"}, by=BERND, now=now())
    await expand_mailings(now=now())
    return await invitations_of(event.id)


async def says_yes(one: InvitationView, *people: Person) -> None:
    await accept(one.id, people or [NOOR_COMES], by=person(one.id), now=now())


async def says_no(one: InvitationView, reason: str = "") -> None:
    await decline(one.id, reason, by=person(one.id), now=now())


async def sends(one: InvitationView, who: Person = YASIN) -> None:
    await delegate(one.id, who, by=person(one.id), now=now())


async def seen(one: InvitationView) -> InvitationView:
    found = await invitation_by_id(one.id)
    assert found is not None
    return found


async def taken(event: EventView) -> int:
    return (await seats([event.id], now()))[event.id].taken


async def booking_of(one: InvitationView) -> UUID:
    found = (await seen(one)).booking_id
    assert found is not None
    return found
