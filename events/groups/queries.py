"""The groups of programmes and institutions with their last report, and all reports of a span."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.groups.rules import ReportView, is_running
from events.groups.tables import Group, GroupReport


@dataclass(frozen=True)
class GroupView:
    """One run; `last_report` is None while it has not reported."""

    id: UUID
    name: str
    programme_id: UUID
    programme_name: str
    institution_id: UUID
    institution_name: str
    city: str
    started_on: date
    ended_on: date | None
    last_report: ReportView | None = None

    def is_running(self, day: date) -> bool:
        return is_running(self.started_on, self.ended_on, day)


@dataclass(frozen=True)
class PlacedReport:
    """A report with what figures group it by."""

    report: ReportView
    programme_id: UUID
    city: str


async def groups(*, programme_id: UUID | None = None, institution_id: UUID | None = None) -> list[GroupView]:
    """The newest first; two statements."""
    if programme_id is not None and institution_id is not None:
        return [group for group in await groups(programme_id=programme_id) if group.institution_id == institution_id]
    if programme_id is not None:
        return await _groups([Group.programme == programme_id], [GroupReport.group.programme == programme_id])
    if institution_id is not None:
        return await _groups([Group.institution == institution_id], [GroupReport.group.institution == institution_id])
    return await _groups([], [])


async def group_by_id(id: UUID) -> GroupView | None:
    found = await _groups([Group.id == id], [GroupReport.group == id])
    return found[0] if found else None


async def _groups(which: Sequence[Combinable], of_reports: Sequence[Combinable]) -> list[GroupView]:
    reports = await GroupReport.select().where(*of_reports).order_by(GroupReport.reported_on)
    last = {row["group"]: _report(row) for row in reports}
    rows = (
        await Group.select(*Group.all_columns(), Group.programme.name, Group.institution.name, Group.institution.city)
        .where(*which)
        .order_by(Group.started_on, Group.name, ascending=False)
    )
    return [_view(row, last.get(row["id"])) for row in rows]


async def reports_between(start: date, end: date) -> list[PlacedReport]:
    """Every report of the span, both days included, in one statement."""
    rows = await GroupReport.select(
        *GroupReport.all_columns(), GroupReport.group.programme, "group.institution.city"
    ).where(GroupReport.reported_on >= start, GroupReport.reported_on <= end)
    return [PlacedReport(_report(row), row["group.programme"], row["group.institution.city"]) for row in rows]


def _report(row: dict[str, Any]) -> ReportView:
    languages = tuple(json.loads(row["languages"]))
    return ReportView(row["group"], row["reported_on"], row["parents"], row["children"], languages)


def _view(row: dict[str, Any], last: ReportView | None) -> GroupView:
    return GroupView(
        id=row["id"],
        name=row["name"],
        programme_id=row["programme"],
        programme_name=row["programme.name"],
        institution_id=row["institution"],
        institution_name=row["institution.name"],
        city=row["institution.city"],
        started_on=row["started_on"],
        ended_on=row["ended_on"],
        last_report=last,
    )
