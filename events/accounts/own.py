"""What people change about their own account: the password, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events.accounts.actions import IDLE, LONGEST, end_sessions_of, put_password, throttle
from events.accounts.passwords import is_password
from events.accounts.tables import StaffMember, StaffSession
from events.kit.actor import staff
from events.kit.refusals import NotFound, Refusal, Refused

OLD_PASSWORD = (10, timedelta(minutes=15))


@dataclass(frozen=True)
class SessionView:
    """A device; `device` is the family of its browser, empty for one we do not know."""

    id: UUID
    device: str
    created_at: datetime
    last_seen_at: datetime


async def sessions_of(staff_id: UUID, now: datetime) -> list[SessionView]:
    """Those that still open something, the last used first."""
    living = (StaffSession.last_seen_at >= now - IDLE) & (StaffSession.created_at >= now - LONGEST)
    query = StaffSession.select().where((StaffSession.staff == staff_id) & living)
    rows = await query.order_by(StaffSession.last_seen_at, ascending=False)
    return [SessionView(row["id"], row["device"], row["created_at"], row["last_seen_at"]) for row in rows]


async def end_session(staff_id: UUID, session_id: UUID) -> None:
    """Only one's own. One that has ended already is no fault."""
    await StaffSession.delete().where((StaffSession.staff == staff_id) & (StaffSession.id == session_id))


async def end_other_sessions(staff_id: UUID, here: UUID) -> None:
    await end_sessions_of(staff_id, here)


async def change_password(staff_id: UUID, old: str, new: str, here: UUID, now: datetime) -> None:
    """Ends all sign-ins but the one `here`. Raises Refused, for a wrong old password too."""
    await prove_password(staff_id, old, now)
    await put_password(staff_id, new, by=staff(staff_id), now=now, keep=here)


async def prove_password(staff_id: UUID, password: str, now: datetime) -> None:
    """That it is their hand, not somebody's at a screen left open. Raises Refused."""
    await throttle(f"old-password:{staff_id}", OLD_PASSWORD, now)
    row = await StaffMember.select(StaffMember.password_hash).where(StaffMember.id == staff_id).first()
    if row is None:
        raise NotFound
    if not await is_password(password, row["password_hash"]):
        raise Refused(Refusal("wrong_old_password"))
