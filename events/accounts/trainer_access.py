"""Trainers have no password: a mailed link signs them in. It never signs in anybody with another role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.accounts.actions import add_staff, open_session
from events.accounts.tables import StaffMember, StaffSession
from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.refusals import Refusal, Refused

TRAINER = "trainer"


@dataclass(frozen=True)
class Account:
    """Who was named. `signs_in_by_link`: a trainer; all others sign in as always."""

    id: UUID
    name: str
    email: str
    active: bool
    signs_in_by_link: bool
    last_seen_at: datetime | None = None


async def trainer_account(email: str, name: str, *, by: Actor, now: datetime) -> Account:
    """That of this address, made where there is none; a known one keeps its name and its role. Raises Refused."""
    row = await StaffMember.select().where(StaffMember.email == address_key(email)).first()
    if row is None:
        id = await add_staff(email, name, TRAINER, by=by, now=now)
        return Account(id, name.strip(), address_key(email), active=True, signs_in_by_link=True)
    if not row["active"]:
        raise Refused(Refusal("staff_disabled"))
    return _account(row)


async def accounts(ids: set[UUID]) -> dict[UUID, Account]:
    """With the last use of those who are signed in somewhere."""
    if not ids:
        return {}
    rows = await StaffMember.select().where(StaffMember.id.is_in(list(ids)))
    sessions = await StaffSession.select(StaffSession.staff, StaffSession.last_seen_at).where(
        StaffSession.staff.is_in(list(ids))
    )
    seen: dict[UUID, datetime] = {}
    for one in sessions:
        seen[one["staff"]] = max(seen.get(one["staff"], one["last_seen_at"]), one["last_seen_at"])
    return {row["id"]: _account(row, seen.get(row["id"])) for row in rows}


async def open_session_by_link(staff_id: UUID, now: datetime) -> str | None:
    """A fresh session's token; None for everybody who is no active trainer."""
    row = await StaffMember.select().where(StaffMember.id == staff_id).first()
    if row is None or not row["active"] or row["role"] != TRAINER:
        return None
    return await open_session(staff_id, now, by_link=True)


async def end_trainer_sessions(staff_id: UUID) -> None:
    """Everywhere; the sessions of people with another role are their own."""
    row = await StaffMember.select(StaffMember.role).where(StaffMember.id == staff_id).first()
    if row is not None and row["role"] == TRAINER:
        await StaffSession.delete().where(StaffSession.staff == staff_id)


def _account(row: dict[str, Any], seen: datetime | None = None) -> Account:
    return Account(row["id"], row["name"], row["email"], row["active"], row["role"] == TRAINER, seen)
