"""Somebody's calendar as programs keep it: messages apply by UID, older ones are ignored (RFC 5546, 2.1.5)."""

from collections.abc import Iterable

from tests.calendars.readers import Seen


class Store:
    def __init__(self) -> None:
        self._known: dict[str, Seen] = {}

    @property
    def standing(self) -> list[Seen]:
        """What the calendar shows as taking place, by start."""
        return sorted((one for one in self._known.values() if not _is_off(one)), key=lambda one: one.start)

    def apply(self, events: Iterable[Seen]) -> None:
        """A message out of order or seen before changes nothing."""
        for one in events:
            before = self._known.get(one.uid)
            if before is None or (one.sequence, one.stamp) > (before.sequence, before.stamp):
                self._known[one.uid] = one


def _is_off(one: Seen) -> bool:
    return one.method == "CANCEL" or one.status == "CANCELLED"
