"""The groups of programmes and institutions with their last report, the reports of one, and all of a span."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.groups.rules import ReportView, is_overdue, is_running, report_due_on
from events.groups.tables import Group, GroupReport
from events.programme.policy import effective_policy


@dataclass(frozen=True)
class GroupView:
    """One run; `last_report` is None while it has not reported, `report_due_on` once it has ended."""

    id: UUID
    name: str
    programme_id: UUID
    programme_name: str
    programme_slug: str
    institution_id: UUID
    institution_name: str
    city: str
    started_on: date
    ended_on: date | None
    agreement_id: UUID | None = None
    last_report: ReportView | None = None
    report_due_on: date | None = None

    def is_running(self, day: date) -> bool:
        return is_running(self.started_on, self.ended_on, day)

    def is_overdue(self, day: date) -> bool:
        """From the day on which its report is due."""
        return is_overdue(self.report_due_on, day)


@dataclass(frozen=True)
class PlacedReport:
    """A report with what figures group it by."""

    report: ReportView
    programme_id: UUID
    city: str


async def groups(*, programme_id: UUID | None = None, institution_id: UUID | None = None) -> list[GroupView]:
    """The newest first; two statements."""
    which: list[Combinable] = []
    of_reports: list[Combinable] = []
    if programme_id is not None:
        which.append(Group.programme == programme_id)
        of_reports.append(GroupReport.group.programme == programme_id)
    if institution_id is not None:
        which.append(Group.institution == institution_id)
        of_reports.append(GroupReport.group.institution == institution_id)
    return await _groups(which, of_reports)


def urgent_first(found: Iterable[GroupView], day: date) -> list[GroupView]:
    """Whose report is overdue, the longest first; then the others that run, then the ended, in the order given."""

    def overdue_since(group: GroupView) -> date:
        return group.report_due_on if group.report_due_on and group.is_overdue(day) else date.max

    return sorted(found, key=lambda group: (group.ended_on is not None, overdue_since(group)))


async def group_by_id(id: UUID) -> GroupView | None:
    found = await _groups([Group.id == id], [GroupReport.group == id])
    return found[0] if found else None


async def overdue_reports(day: date) -> list[GroupView]:
    """The groups that are not ended and owe a report on the day, the longest overdue first; two statements."""
    running = await _groups([Group.ended_on.is_null()], [GroupReport.group.ended_on.is_null()])
    overdue = [group for group in running if group.is_overdue(day)]
    return sorted(overdue, key=lambda group: (group.report_due_on or day, group.institution_name, group.name))


async def places_of_running(day: date) -> list[tuple[UUID, str]]:
    """Programme and city of every group that runs on the day; one statement."""
    rows = await Group.select(Group.programme, Group.started_on, Group.ended_on, "institution.city").where(
        Group.started_on <= day
    )
    return [
        (row["programme"], row["institution.city"])
        for row in rows
        if is_running(row["started_on"], row["ended_on"], day)
    ]


async def reports_of(group_id: UUID) -> list[ReportView]:
    """The newest first."""
    rows = await (
        GroupReport.select().where(GroupReport.group == group_id).order_by(GroupReport.reported_on, ascending=False)
    )
    return [_report(row) for row in rows]


async def reports_between(start: date, end: date) -> list[PlacedReport]:
    """Every report of the span, both days included, in one statement."""
    rows = await GroupReport.select(
        *GroupReport.all_columns(), GroupReport.group.programme, "group.institution.city"
    ).where(GroupReport.reported_on >= start, GroupReport.reported_on <= end)
    return [PlacedReport(_report(row), row["group.programme"], row["group.institution.city"]) for row in rows]


async def _groups(which: Sequence[Combinable], of_reports: Sequence[Combinable]) -> list[GroupView]:
    reports = await GroupReport.select().where(*of_reports).order_by(GroupReport.reported_on)
    last = {row["group"]: _report(row) for row in reports}
    programme, institution = Group.programme, Group.institution
    rows = (
        await Group.select(
            *Group.all_columns(),
            *(programme.name, programme.slug, programme.policy),
            *(institution.name, institution.city),
        )
        .where(*which)
        .order_by(Group.started_on, Group.name, ascending=False)
    )
    return [_view(row, last.get(row["id"])) for row in rows]


def _report(row: dict[str, Any]) -> ReportView:
    languages = tuple(json.loads(row["languages"]))
    same = (row["group"], row["reported_on"], row["parents"], row["children"])
    return ReportView(*same, languages, row["unchanged"])


def _view(row: dict[str, Any], last: ReportView | None) -> GroupView:
    months = effective_policy(row["programme.policy"], "{}").group_report_months
    due_on = report_due_on(row["started_on"], last.reported_on if last else None, months)
    return GroupView(
        id=row["id"],
        name=row["name"],
        programme_id=row["programme"],
        programme_name=row["programme.name"],
        programme_slug=row["programme.slug"],
        institution_id=row["institution"],
        institution_name=row["institution.name"],
        city=row["institution.city"],
        started_on=row["started_on"],
        ended_on=row["ended_on"],
        agreement_id=row["agreement"],
        last_report=last,
        report_due_on=due_on if row["ended_on"] is None else None,
    )
