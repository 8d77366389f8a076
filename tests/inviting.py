"""People and institutions that are invited, and the paths of their invitations."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from events.invitations.invited import InvitationView, invitation_address, invitation_by_id, invitations_of
from events.invitations.inviting import Invitee, add_invitations, send_invitations
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.queries import EventView

AMIRA = Invitee("amira@example.org", "Amira", "Haddad")
DORIAN = Invitee("dorian@example.org", "Dorian", "Weiß", language="tr")
KITA = Invitee("kita@example.org", organisation_name="Kita Regenbogen", places=2)


async def invited(
    event: EventView,
    *who: Invitee,
    hold_until: datetime | None = None,
    message: Mapping[str, str] | None = None,
) -> list[InvitationView]:
    """These have the mail: in the order in which they are named."""
    await prepared(event, *who, hold_until=hold_until)
    await send_invitations(event.id, message or {}, by=SYSTEM, now=now())
    await expand_mailings(now=now())
    return await ordered(event, *who)


async def prepared(event: EventView, *who: Invitee, hold_until: datetime | None = None) -> list[InvitationView]:
    await add_invitations(event.id, who, hold_until=hold_until, by=SYSTEM, now=now())
    return await ordered(event, *who)


async def ordered(event: EventView, *who: Invitee) -> list[InvitationView]:
    by_address = {one.email: one for one in await invitations_of(event.id)}
    return [by_address[one.email] for one in who]


async def stored(id: UUID) -> InvitationView:
    found = await invitation_by_id(id)
    assert found is not None
    return found


def path_of(one: InvitationView, language: str = "de") -> str:
    return urlsplit(invitation_address(one.id, one.link_version, language)).path
