"""What groups reached, which are running, when they owe a report, and why something cannot be entered."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from events.kit.refusals import Refusal

MOST_PEOPLE = 2000
LONGEST_NAME = 120
REMINDED_AFTER = (timedelta(0), timedelta(days=14))
"""How long after a report fell due its institution is written to; not again after that."""


@dataclass(frozen=True)
class ReportView:
    """What a group said about itself on a day; `languages` are codes of `programme.wording.LANGUAGE_NAMES`.

    `unchanged`: it did not count anew but said that all is as in the report before.
    """

    group_id: UUID
    reported_on: date
    parents: int
    children: int
    languages: tuple[str, ...] = ()
    unchanged: bool = False


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


def report_due_on(started_on: date, last_reported_on: date | None, months: int) -> date:
    """So many calendar months after the last report, or after the start; a month too short for the day ends it."""
    since = last_reported_on or started_on
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def is_overdue(due_on: date | None, day: date) -> bool:
    """From the day on which it is due; None owes nothing."""
    return due_on is not None and due_on <= day


def last_reminder(due_on: date, day: date) -> date | None:
    """The day of the reminder that must have gone out by `day`; None before the first one."""
    return max((due_on + after for after in REMINDED_AFTER if due_on + after <= day), default=None)


def why_not_open(name: str, started_on: date, today: date, *, may_run: bool) -> Refusal | None:
    """`may_run`: a cooperation agreement for the programme is valid on its first day."""
    if not name.strip():
        return Refusal("group_without_name")
    if len(name.strip()) > LONGEST_NAME:
        return Refusal("group_name_too_long", {"most": LONGEST_NAME})
    if started_on.year > today.year + 1:
        return Refusal("group_starts_too_late")
    return None if may_run else Refusal("group_without_agreement")


def why_not_report(report: ReportView, started_on: date, ended_on: date | None, today: date) -> Refusal | None:
    for number in (report.parents, report.children):
        if not 0 <= number <= MOST_PEOPLE:
            return Refusal("impossible_group_size", {"number": number, "most": MOST_PEOPLE})
    if report.reported_on > today:
        return Refusal("group_report_in_the_future")
    return None if is_running(started_on, ended_on, report.reported_on) else Refusal("group_not_running_then")


def why_not_remove(last_report: date | None) -> Refusal | None:
    """What has reported is in figures that were told; it can be ended."""
    return None if last_report is None else Refusal("group_has_reported")


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
