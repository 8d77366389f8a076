"""The last good copy of each personal calendar, for when the database is away. In this process only, and bounded."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from events.calendar_feeds.making import Feed

MOST = 1000  # calendars
LARGEST = 8 * 1024 * 1024  # bytes of all together
LONGEST = 24 * 3600.0  # seconds

Key = tuple[str, str]
"""Token and language."""


@dataclass(frozen=True)
class _Copy:
    feed: Feed
    since: float


class LastCopies:
    """A calendar that was withdrawn is forgotten by `forget`; other processes keep theirs for a day at most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._copies: OrderedDict[Key, _Copy] = OrderedDict()
        self.size = 0  # bytes

    def keep(self, key: Key, feed: Feed) -> None:
        """In the place of the copy before; the oldest make room."""
        self._drop(key)
        if len(feed.content) > LARGEST:
            return
        self._copies[key] = _Copy(feed, self._clock())
        self.size += len(feed.content)
        while self.size > LARGEST or len(self._copies) > MOST:
            self._drop(next(iter(self._copies)))

    def of(self, key: Key) -> Feed | None:
        found = self._copies.get(key)
        return found.feed if found is not None and self._clock() - found.since < LONGEST else None

    def forget(self, token: str) -> None:
        """In every language."""
        for key in [key for key in self._copies if key[0] == token]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        if (found := self._copies.pop(key, None)) is not None:
            self.size -= len(found.feed.content)
