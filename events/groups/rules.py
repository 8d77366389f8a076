"""What groups reached, which are running, and why something cannot be entered. Plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.kit.refusals import Refusal

MOST_PEOPLE = 2000
LONGEST_NAME = 120


@dataclass(frozen=True)
class ReportView:
    """What a group said about itself on a day; `languages` are codes of `programme.wording.LANGUAGE_NAMES`."""

    group_id: UUID
    reported_on: date
    parents: int
    children: int
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reached:
    """Runs that reported, and the people in their last reports."""

    groups: int = 0
    parents: int = 0
    children: int = 0


def reached(reports: Iterable[ReportView], start: date, end: date) -> Reached:
    """Of each run only its last report in the span counts: the others told of the same people."""
    last: dict[UUID, ReportView] = {}
    for report in sorted(reports, key=lambda report: report.reported_on):
        if start <= report.reported_on <= end:
            last[report.group_id] = report
    return Reached(len(last), sum(one.parents for one in last.values()), sum(one.children for one in last.values()))


def is_running(started_on: date, ended_on: date | None, day: date) -> bool:
    """On its first and its last day too."""
    return started_on <= day and (ended_on is None or day <= ended_on)


def why_not_open(name: str, started_on: date, today: date) -> Refusal | None:
    if not name.strip():
        return Refusal("group_without_name")
    if len(name) > LONGEST_NAME:
        return Refusal("group_name_too_long", {"most": LONGEST_NAME})
    return Refusal("group_starts_too_late") if started_on.year > today.year + 1 else None


def why_not_report(report: ReportView, started_on: date, ended_on: date | None, today: date) -> Refusal | None:
    for number in (report.parents, report.children):
        if not 0 <= number <= MOST_PEOPLE:
            return Refusal("impossible_group_size", {"number": number, "most": MOST_PEOPLE})
    if report.reported_on > today:
        return Refusal("group_report_in_the_future")
    return None if is_running(started_on, ended_on, report.reported_on) else Refusal("group_not_running_then")


def why_not_end(
    ended_on: date, started_on: date, already: date | None, last_report: date | None, today: date
) -> Refusal | None:
    if already is not None:
        return Refusal("group_already_ended")
    if ended_on < started_on:
        return Refusal("group_ends_before_start")
    if last_report is not None and ended_on < last_report:
        return Refusal("group_reported_after_end")
    return Refusal("group_end_in_the_future") if ended_on > today else None
