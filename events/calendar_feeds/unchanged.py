"""Calendars that were made before and are still right, because nothing in the database has changed since. Bounded."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.calendar_feeds.making import Feed

MOST = 100  # calendars
LARGEST = 32 * 1024 * 1024  # bytes of all together
LONGEST = timedelta(hours=1)


@dataclass(frozen=True)
class _Made:
    feed: Feed
    state: Hashable
    at: datetime
    until: datetime


class Unchanged:
    """For one process. `state` is that of the database, asked for before a calendar is made."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, _Made] = OrderedDict()
        self.size = 0  # bytes

    def of(self, key: Hashable, state: Hashable, now: datetime) -> Feed | None:
        found = self._made.get(key)
        return found.feed if found is not None and found.state == state and found.at <= now < found.until else None

    def keep(self, key: Hashable, state: Hashable, feed: Feed, now: datetime, until: datetime) -> None:
        """`until`: when the first date leaves it by age. In the place of the one before; the oldest make room."""
        self._drop(key)
        if len(feed.content) > LARGEST:
            return
        self._made[key] = _Made(feed, state, now, min(until, now + LONGEST))
        self.size += len(feed.content)
        while self.size > LARGEST or len(self._made) > MOST:
            self._drop(next(iter(self._made)))

    def _drop(self, key: Hashable) -> None:
        if (found := self._made.pop(key, None)) is not None:
            self.size -= len(found.feed.content)
