"""A whole calendar out of entries, with its entity tag. What stands in it, the modules beside this one decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from events.kit.ical import calendar

PAST = timedelta(days=60)
CANCELLED = timedelta(days=30)
"""How long after its end a date stays in a calendar, and a cancelled one."""

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""When a calendar without entries was last modified: its bytes must be the same every day."""


@dataclass(frozen=True)
class Feed:
    """`etag` is the quoted strong entity tag of the bytes; `last_modified` is None where a change of the content need
    not be younger than what was there before."""

    content: bytes
    etag: str
    last_modified: datetime | None
    name: str


def is_shown(end: datetime, cancelled: bool, now: datetime) -> bool:
    """Whether a date that ended or ends then is still in calendars."""
    return leaves_at(end, cancelled) > now


def leaves_at(end: datetime, cancelled: bool) -> datetime:
    return end + (CANCELLED if cancelled else PAST)


def made(
    texts: Iterable[str],
    *,
    name: str,
    description: str,
    url: str,
    source: str = "",
    changed_at: datetime,
    is_dated: bool = True,
) -> Feed:
    """Of VEVENT texts. Without a `source` the calendar does not say its own address."""
    content = calendar(texts, name=name, description=description, url=url, source=source, changed_at=changed_at)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    return Feed(content, etag, changed_at.replace(microsecond=0) if is_dated else None, name)
