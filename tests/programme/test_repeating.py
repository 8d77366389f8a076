"""On which days something is repeated: the rhythm, the days left out, the clocks that change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.kit.clock import BERLIN
from events.programme.details import DateDetails
from events.programme.repeating import MOST, Rule, proposed_days, school_holidays_known, shifted

TUESDAY = date(2027, 3, 9)


def days(**rule: object) -> list[date]:
    return [one.day for one in proposed_days(Rule(**rule))]


def held(**rule: object) -> list[date]:
    return [one.day for one in proposed_days(Rule(**rule)) if not one.is_skipped]


def test_every_week_as_often_as_asked() -> None:
    assert days(rhythm="weekly", first=date(2027, 1, 12), times=3) == [date(2027, 1, d) for d in (12, 19, 26)]


def test_every_other_week_until_a_day_that_is_included() -> None:
    found = days(rhythm="fortnightly", first=date(2027, 1, 12), until=date(2027, 2, 9))
    assert found == [date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 9)]


def test_every_second_tuesday_of_the_month() -> None:
    assert days(rhythm="monthly", first=TUESDAY, times=3) == [TUESDAY, date(2027, 4, 13), date(2027, 5, 11)]


def test_a_fifth_weekday_is_the_last_of_the_month() -> None:
    found = days(rhythm="monthly", first=date(2027, 9, 30), until=date(2027, 12, 31))
    assert found == [date(2027, 9, 30), date(2027, 10, 28), date(2027, 11, 25), date(2027, 12, 30)]


def test_holidays_are_offered_but_left_out_and_do_not_count() -> None:
    found = proposed_days(Rule("weekly", date(2027, 3, 15), times=3))
    assert [(one.day.isoformat(), one.against) for one in found] == [
        ("2027-03-15", ()),
        ("2027-03-22", ("Osterferien",)),
        ("2027-03-29", ("Ostermontag", "Osterferien")),
        ("2027-04-05", ()),
        ("2027-04-12", ()),
    ]


def test_ramadan_is_a_hint_and_no_reason_to_leave_a_day_out() -> None:
    (one,) = proposed_days(Rule("weekly", date(2027, 2, 16), times=1))
    assert one.hints == ("Ramadan (etwa)",) and not one.is_skipped


def test_a_list_is_taken_in_order_and_each_day_once() -> None:
    listed = (date(2027, 5, 3), TUESDAY, TUESDAY)
    assert days(rhythm="list", days=listed) == [TUESDAY, date(2027, 5, 3)]


@pytest.mark.parametrize("rule", [{"rhythm": "weekly", "first": TUESDAY}, {"rhythm": "monthly", "first": TUESDAY}])
def test_without_an_end_there_is_one(rule: dict[str, object]) -> None:
    assert len(days(**rule)) == MOST
    assert days(rhythm="weekly") == []


def test_the_clock_on_the_wall_stays_when_the_clocks_change() -> None:
    start = datetime(2027, 3, 9, 16, 30, tzinfo=UTC)  # half past five in Berlin
    two = (
        DateDetails(start, start + timedelta(hours=2)),
        DateDetails(start + timedelta(days=1), start + timedelta(days=1, hours=2)),
    )
    first, second = shifted(two, date(2027, 4, 6))
    assert first.start == datetime(2027, 4, 6, 15, 30, tzinfo=UTC)
    assert f"{second.start.astimezone(BERLIN):%d.%m. %H:%M}" == "07.04. 17:30"


def test_school_holidays_are_known_only_so_far() -> None:
    assert school_holidays_known(TUESDAY) and not school_holidays_known(date(2029, 1, 1))
