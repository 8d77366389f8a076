"""The personal calendar of somebody who works here: its address, a new one, off and on. What is in it is not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.accounts.tables import StaffMember
from events.history.actions import entry, note
from events.kit.actor import staff
from events.kit.database import transaction
from events.kit.feed_addresses import feed_address
from events.kit.refusals import NotFound
from events.kit.translation import SOURCE


@dataclass(frozen=True)
class StaffFeed:
    address: str
    is_on: bool


async def feed_of(staff_id: UUID) -> StaffFeed:
    """Raises NotFound."""
    member = StaffMember.select(StaffMember.feed_version, StaffMember.feed_ended_at)
    row = await member.where(StaffMember.id == staff_id).first()
    if row is None:
        raise NotFound
    address = feed_address("staff-feed", staff_id, row["feed_version"], SOURCE)
    return StaffFeed(address, row["feed_ended_at"] is None)


async def renew_feed(staff_id: UUID, *, now: datetime) -> None:
    """The old address answers 410 from now on. Only the person does this for themselves."""
    await _change(
        staff_id,
        {StaffMember.feed_version: StaffMember.feed_version + 1, StaffMember.feed_ended_at: None},
        "feed_renewed",
        now,
    )


async def end_feed(staff_id: UUID, *, now: datetime) -> None:
    """Every address it ever had answers 410 from now on."""
    await _change(staff_id, {StaffMember.feed_ended_at: now}, "feed_ended", now)


async def resume_feed(staff_id: UUID, *, now: datetime) -> None:
    """Under its last address."""
    await _change(staff_id, {StaffMember.feed_ended_at: None}, "feed_resumed", now)


async def _change(staff_id: UUID, values: dict[Any, Any], verb: str, now: datetime) -> None:
    async with transaction():
        if not await StaffMember.update(values).where(StaffMember.id == staff_id).returning(StaffMember.id):
            raise NotFound
        await note(entry(verb, StaffMember, id=staff_id, by=staff(staff_id), now=now))
