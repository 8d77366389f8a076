"""A forgotten or a first password: asking for the link, and what it does. Nobody learns which address is known."""

from datetime import datetime, timedelta
from uuid import UUID

from events.accounts.actions import put_password, throttle
from events.accounts.mails import queue_link
from events.accounts.queries import StaffRow, staff_by_email, staff_by_id
from events.accounts.rules import TokenKind, sees_only_own_events, why_not_this_password
from events.accounts.tables import StaffMember
from events.accounts.tokens import holder, use_up
from events.history.actions import entry, note
from events.kit.actor import staff
from events.kit.addresses import address_key, address_prefix
from events.kit.database import transaction
from events.kit.refusals import Gone, refuse_if

FROM_HERE = (10, timedelta(hours=1))
TO_ADDRESS = (3, timedelta(hours=1))
"""Mails one address gets at most: nobody's mailbox is filled by asking."""


async def ask_for_link(email: str, ip: str, now: datetime) -> None:
    """Mails it to whom it helps, and says nothing about whether there is one. Raises Refused (`too_many_tries`)."""
    await throttle(f"password-link-network:{address_prefix(ip)}", FROM_HERE, now)
    await throttle(f"password-link:{address_key(email)}", TO_ADDRESS, now)
    member = await staff_by_email(email)
    if member is None or not _may_have_one(member):
        return
    async with transaction():
        await queue_link(member, "password" if member.has_password else "invitation", now)
        await note(entry("password_link_sent", StaffMember, id=member.id, by=staff(member.id), now=now))


async def behind_link(token: str, kind: TokenKind, now: datetime) -> StaffRow:
    """Raises Gone when the link is used up, replaced, too old or made up."""
    id = await holder(token, kind, now)
    member = await staff_by_id(id) if id else None
    if member is None:
        raise Gone
    return member


async def set_password_by_link(token: str, kind: TokenKind, password: str, now: datetime) -> UUID:
    """Uses the link up and ends all sign-ins of that person. Raises Gone and Refused."""
    member = await behind_link(token, kind, now)
    refuse_if(why_not_this_password(password, member.email))
    async with transaction():
        if await use_up(token, kind, now) is None:
            raise Gone
        await put_password(member.id, password, by=staff(member.id), now=now)
    return member.id


def _may_have_one(member: StaffRow) -> bool:
    """A trainer without a password comes in by the link of their events."""
    return member.active and (member.has_password or not sees_only_own_events(member.role))
