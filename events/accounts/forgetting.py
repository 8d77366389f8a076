"""Accounts nobody uses any more: which ones, and erasing them. Their sign-ins, codes and mails go with them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from events.accounts.tables import StaffMember
from events.accounts.trainer_access import TRAINER
from events.history.tables import HistoryEntry
from events.mail.actions import forget

DISABLED_FOR, TRAINER_FOR = timedelta(days=3 * 365), timedelta(days=2 * 365)
"""As long as something may be claimed from or by somebody who worked here; as long as trainers tend to come back."""


async def long_disabled(now: datetime) -> list[UUID]:
    """Of whom the history tells since when; otherwise since they were added. Trainers too."""
    rows = await StaffMember.select(StaffMember.id, StaffMember.created_at).where(StaffMember.active.eq(False))
    since = await _disabled_since([row["id"] for row in rows])
    return [row["id"] for row in rows if since.get(row["id"], row["created_at"]) <= now - DISABLED_FOR]


async def idle_trainers(now: datetime, leading: Collection[UUID]) -> list[UUID]:
    """Who signs in by a link, is not among those `leading` something, and was not added a short while ago."""
    long_ago = StaffMember.created_at <= now - TRAINER_FOR
    rows = await StaffMember.select(StaffMember.id).where((StaffMember.role == TRAINER) & long_ago)
    return [row["id"] for row in rows if row["id"] not in leading]


async def forget_accounts(ids: Sequence[UUID]) -> None:
    """In a transaction. The history keeps their ids and tells of "Team" from then on."""
    await forget([f"{prefix}:{id}" for id in ids for prefix in ("staff_member", "staff")])
    await StaffMember.delete().where(StaffMember.id.is_in(list(ids)))


async def _disabled_since(ids: Sequence[UUID]) -> dict[UUID, datetime]:
    if not ids:
        return {}
    line = HistoryEntry
    found = line.select(line.about_id, line.at).where(line.about_id.is_in(list(ids)), line.verb == "disabled")
    return {row["about_id"]: row["at"] for row in await found.order_by(line.at)}
