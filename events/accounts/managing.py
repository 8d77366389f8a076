"""What those who let people in do with accounts: invite, give another role, lock and open, send everybody out."""

from datetime import datetime
from uuid import UUID

from events.accounts.actions import add_staff, disable_staff, end_sessions_of, other_admins
from events.accounts.mails import queue_link
from events.accounts.queries import StaffRow, staff_by_id
from events.accounts.rules import why_not_change_role
from events.accounts.tables import StaffMember
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if


async def invite_staff(email: str, name: str, role: str, *, invited_by: str, by: Actor, now: datetime) -> UUID:
    """The new member's id; the mail's link sets the first password. Raises Refused."""
    async with transaction():
        id = await add_staff(email, name, role, by=by, now=now)
        await _mail(await _known(id), invited_by, by, now)
    return id


async def send_password_link(staff_id: UUID, *, invited_by: str, by: Actor, now: datetime) -> None:
    """Who has no password yet is invited once more. Nothing else changes before the link is used. Raises Refused."""
    async with transaction():
        member = await _known(staff_id)
        refuse_if(None if member.active else Refusal("staff_disabled"))
        await _mail(member, invited_by, by, now)


async def change_role(staff_id: UUID, role: str, *, by: Actor, now: datetime) -> None:
    """Counts from the next page on, in all sessions. Raises Refused."""
    async with transaction():
        member = await _known(staff_id)
        refuse_if(why_not_change_role(member.role, role, await other_admins(member.email)))
        if role == member.role:
            return
        await StaffMember.update({"role": role}).where(StaffMember.id == staff_id)
        facts = {"before": member.role, "after": role}
        await note(entry("role_changed", StaffMember, id=staff_id, by=by, now=now, facts=facts))


async def disable(staff_id: UUID, *, by: Actor, now: datetime) -> None:
    """As `disable_staff`. Raises Refused."""
    await disable_staff((await _known(staff_id)).email, by=by, now=now)


async def enable(staff_id: UUID, *, by: Actor, now: datetime) -> None:
    """With the password and the second factor they had. An account that is open stays as it is."""
    async with transaction():
        await _known(staff_id)
        where = (StaffMember.id == staff_id) & StaffMember.active.eq(False)
        if await StaffMember.update({"active": True}).where(where).returning(StaffMember.id):
            await note(entry("enabled", StaffMember, id=staff_id, by=by, now=now))


async def end_all_sessions_of(staff_id: UUID, *, by: Actor, now: datetime) -> None:
    async with transaction():
        await _known(staff_id)
        await end_sessions_of(staff_id)
        await note(entry("sessions_ended", StaffMember, id=staff_id, by=by, now=now))


async def _mail(member: StaffRow, invited_by: str, by: Actor, now: datetime) -> None:
    await queue_link(member, "password" if member.has_password else "invitation", now, invited_by)
    verb = "password_link_sent" if member.has_password else "invited"
    await note(entry(verb, StaffMember, id=member.id, by=by, now=now))


async def _known(staff_id: UUID) -> StaffRow:
    member = await staff_by_id(staff_id)
    if member is None:
        raise NotFound
    return member
