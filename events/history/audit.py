"""The log of all changes, whatever they are about: filtered and one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from piccolo.columns.combination import And

from events.history.queries import HistoryLine, line_of
from events.history.tables import HistoryEntry
from events.kit.actor import staff
from events.kit.clock import berlin


@dataclass(frozen=True)
class AuditSearch:
    """What the log shows; `first` and `last` are days of Berlin, both within."""

    staff_id: UUID | None = None
    kind: str = ""
    verbs: Sequence[str] = ()
    first: date | None = None
    last: date | None = None


async def count_lines(wanted: AuditSearch) -> int:
    return int(await HistoryEntry.count().where(_meant(wanted)))


async def lines_from(wanted: AuditSearch, start: int, number: int) -> list[HistoryLine]:
    """The newest first."""
    query = HistoryEntry.select().where(_meant(wanted)).order_by(HistoryEntry.at, ascending=False)
    rows = await query.order_by(HistoryEntry.id).offset(start).limit(number)
    return [line_of(row) for row in rows]


def _meant(wanted: AuditSearch) -> Any:
    conditions: list[Any] = [
        HistoryEntry.at >= _midnight(wanted.first) if wanted.first else HistoryEntry.at.is_not_null()
    ]
    if wanted.last:
        conditions.append(HistoryEntry.at < _midnight(wanted.last + timedelta(days=1)))
    if wanted.staff_id:
        conditions.append(HistoryEntry.actor == str(staff(wanted.staff_id)))
    if wanted.kind:
        conditions.append(HistoryEntry.about_kind == wanted.kind)
    if wanted.verbs:
        conditions.append(HistoryEntry.verb.is_in(list(wanted.verbs)))
    together = conditions[0]
    for one in conditions[1:]:
        together = And(together, one)
    return together


def _midnight(day: date) -> datetime:
    return berlin(day, time(0))
