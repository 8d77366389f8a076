"""What was written down about a record, the newest first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.columns.combination import And, Or, Where

from events.history.tables import HistoryEntry

MOST = 500
"""Lines that are shown at once; older ones stay in the table."""

PEOPLE = ("attendance_mark", "booking", "participant", "registration")
"""Kinds of records that are about the people of an event, not about the event."""


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    actor: str
    verb: str
    about_kind: str
    about_id: UUID
    facts: Mapping[str, Any]
    reason: str

    @property
    def staff_id(self) -> UUID | None:
        """Who of the staff it was, if it was one of them."""
        kind, _, id = self.actor.partition(":")
        return UUID(id) if kind == "staff" and id else None


async def last_line(kind: str, id: UUID) -> HistoryLine | None:
    """What was written down last about this record alone."""
    query = HistoryEntry.select().where((HistoryEntry.about_kind == kind) & (HistoryEntry.about_id == id))
    row = await query.order_by(HistoryEntry.at, ascending=False).first()
    return line_of(row) if row else None


async def history_of(kind: str, id: UUID, *, people: bool = True) -> list[HistoryLine]:
    """About one record; of an event also what happened to its dates and evidence, and with `people` to its
    registrations. At most `MOST` lines."""
    where: Where | And | Or = (HistoryEntry.about_kind == kind) & (HistoryEntry.about_id == id)
    if kind == "event":
        where = where | (HistoryEntry.context_id == id)
        where = where if people else where & HistoryEntry.about_kind.not_in(list(PEOPLE))
    rows = await HistoryEntry.select().where(where).order_by(HistoryEntry.at, ascending=False).limit(MOST)
    return [line_of(row) for row in rows]


def line_of(row: Mapping[str, Any]) -> HistoryLine:
    return HistoryLine(
        row["at"],
        row["actor"],
        row["verb"],
        row["about_kind"],
        row["about_id"],
        json.loads(row["facts"]),
        row["reason"],
    )
