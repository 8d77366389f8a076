"""The days of the upcoming events, from whatever first day."""

from datetime import date, timedelta
from itertools import pairwise

from events.demo.plans import event_plans
from events.demo.timetable import SOONEST, in_week, timetable
from events.kit.holidays import is_school_holiday, public_holidays

PLANS = tuple(event_plans())
FIRST_DAYS = [date(2026, 7, 1) + timedelta(days=5 * step) for step in range(140)]


def all_days(first_day: date) -> dict[str, list[date]]:
    return {key: [day for days in events for day in days] for key, events in timetable(PLANS, first_day).items()}


def test_there_are_twenty_five_plans_and_one_of_them_makes_four_events() -> None:
    events = timetable(PLANS, date(2026, 11, 23))
    assert len(PLANS) == 25
    assert len(events["ehrenamt-treffen"]) == 4
    assert {len(each) for key, each in events.items() if key != "ehrenamt-treffen"} == {1}


def test_without_holidays_a_week_counts_from_the_first_day() -> None:
    days = all_days(date(2027, 1, 11))
    assert days[SOONEST] == [date(2027, 1, 19)]
    assert days["griffbereit-schulung"] == [date(2027, 2, 3), date(2027, 2, 10), date(2027, 2, 17)]
    assert days["ehrenamt-treffen"] == [date(2027, 2, 3), date(2027, 3, 3), date(2027, 4, 7), date(2027, 5, 5)]
    assert days["arbeitsmarktlotsen"] == []


def test_the_week_starts_on_the_first_day_itself() -> None:
    tuesday = date(2027, 1, 12)
    assert in_week(tuesday, 1, 1) == date(2027, 1, 19)
    assert in_week(tuesday, 1, 0) == date(2027, 1, 25)


def test_nothing_falls_on_holidays_and_the_plain_evening_comes_first() -> None:
    for first_day in FIRST_DAYS:
        days = all_days(first_day)
        for each in days.values():
            assert not any(is_school_holiday(day) or day in public_holidays(day.year) for day in each)
            assert all(earlier < later for earlier, later in pairwise(each))
        (soonest,) = days.pop(SOONEST)
        assert first_day < soonest < min(day for each in days.values() for day in each)


def test_the_evenings_of_a_series_keep_their_order() -> None:
    for first_day in FIRST_DAYS:
        days = all_days(first_day)
        in_order = [days[plan.key][0] for plan in PLANS if plan.series == "ehrenamt-aktuell"]
        assert all(earlier < later for earlier, later in pairwise(in_order))
