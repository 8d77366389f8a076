"""Opening, reporting, ending and removing a run of a parent group."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID, uuid4

from events.groups import rules
from events.groups.queries import reports_of
from events.groups.rules import ReportView
from events.groups.tables import Group, GroupReport
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.agreements import valid_agreement
from events.programme.tables import Organisation, Programme
from events.programme.wording import LANGUAGE_NAMES

NeedOfAgreement = Literal["needed", "historic"]
"""`historic`: entered afterwards, a run from before agreements were kept here. It has one if one is found."""


async def open_group(
    programme_id: UUID,
    institution_id: UUID,
    name: str,
    started_on: date,
    *,
    by: Actor,
    now: datetime,
    agreement: NeedOfAgreement = "needed",
    id: UUID | None = None,
) -> UUID:
    """One run, about one Kita or school year, under the agreement valid on its first day.

    `id` is that of the form: sent twice, it opens one group, which stays as it is. Raises NotFound, Refused.
    """
    async with transaction():
        if id is not None and await _is_opened(id, institution_id):
            return id
        programme = await Programme.exists().where(Programme.id == programme_id)
        if not programme or not await Organisation.exists().where(Organisation.id == institution_id):
            raise NotFound
        found = await valid_agreement(institution_id, programme_id, started_on)
        may_run = found is not None or agreement == "historic"
        refuse_if(rules.why_not_open(name, started_on, _day(now), may_run=may_run))
        group = Group(
            id=id or uuid4(),
            programme=programme_id,
            institution=institution_id,
            name=name.strip(),
            started_on=started_on,
            agreement=found.id if found else None,
        )
        # Where the same form arrives twice at once, the second waits here and finds the group.
        if await Group.insert(group).on_conflict(target=Group.id, action="DO NOTHING").returning(Group.id):
            await note(entry("group_opened", group, by=by, now=now, facts={"started_on": started_on}))
        elif not await _is_opened(group.id, institution_id):
            raise NotFound
    return group.id


async def report_group(
    group_id: UUID,
    reported_on: date,
    parents: int,
    children: int,
    languages: Sequence[str],
    *,
    by: Actor,
    now: datetime,
    unchanged: bool = False,
) -> UUID:
    """What the group says about that day; said again for the same day, it replaces the earlier.

    The very same once more changes nothing. Raises NotFound, Refused.
    """
    spoken = tuple(sorted(set(languages)))
    async with transaction():
        group = await _locked(group_id)
        report = ReportView(group_id, reported_on, parents, children, spoken, unchanged)
        return await _keep(group, report, by, now)


async def repeat_report(group_id: UUID, reported_on: date, *, by: Actor, now: datetime) -> UUID:
    """All is as in the last report before that day. A report of that very day stays. Raises NotFound, Refused."""
    async with transaction():
        group = await _locked(group_id)
        known = [report for report in await reports_of(group_id) if report.reported_on <= reported_on]
        if not known:
            raise Refused(Refusal("group_nothing_to_repeat"))
        report = known[0]
        if report.reported_on != reported_on:
            report = replace(report, reported_on=reported_on, unchanged=True)
        return await _keep(group, report, by, now)


async def end_group(group_id: UUID, ended_on: date, *, by: Actor, now: datetime) -> None:
    """`ended_on` is its last day. Raises NotFound, Refused."""
    async with transaction():
        group = await _locked(group_id)
        reports = await reports_of(group_id)
        reported_on = reports[0].reported_on if reports else None
        refuse_if(rules.why_not_end(ended_on, group.started_on, group.ended_on, reported_on, _day(now)))
        group.ended_on = ended_on
        await group.save([Group.ended_on])
        await note(entry("group_ended", group, by=by, now=now, facts={"ended_on": ended_on}))


async def remove_group(group_id: UUID, *, by: Actor, now: datetime) -> None:
    """Takes away one that was opened by mistake; its history stays. Raises NotFound, Refused once it has reported."""
    async with transaction():
        group = await _locked(group_id)
        reports = await reports_of(group_id)
        refuse_if(rules.why_not_remove(reports[0].reported_on if reports else None))
        await Group.delete().where(Group.id == group_id)
        await note(entry("group_removed", group, by=by, now=now, facts={"started_on": group.started_on}))


async def _keep(group: Group, report: ReportView, by: Actor, now: datetime) -> UUID:
    refuse_if(rules.why_not_report(report, group.started_on, group.ended_on, _day(now)))
    unknown = [code for code in report.languages if code not in LANGUAGE_NAMES]
    refuse_if(Refusal("unknown_group_language", {"value": unknown[0]}) if unknown else None)
    same_day = (GroupReport.group == group.id) & (GroupReport.reported_on == report.reported_on)
    known = await GroupReport.objects().get(same_day)
    if known is not None and _said(known) == report:
        return known.id
    row = known or GroupReport(group=group.id, reported_on=report.reported_on)
    row.parents, row.children, row.unchanged = report.parents, report.children, report.unchanged
    row.languages, row.received_at = json.dumps(report.languages), now
    await row.save()
    facts = {"reported_on": report.reported_on, "parents": report.parents, "children": report.children}
    await note(entry("group_reported", group, by=by, now=now, facts=facts))
    return row.id


def _said(row: GroupReport) -> ReportView:
    languages = tuple(json.loads(row.languages))
    return ReportView(row.group, row.reported_on, row.parents, row.children, languages, row.unchanged)


async def _is_opened(id: UUID, institution_id: UUID) -> bool:
    """Raises NotFound when the id is that of somebody else's group."""
    row = await Group.select(Group.institution).where(Group.id == id).first()
    if row is not None and row["institution"] != institution_id:
        raise NotFound
    return row is not None


async def _locked(group_id: UUID) -> Group:
    """Until the transaction ends nobody else reports or ends it. Raises NotFound."""
    this = Group.id == group_id
    await Group.update({Group.name: Group.name}).where(this)
    group = await Group.objects().get(this)
    if group is None:
        raise NotFound
    return group


def _day(now: datetime) -> date:
    return now.astimezone(BERLIN).date()
