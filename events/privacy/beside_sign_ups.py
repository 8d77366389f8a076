"""Names that stand beside sign-ups and have the same time: who was invited, who walked in, notes about a date."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from events.attendance.tables import AttendanceMark, DateNote
from events.invitations.tables import Invitation
from events.kit.database import any_of, transaction

Key = TypeVar("Key")
_EVENT_OF_DATE = '(SELECT d.event FROM event_date d WHERE d.id = "{}"."event_date")'

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


async def due_beside(over: Sequence[UUID]) -> Beside:
    """Of events that are `over`; three statements."""
    if not over:
        return Beside((), (), (), {})
    invited = await Invitation.select(Invitation.id).where(any_of('"invitation"."event"', over))
    notes = await DateNote.select(DateNote.id).where(any_of(_EVENT_OF_DATE.format("date_note"), over))
    walked_in = await _walked_in(over)
    ready = {
        row["id"]
        for row in walked_in
        if row["counted_in"] or row["cancelled"] or row["event_date.event.status"] == "called_off"
    }
    return Beside(
        invitations=tuple(row["id"] for row in invited),
        walk_ins=tuple(ready),
        notes=tuple(row["id"] for row in notes),
        waiting=Counter(row["event"] for row in walked_in if row["id"] not in ready),
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


async def _walked_in(over: Sequence[UUID]) -> Sequence[Mapping[str, Any]]:
    mark, date = AttendanceMark, AttendanceMark.event_date
    columns = (mark.id, mark.counted_in, date.cancelled.as_alias("cancelled"), date.event.as_alias("event"))
    rows: Sequence[Mapping[str, Any]] = await mark.select(*columns, "event_date.event.status").where(
        mark.name != "", any_of(_EVENT_OF_DATE.format("attendance_mark"), over)
    )
    return rows
