"""Names that stand beside sign-ups and have the same time: who was invited, who walked in, notes about a date."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from events.attendance.tables import AttendanceMark, DateNote
from events.invitations.tables import Invitation
from events.kit.database import transaction
from events.programme.policy import effective_policy
from events.programme.tables import Event

Key = TypeVar("Key")
AT_ONCE = 500
"""Rows of one statement and one transaction."""


@dataclass(frozen=True)
class Beside:
    """Rows that are due. `waiting`: walk-ins whom no closed date has counted yet, by event."""

    invitations: tuple[UUID, ...]
    walk_ins: tuple[UUID, ...]
    notes: tuple[UUID, ...]
    waiting: Mapping[UUID, int]

    @property
    def is_nothing(self) -> bool:
        return not (self.invitations or self.walk_ins or self.notes)


async def due_beside(now: datetime) -> Beside:
    """Four statements."""
    over = await _over(now)
    invited = await Invitation.select(Invitation.id, Invitation.event)
    notes = await DateNote.select(DateNote.id, DateNote.event_date.event.as_alias("event"))
    walked_in = [row for row in await _walked_in() if row["event"] in over]
    ready = [
        row
        for row in walked_in
        if row["counted_in"] or row["cancelled"] or row["event_date.event.status"] == "called_off"
    ]
    return Beside(
        invitations=tuple(row["id"] for row in invited if row["event"] in over),
        walk_ins=tuple(row["id"] for row in ready),
        notes=tuple(row["id"] for row in notes if row["event"] in over),
        waiting=Counter(row["event"] for row in walked_in if row not in ready),
    )


async def erase_beside(found: Beside) -> None:
    """That somebody was present stays counted; only who it was goes."""
    nobody: dict[Any, Any] = {
        AttendanceMark.name: "",
        AttendanceMark.organisation_name: "",
        AttendanceMark.city: "",
    }
    for some in portions(found.invitations):
        async with transaction():
            await Invitation.delete().where(Invitation.id.is_in(some))
    for some in portions(found.walk_ins):
        async with transaction():
            await AttendanceMark.update(nobody).where(AttendanceMark.id.is_in(some))
    for some in portions(found.notes):
        async with transaction():
            await DateNote.delete().where(DateNote.id.is_in(some))


def portions(ids: Sequence[Key]) -> Iterator[list[Key]]:
    """As many as a statement takes on either database."""
    for start in range(0, len(ids), AT_ONCE):
        yield list(ids[start : start + AT_ONCE])


async def _over(now: datetime) -> set[UUID]:
    """Events after which nobody's name is kept any more."""
    columns = (Event.id, Event.ends_at, Event.policy, Event.programme.policy.as_alias("defaults"))
    rows = await Event.select(*columns).where(Event.ends_at <= now)
    return {row["id"] for row in rows if row["ends_at"] + _kept(row) <= now}


def _kept(row: Mapping[str, Any]) -> timedelta:
    return timedelta(days=effective_policy(row["defaults"], row["policy"]).keep_days)


async def _walked_in() -> Sequence[Mapping[str, Any]]:
    mark, date = AttendanceMark, AttendanceMark.event_date
    columns = (mark.id, mark.counted_in, date.cancelled.as_alias("cancelled"), date.event.as_alias("event"))
    rows: Sequence[Mapping[str, Any]] = await mark.select(*columns, "event_date.event.status").where(mark.name != "")
    return rows
