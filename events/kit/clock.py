"""The only place that asks what time it is. Times are aware and UTC; people live in Europe/Berlin."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current moment in UTC, cut to whole milliseconds so that both databases give back what was stored."""
    moment = _fixed.get() or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """The calendar day in Europe/Berlin."""
    return now().astimezone(BERLIN).date()


def berlin(day: date, at: time) -> datetime:
    """The UTC moment at which clocks in Europe/Berlin show `at` on `day`."""
    return datetime.combine(day, at, tzinfo=BERLIN).astimezone(UTC)


def is_skipped(day: date, at: time) -> bool:
    """Whether clocks in Berlin never show it, because they are put forward."""
    return berlin(day, at).astimezone(BERLIN).time() != at


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still: for loading history and for telling stories in tests."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
