"""Groups reached in a span and running on a day."""

from datetime import date
from uuid import uuid4

import pytest

from events.groups.rules import Reached, ReportView, is_running, reached, why_not_end, why_not_open, why_not_report

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


def test_a_group_needs_a_name_and_a_start_in_reach() -> None:
    assert why_not_open(" ", TODAY, TODAY) is not None
    assert why_not_open("x" * 121, TODAY, TODAY) is not None
    assert why_not_open("Die Marienkäfer", date(2019, 1, 1), TODAY) is not None
    assert why_not_open("Die Marienkäfer", date(2018, 8, 1), TODAY) is None
