"""The stored entries of dates, ready to be joined. Whose dates, `feeds` decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.kit.database import on_sqlite
from events.kit.logs import logger
from events.kit.translation import LANGUAGES, SOURCE
from events.programme.tables import EventDate

FEW = 500
"""Up to so many events are named to the database; of more it gives all dates, and the others are passed over."""

END = 'd."end"'

log = logger()


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One VEVENT. `cancelled` is true for all dates of an event that is called off."""

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
    where, values = ([], []) if since is None else ([f"{END} > {{}}"], [since])
    if len(event_ids) > FEW:
        return await _entries(language, where, *values, only=frozenset(map(str, event_ids)))
    marks = ", ".join("{}" for _ in event_ids)
    return await _entries(language, [*where, f"d.event IN ({marks})"], *values, *event_ids)


async def published_entries(language: str, since: datetime) -> list[StoredEntry]:
    """Of every event that is no draft, the hidden ones and those by invitation too."""
    return await _entries(language, [f"{END} > {{}}"], since)


async def _entries(
    language: str, conditions: Collection[str], *values: object, only: Collection[str] = ()
) -> list[StoredEntry]:
    """The database takes the one text out of the four: reading all of them here takes several times as long."""
    where = " AND ".join(["e.status <> 'draft'", *conditions])
    rows = await EventDate.raw(
        f"SELECT {_plain('d.id')} AS id, {_plain('d.event')} AS event, {_plain(END)} AS ends_at, "
        "CASE WHEN d.cancelled THEN 1 ELSE 0 END AS cancelled, e.status AS status, "
        f"{_plain('d.content_changed_at')} AS changed_at, {_text(language)} AS text "
        f"FROM event_date d JOIN event e ON e.id = d.event WHERE {where} ORDER BY d.start, d.id",
        *values,
    )
    return [_entry(row) for row in rows if (not only or str(row["event"]) in only) and _is_whole(row, language)]


def _plain(column: str) -> str:
    """As text on SQLite, where making a UUID or a moment of each of thousands of values costs more than the rest."""
    return f"CAST({column} AS TEXT)" if on_sqlite() else column


def _text(language: str) -> str:
    """SQL for the text in the language, else in German; NULL where there is nothing that can be read."""
    codes = [code for code in dict.fromkeys((language, SOURCE)) if code in LANGUAGES]
    if on_sqlite():
        texts = ", ".join(f"NULLIF(json_extract(d.entries, '$.{code}'), '')" for code in codes)
        return f"CASE WHEN json_valid(d.entries) THEN COALESCE({texts}, NULL) END"
    texts = ", ".join(f"NULLIF(d.entries->>'{code}', '')" for code in codes)
    return f"COALESCE({texts})"


def _entry(row: Mapping[str, Any]) -> StoredEntry:
    is_off = bool(row["cancelled"]) or row["status"] == "called_off"
    return StoredEntry(_moment(row["ends_at"]), is_off, _moment(row["changed_at"]), row["text"])


def _moment(stored: datetime | str) -> datetime:
    return stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)


def _is_whole(row: Mapping[str, Any], language: str) -> bool:
    text = str(row["text"])
    begins_and_ends = text.startswith("BEGIN:VEVENT\r\n") and text.endswith("\r\nEND:VEVENT\r\n")
    if begins_and_ends and "\r\nBEGIN:" not in text and "\r\nUID:" in text and "\r\nDTSTART" in text:
        return True
    log.error("calendar_entry_broken", event_date=str(row["id"]), language=language)
    return False
