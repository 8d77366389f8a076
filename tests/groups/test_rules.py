"""Groups reached in a span and running on a day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from events.groups.rules import (
    Reached,
    ReportView,
    is_overdue,
    is_running,
    last_reminder,
    reached,
    report_due_on,
    why_not_end,
    why_not_open,
    why_not_report,
)

RUN, OTHER_RUN = uuid4(), uuid4()
TODAY = date(2017, 7, 31)


def report(day: date, parents: int = 8, children: int = 9, group: object = RUN) -> ReportView:
    return ReportView(group, day, parents, children)  # type: ignore[arg-type]


def test_of_each_run_only_the_last_report_in_the_span_counts() -> None:
    reports = [
        report(date(2017, 6, 1), 8, 9),
        report(date(2016, 12, 1), 7, 7),
        report(date(2017, 9, 1), 50, 50),
        report(date(2017, 1, 1), 6, 5, OTHER_RUN),
    ]
    assert reached(reports, date(2016, 8, 1), date(2017, 7, 31)) == Reached(2, 14, 14)
    assert reached(reports, date(2016, 8, 1), date(2016, 12, 31)) == Reached(1, 7, 7)
    assert reached(reports, date(2018, 1, 1), date(2018, 12, 31)) == Reached()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 7, 31), False),
        (date(2016, 8, 1), True),
        (date(2017, 7, 31), True),
        (date(2017, 8, 1), False),
    ],
)
def test_a_group_runs_from_its_first_to_its_last_day(day: date, expected: bool) -> None:
    assert is_running(date(2016, 8, 1), date(2017, 7, 31), day) is expected


def test_a_group_without_an_end_is_running() -> None:
    assert is_running(date(2016, 8, 1), None, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (report(TODAY, parents=-1), "impossible_group_size"),
        (report(TODAY, children=2001), "impossible_group_size"),
        (report(date(2017, 8, 1)), "group_report_in_the_future"),
        (report(date(2016, 7, 31)), "group_not_running_then"),
    ],
)
def test_an_impossible_report_is_refused(wrong: ReportView, code: str) -> None:
    refusal = why_not_report(wrong, date(2016, 8, 1), None, TODAY)
    assert refusal is not None
    assert refusal.code == code


def test_a_possible_report_is_not_refused() -> None:
    assert why_not_report(report(TODAY), date(2016, 8, 1), TODAY, TODAY) is None


@pytest.mark.parametrize(
    ("ended_on", "already", "code"),
    [
        (date(2016, 7, 1), None, "group_ends_before_start"),
        (date(2017, 5, 1), None, "group_reported_after_end"),
        (date(2017, 8, 1), None, "group_end_in_the_future"),
        (date(2017, 7, 1), date(2017, 7, 1), "group_already_ended"),
        (date(2017, 7, 1), None, None),
    ],
)
def test_a_group_ends_once_after_its_last_report(ended_on: date, already: date | None, code: str | None) -> None:
    refusal = why_not_end(ended_on, date(2016, 8, 1), already, date(2017, 6, 1), TODAY)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("name", "started_on", "may_run", "code"),
    [
        (" ", TODAY, True, "group_without_name"),
        ("x" * 121, TODAY, True, "group_name_too_long"),
        ("Die Marienkäfer", date(2019, 1, 1), True, "group_starts_too_late"),
        ("Die Marienkäfer", TODAY, False, "group_without_agreement"),
        (" " + "x" * 120, date(2018, 8, 1), True, None),
    ],
)
def test_a_group_needs_a_name_a_start_in_reach_and_an_agreement(
    name: str, started_on: date, may_run: bool, code: str | None
) -> None:
    refusal = why_not_open(name, started_on, TODAY, may_run=may_run)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("last", "months", "due_on"),
    [
        (None, 6, date(2017, 2, 28)),
        (None, 12, date(2017, 8, 31)),
        (date(2017, 2, 28), 6, date(2017, 8, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2017, 12, 1), 1, date(2018, 1, 1)),
        (date(2017, 1, 31), 23, date(2018, 12, 31)),
    ],
)
def test_a_report_is_due_so_many_calendar_months_after_the_last(last: date | None, months: int, due_on: date) -> None:
    start = date(2016, 8, 31)
    assert report_due_on(start, last, months) == due_on


def test_a_report_is_overdue_from_the_day_it_is_due_and_an_ended_group_owes_none() -> None:
    assert [is_overdue(TODAY, TODAY + timedelta(days=more)) for more in (-1, 0, 1)] == [False, True, True]
    assert not is_overdue(None, TODAY)


@pytest.mark.parametrize(
    ("days_later", "reminder"), [(-1, None), (0, 0), (13, 0), (14, 14), (15, 14), (28, 14), (400, 14)]
)
def test_there_are_two_reminders_of_a_report_and_no_third(days_later: int, reminder: int | None) -> None:
    expected = None if reminder is None else TODAY + timedelta(days=reminder)
    assert last_reminder(TODAY, TODAY + timedelta(days=days_later)) == expected
