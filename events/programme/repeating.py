"""On which days something is repeated, and what is to be said about these days. Pure: no database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count, islice
from typing import Literal

from events.kit.clock import BERLIN, berlin
from events.kit.feasts import feasts_on
from events.kit.holidays import SCHOOL_HOLIDAYS, public_holidays, school_holiday
from events.kit.refusals import Refusal
from events.programme.details import DateDetails

Rhythm = Literal["weekly", "fortnightly", "monthly", "list"]

MOST = 60
"""Days that are offered at once."""


@dataclass(frozen=True)
class Rule:
    """From `first` on, so many `times` or until a day, both at most `MOST`; a list has its `days` alone."""

    rhythm: Rhythm
    first: date | None = None
    times: int | None = None
    until: date | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ProposedDay:
    """`against`: why it is left out unless somebody ticks it; `hints`: to be thought of. Names to be translated."""

    day: date
    against: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def is_skipped(self) -> bool:
        return bool(self.against)


def proposed_days(rule: Rule) -> tuple[ProposedDay, ...]:
    """In order, each once. `times` counts the days that are not left out."""
    if rule.rhythm == "list":
        return tuple(map(marked, sorted(set(rule.days))[:MOST]))
    found: list[ProposedDay] = []
    for day in islice(_days(rule), MOST):
        held = sum(not one.is_skipped for one in found)
        if (rule.until and day > rule.until) or (rule.times is not None and held >= rule.times):
            break
        found.append(marked(day))
    return tuple(found)


def why_not_repeat(days: Sequence[date]) -> Refusal | None:
    if not days:
        return Refusal("no_day_chosen")
    return Refusal("too_many_days", {"most": MOST}) if len(days) > MOST else None


def marked(day: date) -> ProposedDay:
    """With what stands against it and what to think of."""
    public, school = public_holidays(day.year).get(day), school_holiday(day)
    against = [name for name in (public, school.name if school else None) if name]
    return ProposedDay(day, tuple(against), tuple(feasts_on(day)))


def school_holidays_known(day: date) -> bool:
    return day <= SCHOOL_HOLIDAYS[-1].last


def shifted(dates: Sequence[DateDetails], to: date) -> tuple[DateDetails, ...]:
    """The same dates with the first of them on that day, at the same times by the clocks in Berlin."""
    if not dates:
        return ()
    by = to - _day(min(one.start for one in dates))
    return tuple(replace(one, start=_later(one.start, by), end=_later(one.end, by)) for one in dates)


def on_day(one: DateDetails, day: date) -> DateDetails:
    """The same hours and place on another day."""
    return shifted((one,), day)[0]


def _later(moment: datetime, by: timedelta) -> datetime:
    local = moment.astimezone(BERLIN)
    return berlin(local.date() + by, local.time())


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def _days(rule: Rule) -> Iterator[date]:
    if rule.first is None:
        return
    if rule.rhythm == "monthly":
        yield from _monthly(rule.first)
        return
    step = timedelta(weeks=2 if rule.rhythm == "fortnightly" else 1)
    yield from (rule.first + number * step for number in count())


def _monthly(first: date) -> Iterator[date]:
    """On the same weekday of the same week in the month, as in "every second Tuesday"; a fifth one is the last."""
    week = (first.day - 1) // 7 + 1
    for number in count():
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        yield _weekday_of(year, month + 1, first.weekday(), week)


def _weekday_of(year: int, month: int, weekday: int, week: int) -> date:
    start = date(year, month, 1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7, weeks=week - 1)
    return day if day.month == month else day - timedelta(weeks=1)
