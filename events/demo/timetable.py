"""On which days the upcoming events fall, reckoned from the first day of the demo. Pure, apart from the holidays."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from events.demo.plans import EventPlan
from events.kit.holidays import is_school_holiday, public_holidays

WEEK = timedelta(weeks=1)
SOONEST = "bildungssystem"
"""The plain evening that comes before every other event."""

Days = tuple[date, ...]


def timetable(plans: Iterable[EventPlan], first_day: date) -> dict[str, tuple[Days, ...]]:
    """For each key the days of its events; mostly one event, with as many days as it has dates.

    Days move out of holidays by whole weeks and push what follows them in the same series.
    """
    by_key = {plan.key: plan for plan in plans}
    (soonest,) = _weekly(by_key[SOONEST], first_day, after=first_day)
    latest_of_series = {by_key[SOONEST].series: soonest}
    found: dict[str, tuple[Days, ...]] = {SOONEST: ((soonest,),)}
    for key, plan in by_key.items():
        if plan.first_of_month:
            monthly = _first_of_months(plan.weekday_number, first_day, after=soonest)
            found[key] = tuple((next(monthly),) for _ in range(plan.first_of_month))
        elif key != SOONEST:
            days = _weekly(plan, first_day, after=latest_of_series.get(plan.series, soonest))
            if plan.series and days:
                latest_of_series[plan.series] = days[-1]
            found[key] = (days,)
    return found


def in_week(first_day: date, week: int, weekday: int) -> date:
    """The first such weekday from `week` weeks after the first day on."""
    earliest = first_day + week * WEEK
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def _weekly(plan: EventPlan, first_day: date, after: date) -> Days:
    days: list[date] = []
    gaps = [0, *(later - earlier for earlier, later in pairwise(plan.weeks))]
    for week, gap in zip(plan.weeks, gaps, strict=False):
        planned = in_week(first_day, week, plan.weekday_number)
        pushed = max(planned, days[-1] + gap * WEEK) if days else planned
        days.append(_out_of_holidays(pushed, after))
    return tuple(days)


def _first_of_months(weekday: int, first_day: date, after: date) -> Iterator[date]:
    month = first_day.replace(day=1)
    while True:
        day = _out_of_holidays(in_week(month, 0, weekday), first_day)
        if day > after:
            yield day
            after = day
        month = (month + timedelta(days=31)).replace(day=1)


def _out_of_holidays(day: date, after: date) -> date:
    while day <= after or is_school_holiday(day) or day in public_holidays(day.year):
        day += WEEK
    return day
