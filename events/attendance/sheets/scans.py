"""Signed lists as scanned files: adding, removing, and ending what is due. Each change stands in the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from events.attendance.sheets.keeping import why_not_keep_until
from events.attendance.tables import SheetScan
from events.history.actions import entry, note
from events.history.tables import HistoryEntry
from events.kit import uploads
from events.kit.actor import SYSTEM, Actor
from events.kit.clock import BERLIN
from events.kit.clock import now as at_present
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.uploads import Upload
from events.programme.queries import DateView, date_with_event

MOST = 20
"""Files of one date."""


@dataclass(frozen=True)
class ScanView:
    """`size` in bytes; `stored_as` names the bytes for `kit.uploads`; kept up to and on the day `keep_until`."""

    id: UUID
    date_id: UUID
    name: str
    content_type: str
    size: int
    stored_as: str
    added_at: datetime
    keep_until: date


async def add_scan(date_id: UUID, upload: Upload, keep_until: date, *, by: Actor, now: datetime) -> UUID:
    """Raises NotFound, Refused."""
    stored_as = await uploads.keep(upload.content)
    try:
        async with transaction():
            event_id = await _checked(date_id, keep_until, now)
            refuse_if(Refusal("too_many_scans", {"most": MOST}) if len(await scans_of(date_id)) >= MOST else None)
            row = SheetScan(
                id=uuid4(), event_date=date_id, name=upload.name, content_type=upload.content_type,
                size=len(upload.content), stored_as=stored_as, added_at=now, actor=str(by), keep_until=keep_until,
            )  # fmt: skip
            await SheetScan.insert(row)
            await note(entry("scan_added", row, by=by, now=now, context=event_id))
    except BaseException:
        await uploads.remove(stored_as)
        raise
    return UUID(str(row.id))


async def keep_scan_until(date_id: UUID, scan_id: UUID, keep_until: date, *, by: Actor, now: datetime) -> None:
    """Raises NotFound, Refused."""
    async with transaction():
        before = await scan_by_id(date_id, scan_id)
        event_id = await _checked(date_id, keep_until, now)
        if keep_until != before.keep_until:
            await SheetScan.update({SheetScan.keep_until: keep_until}).where(SheetScan.id == scan_id)
            facts = {"last_day": keep_until.strftime("%d.%m.%Y")}
            await note(entry("edited", SheetScan, id=scan_id, by=by, now=now, context=event_id, facts=facts))


async def remove_scan(date_id: UUID, scan_id: UUID, *, by: Actor, now: datetime) -> None:
    """The bytes go for good once the row has gone. Raises NotFound."""
    found = await scan_by_id(date_id, scan_id)
    async with transaction():
        await SheetScan.delete().where(SheetScan.id == scan_id)
        await note(await _removed(found, by, now))
    await uploads.remove(found.stored_as)


async def due_scans(now: datetime) -> Sequence[UUID]:
    """Those whose last day is over."""
    rows = await SheetScan.select(SheetScan.id).where(SheetScan.keep_until < now.astimezone(BERLIN).date())
    return [row["id"] for row in rows]


async def remove_scans(ids: Sequence[UUID]) -> None:
    """In a transaction, by the clock. First the bytes: what is cut off in between is done by the next night."""
    these = SheetScan.id.is_in(list(ids))
    for one in await _select(these):
        await uploads.remove(one.stored_as)
        await note(await _removed(one, SYSTEM, at_present()))
    await SheetScan.delete().where(these)


async def scans_of(date_id: UUID) -> list[ScanView]:
    """In the order they were added."""
    return await _select(SheetScan.event_date == date_id)


async def scan_by_id(date_id: UUID, scan_id: UUID) -> ScanView:
    """Raises NotFound, also for a scan of another date."""
    found = await _select((SheetScan.id == scan_id) & (SheetScan.event_date == date_id))
    if not found:
        raise NotFound
    return found[0]


def day_of(one: DateView) -> date:
    return one.start.astimezone(BERLIN).date()


async def _checked(date_id: UUID, keep_until: date, now: datetime) -> UUID:
    """The event of the date."""
    found = await date_with_event(date_id)
    if found is None:
        raise NotFound
    day, event = found
    refuse_if(why_not_keep_until(keep_until, day_of(day), now.astimezone(BERLIN).date()))
    return event.id


async def _removed(one: ScanView, by: Actor, now: datetime) -> HistoryEntry:
    found = await date_with_event(one.date_id)
    return entry("scan_removed", SheetScan, id=one.id, by=by, now=now, context=found[1].id if found else None)


async def _select(where: Any) -> list[ScanView]:
    rows = await SheetScan.select().where(where).order_by(SheetScan.added_at).order_by(SheetScan.id)
    return [_view(row) for row in rows]


def _view(row: Mapping[str, Any]) -> ScanView:
    return ScanView(
        id=row["id"],
        date_id=row["event_date"],
        name=row["name"],
        content_type=row["content_type"],
        size=row["size"],
        stored_as=row["stored_as"],
        added_at=row["added_at"],
        keep_until=row["keep_until"],
    )
