"""What overlaps in a span of time, read in one light statement: the first page of the team asks for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.kit.database import as_moment
from events.programme.conflicts import Conflict, Occupied, clashes
from events.programme.tables import EventDate

Row = Mapping[str, Any]


@dataclass(frozen=True)
class BriefDate:
    id: UUID
    start: datetime
    end: datetime
    venue_id: UUID | None
    venue_name: str
    room: str


@dataclass(frozen=True)
class NamedEvent:
    id: UUID
    title: Mapping[str, str]


async def conflicts_between(start: datetime, end: datetime) -> list[Conflict]:
    """Of all dates that begin in the span."""
    rows = await EventDate.raw(_OCCUPIED, start, end, False)
    meeting = _meeting(rows, "venue") | _meeting(rows, "leader")
    found: dict[object, Occupied] = {}
    for row in rows:
        if row["id"] in meeting:
            one = found.setdefault(row["id"], Occupied(_date(row), _event(row), {}))
            if row["leader"]:
                found[row["id"]] = Occupied(one.date, one.event, {**one.leaders, UUID(str(row["leader"])): row["name"]})
    return clashes(found.values())


def _meeting(rows: Sequence[Row], what: str) -> set[object]:
    """Dates that share this with another at the same time: most do not and need no further look. `rows` by time."""
    found: set[object] = set()
    last: dict[object, Row] = {}  # of each, the date so far that ends last
    for row in rows:
        if row[what] is not None:
            before = last.setdefault(row[what], row)
            if before["id"] != row["id"] and row["start"] < before["end"]:
                found |= {before["id"], row["id"]}
            if row["end"] > before["end"]:
                last[row[what]] = row
    return found


def _date(row: Row) -> BriefDate:
    venue = UUID(str(row["venue"])) if row["venue"] else None
    name, room = row["venue_name"] or "", row["room"]
    return BriefDate(UUID(str(row["id"])), as_moment(row["start"]), as_moment(row["end"]), venue, name, room)


def _event(row: Row) -> NamedEvent:
    return NamedEvent(UUID(str(row["event"])), json.loads(row["title"]))


_OCCUPIED = (
    'SELECT d.id AS id, d.start AS start, d."end" AS "end", d.room, d.venue AS venue, v.name AS venue_name, '
    "e.id AS event, e.title AS title, s.id AS leader, s.name AS name "
    "FROM event_date d JOIN event e ON e.id = d.event LEFT JOIN venue v ON v.id = d.venue "
    "LEFT JOIN event_trainer t ON (t.event = e.id OR t.series = e.series) "
    "AND (t.until IS NULL OR e.starts_at IS NULL OR t.until > e.starts_at) "
    "LEFT JOIN staff_member s ON s.id = t.staff "
    "WHERE d.start >= {} AND d.start < {} AND d.cancelled = {} AND e.status <> 'called_off' ORDER BY d.start"
)
"""Whose charge ended before the event does not lead it."""
