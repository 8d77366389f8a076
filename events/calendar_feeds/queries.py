"""The stored entries of dates, ready to be joined. Whose dates, `feeds` decides."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from events.kit.translation import SOURCE
from events.programme.tables import EventDate

log = structlog.get_logger()


@dataclass(frozen=True)
class StoredEntry:
    """One VEVENT. `cancelled` is true for all dates of an event that is called off."""

    event_id: UUID
    end: datetime
    cancelled: bool
    changed_at: datetime
    text: str


async def stored_entries(
    event_ids: Collection[UUID], language: str, since: datetime | None = None
) -> list[StoredEntry]:
    """Of dates that end after `since`, by start. A broken one is left out and logged, or one date would take all
    others out of people's calendars."""
    if not event_ids:
        return []
    wanted = EventDate.event.is_in(list(event_ids))
    query = EventDate.select(
        EventDate.id,
        EventDate.event,
        EventDate.end,
        EventDate.cancelled,
        EventDate.content_changed_at,
        EventDate.entries,
        EventDate.event.status.as_alias("status"),
    ).order_by(EventDate.start, EventDate.id)
    found = []
    for row in await query.where(wanted if since is None else wanted & (EventDate.end > since)):
        text = _text(row["entries"], language)
        if not _is_whole(text):
            log.error("calendar_entry_broken", event_date=str(row["id"]), language=language)
            continue
        cancelled = bool(row["cancelled"]) or row["status"] == "called_off"
        found.append(StoredEntry(row["event"], row["end"], cancelled, row["content_changed_at"], text))
    return found


def _text(stored: str, language: str) -> str:
    """In the language, else in German; empty when there is nothing that can be read."""
    try:
        entries = json.loads(stored)
        return str(entries.get(language) or entries.get(SOURCE) or "")
    except (ValueError, AttributeError):
        return ""


def _is_whole(text: str) -> bool:
    begins_and_ends = text.startswith("BEGIN:VEVENT\r\n") and text.endswith("\r\nEND:VEVENT\r\n")
    return begins_and_ends and text.count("\r\nBEGIN:") == 0 and "\r\nUID:" in text and "\r\nDTSTART" in text
