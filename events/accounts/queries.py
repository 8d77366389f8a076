"""Who works here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.accounts.tables import StaffMember
from events.kit.actor import Actor, staff
from events.kit.addresses import address_key


@dataclass(frozen=True)
class StaffView:
    """A person who is signed in, in this session; `by_link`: by a mailed link, not by a password."""

    id: UUID
    name: str
    email: str
    role: str
    by_link: bool = False
    session_id: UUID | None = None
    has_second_factor: bool = False

    @property
    def actor(self) -> Actor:
        return staff(self.id)


@dataclass(frozen=True)
class StaffRow:
    """A person in the list of staff."""

    id: UUID
    name: str
    email: str
    role: str
    active: bool
    has_password: bool
    last_sign_in_at: datetime | None
    second_factor_since: datetime | None


async def all_staff() -> list[StaffRow]:
    """Everyone, the active first, by name."""
    found = await StaffMember.select().order_by(StaffMember.active, ascending=False).order_by(StaffMember.name)
    return [_row(row) for row in found]


async def staff_by_id(id: UUID) -> StaffRow | None:
    found = await StaffMember.select().where(StaffMember.id == id).first()
    return _row(found) if found else None


async def staff_by_email(email: str) -> StaffRow | None:
    key = address_key(email)
    return next((row for row in await all_staff() if row.email == key), None)


async def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """For the history: who is behind an actor."""
    if not ids:
        return {}
    found = await StaffMember.select(StaffMember.id, StaffMember.name).where(StaffMember.id.is_in(list(ids)))
    return {row["id"]: row["name"] for row in found}


def _row(row: Mapping[str, Any]) -> StaffRow:
    return StaffRow(
        row["id"],
        row["name"],
        row["email"],
        row["role"],
        row["active"],
        bool(row["password_hash"]),
        row["last_sign_in_at"],
        row["totp_since"],
    )
