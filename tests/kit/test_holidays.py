"""Days without school or work in North Rhine-Westphalia."""

from datetime import date

import pytest

from events.kit.holidays import (
    SCHOOL_HOLIDAYS,
    easter_sunday,
    is_school_holiday,
    public_holidays,
    school_holiday,
)


@pytest.mark.parametrize(
    "easter",
    [date(1818, 3, 22), date(2000, 4, 23), date(2008, 3, 23), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_is_where_the_church_has_it(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


def test_the_public_holidays_of_a_year() -> None:
    assert sorted(public_holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 5, 27),
        date(2027, 10, 3),
        date(2027, 11, 1),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


def test_corpus_christi_is_a_holiday_but_rose_monday_is_not() -> None:
    assert public_holidays(2027)[date(2027, 5, 27)] == "Fronleichnam"
    assert date(2027, 2, 8) not in public_holidays(2027)


def test_school_holidays_include_their_first_and_last_day() -> None:
    assert [is_school_holiday(date(2026, 10, day)) for day in (16, 17, 31)] == [False, True, True]
    assert not is_school_holiday(date(2026, 11, 1))
    found = school_holiday(date(2027, 1, 6))
    assert found is not None
    assert found.name == "Weihnachtsferien"
    assert school_holiday(date(2027, 1, 7)) is None


def test_school_holidays_do_not_overlap() -> None:
    bounds = [day for holiday in SCHOOL_HOLIDAYS for day in (holiday.first, holiday.last)]
    assert bounds == sorted(bounds)
