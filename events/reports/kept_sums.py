"""Sums of closed dates and the rows of open ones, kept by each process: a year is asked for again and again."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from events.kit.database import as_moment
from events.reports.figures import Contribution

MOST = 8
"""Spans with their groupings and filters; each takes up to about one megabyte."""

STILL = timedelta(seconds=1)
"""How long nothing must have changed: moments are stored in milliseconds, and two changes may share one."""


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """`closed`: one for each event and place. `people`: distinct ones of each line, under None of all together.
    `counts`: heads by dimension and value. `open`: dates nobody has closed, of all programmes."""

    closed: Sequence[Contribution]
    people: Mapping[str | None, int]
    counts: Mapping[tuple[str, str], int]
    open: Sequence[Row]


@dataclass(frozen=True)
class State:
    """What sums were made of; equal states give equal sums."""

    facts: tuple[Hashable, ...]
    latest: datetime | None

    @classmethod
    def of(cls, row: Row, programmes: object) -> "State":
        moments = [as_moment(row[name]) for name in ("closed_at", "changed_at")]
        latest = max((one for one in moments if one is not None), default=None)
        found = (row["rows"], row["dates"], row["last_slug"], row["last_id"], *moments, repr(programmes))
        return cls(found, latest)

    def is_still(self, now: datetime) -> bool:
        return self.latest is None or self.latest + STILL < now


class KeptSums:
    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[State, Sums]] = OrderedDict()

    def get(self, key: Hashable, state: State) -> Sums | None:
        found = self._kept.get(key)
        if found is None or found[0] != state:
            return None
        self._kept.move_to_end(key)
        return found[1]

    def keep(self, key: Hashable, state: State, sums: Sums, now: datetime) -> None:
        if state.is_still(now):
            self._kept[key] = (state, sums)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


KEPT = KeptSums()
