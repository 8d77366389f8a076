"""What is closed and what is not, the ledger of a date, and what stands beside our figures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.columns.combination import WhereRaw

from events.attendance.tables import AttendanceMark, Headcount
from events.evidence.rules import HeldDate
from events.evidence.tables import Evidence, EvidenceCount, FamilyKey, PersonCounted
from events.kit.refusals import Refusal
from events.programme.queries import DateView, EventView, date_with_event, events_by_ids
from events.programme.tables import EventDate


@dataclass(frozen=True)
class EvidenceView:
    """A row of the ledger: the closing of a date, or by how much a correction differs."""

    id: UUID
    date_id: UUID
    event_id: UUID
    programme_id: UUID
    kind: str
    family: str
    funding: str
    held_on: date
    city: str
    minutes: int
    countable_minutes: int
    registered: int
    participations: int
    heads: int
    closed_at: datetime
    actor: str
    note: str
    origin: str
    counts: Mapping[tuple[str, str], int]


async def held_date(date_id: UUID) -> HeldDate | None:
    found = await date_with_event(date_id)
    return as_held(*found) if found else None


def as_held(one: DateView, event: EventView) -> HeldDate:
    """For one who has both already."""
    return HeldDate(
        id=one.id,
        event_id=event.id,
        programme_id=event.programme_id,
        family=event.family,
        funding=event.funding,
        start=one.start,
        end=one.end,
        minutes=one.minutes,
        city=one.city,
        is_cancelled=one.cancelled,
        is_called_off=event.is_called_off,
    )


async def evidence_of(date_ids: Collection[UUID]) -> dict[UUID, tuple[EvidenceView, ...]]:
    """The ledger of each closed date, its closing first; dates that are open are missing. Two statements."""
    if not date_ids:
        return {}
    rows = await Evidence.select().where(Evidence.event_date.is_in(list(date_ids))).order_by(Evidence.closed_at)
    counts: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    if rows:
        for row in await EvidenceCount.select().where(EvidenceCount.evidence.is_in([row["id"] for row in rows])):
            counts[row["evidence"]][row["dimension"], row["value"]] = row["heads"]
    found: dict[UUID, list[EvidenceView]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["kind"] != "closing"):
        found[row["event_date"]].append(_view(row, counts[row["id"]]))
    return {id: tuple(views) for id, views in found.items()}


def _view(row: dict[str, Any], counts: Mapping[tuple[str, str], int]) -> EvidenceView:
    plain = {name: row[name] for name in EvidenceView.__dataclass_fields__ if name in row}
    return EvidenceView(
        **plain, date_id=row["event_date"], event_id=row["event"], programme_id=row["programme"], counts=counts
    )


async def people_counted(date_id: UUID) -> dict[str, int]:
    """Hashes of those a closed date counts, with 1, or 0 where a correction took them out."""
    found: Counter[str] = Counter()
    for row in await PersonCounted.select(PersonCounted.person_hash, PersonCounted.change).where(
        PersonCounted.evidence.is_in(Evidence.select(Evidence.id).where(Evidence.event_date == date_id))
    ):
        found[row["person_hash"]] += row["change"]
    return found


async def is_closed(date_id: UUID) -> bool:
    return await Evidence.exists().where(Evidence.event_date == date_id)


async def why_settled(dates: Iterable[DateView]) -> Refusal | None:
    """What was counted stays: a date with evidence neither moves nor falls out; corrections change its figures."""
    ids = [one.id for one in dates]
    closed = bool(ids) and await Evidence.exists().where(Evidence.event_date.is_in(ids))
    return Refusal("counted_already") if closed else None


_NOT_CLOSED = WhereRaw(
    """NOT EXISTS (SELECT 1 FROM evidence e WHERE e.event_date = "event_date"."id" AND e.kind = 'closing')"""
)
"""Looked up date by date along an index, which a list of all closed ones is not."""


async def unclosed_dates(now: datetime, since: datetime | None = None) -> list[tuple[DateView, EventView]]:
    """Dates of published events that have ended and wait to be closed, the oldest first; two to five statements."""
    query = EventDate.select(EventDate.id, EventDate.event).where(
        EventDate.end <= now, EventDate.cancelled.eq(False), EventDate.event.status == "published", _NOT_CLOSED
    )
    if since is not None:
        query = query.where(EventDate.end >= since)
    rows = await query.order_by(EventDate.start)
    events = await events_by_ids({row["event"] for row in rows})
    dates = {one.id: (one, event) for event in events.values() for one in event.dates}
    return [dates[row["id"]] for row in rows if row["id"] in dates]


async def dates_with_late_facts(until: datetime) -> list[UUID]:
    """Closed dates about which something was recorded that no evidence has taken in, the newest of it by `until`."""
    closed = Evidence.select(Evidence.event_date).where(Evidence.kind == "closing")
    late: set[UUID] = set()
    fresh: set[UUID] = set()
    for table in (AttendanceMark, Headcount):
        rows = await table.select(table.event_date, table.received_at).where(
            table.counted_in.is_null(), table.event_date.is_in(closed)
        )
        late |= {row["event_date"] for row in rows}
        fresh |= {row["event_date"] for row in rows if row["received_at"] > until}
    return sorted(late - fresh)


async def family_keys() -> dict[str, str]:
    return {row["family"]: row["key"] for row in await FamilyKey.select(FamilyKey.family, FamilyKey.key)}
