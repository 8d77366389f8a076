"""The seat lock: whoever counts or changes the seats of events takes it first. Nothing about who gets a seat."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from events.kit.database import on_sqlite
from events.kit.refusals import NotFound
from events.programme.tables import Event, EventDate

ON_SQLITE = """UPDATE event SET turn = turn + 1
    WHERE id IN (IDS)
    RETURNING id, turn, capacity, status"""
"""In order or not: the transaction holds the only write lock there is."""

ON_POSTGRES = """WITH wanted AS (SELECT id AS wanted_id FROM event WHERE id IN (IDS) ORDER BY id FOR UPDATE)
    UPDATE event SET turn = turn + 1 FROM wanted
    WHERE id = wanted_id
    RETURNING id, turn, capacity, status"""
"""A plain WHERE id IN locks in any order, and two of them deadlock."""


@dataclass(frozen=True)
class LockedEvent:
    """An event as it is while we hold its lock. `turn` is ours alone and numbers the queue."""

    id: UUID
    turn: int
    capacity: int | None
    status: str


async def lock_events(ids: Collection[UUID]) -> dict[UUID, LockedEvent]:
    """Locks the events until the transaction ends; must be its first statement, counting comes after it.

    One statement, rows in the order of their ids: two transactions that want the same events never wait for each
    other in a circle. Ids that do not exist are missing from the answer.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    statement = ON_SQLITE if on_sqlite() else ON_POSTGRES
    rows = await Event.raw(statement.replace("IDS", ", ".join(["{}"] * len(wanted))), *wanted)
    return {event.id: event for event in map(_locked, cast(list[dict[str, Any]], rows))}


async def lock_event_of(date_id: UUID) -> UUID:
    """Locks the event a date belongs to (a date never changes it): what is read from now on stays. Raises NotFound."""
    row = await EventDate.select(EventDate.event).where(EventDate.id == date_id).first()
    if row is None:
        raise NotFound
    await lock_events([row["event"]])
    return UUID(str(row["event"]))


def _locked(row: dict[str, Any]) -> LockedEvent:
    # SQLite gives the columns of RETURNING without their type.
    id = row["id"] if isinstance(row["id"], UUID) else UUID(row["id"])
    return LockedEvent(id, row["turn"], row["capacity"], row["status"])
