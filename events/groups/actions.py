"""Opening, reporting and ending a run of a parent group."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from events.groups import rules
from events.groups.rules import ReportView
from events.groups.tables import Group, GroupReport
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.programme.tables import Organisation, Programme
from events.programme.wording import LANGUAGE_NAMES


async def open_group(
    programme_id: UUID, institution_id: UUID, name: str, started_on: date, *, by: Actor, now: datetime
) -> UUID:
    """One run, about one Kita or school year. Raises NotFound, Refused."""
    refuse_if(rules.why_not_open(name, started_on, _day(now)))
    async with transaction():
        programme = await Programme.exists().where(Programme.id == programme_id)
        if not programme or not await Organisation.exists().where(Organisation.id == institution_id):
            raise NotFound
        group = Group(programme=programme_id, institution=institution_id, name=name.strip(), started_on=started_on)
        await group.save()
        await note(entry("group_opened", group, by=by, now=now, facts={"started_on": started_on}))
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
) -> UUID:
    """What the group says about that day; said again for the same day, it replaces the earlier.

    Raises NotFound, Refused.
    """
    async with transaction():
        group = await _group(group_id)
        report = ReportView(group_id, reported_on, parents, children, tuple(sorted(set(languages))))
        refuse_if(rules.why_not_report(report, group.started_on, group.ended_on, _day(now)))
        unknown = [code for code in languages if code not in LANGUAGE_NAMES]
        refuse_if(Refusal("unknown_group_language", {"value": unknown[0]}) if unknown else None)
        same_day = (GroupReport.group == group_id) & (GroupReport.reported_on == reported_on)
        row = await GroupReport.objects().get(same_day) or GroupReport(group=group_id, reported_on=reported_on)
        row.parents, row.children, row.languages = parents, children, json.dumps(report.languages)
        await row.save()
        facts = {"reported_on": reported_on, "parents": parents, "children": children}
        await note(entry("group_reported", group, by=by, now=now, facts=facts))
    return row.id


async def end_group(group_id: UUID, ended_on: date, *, by: Actor, now: datetime) -> None:
    """`ended_on` is its last day. Raises NotFound, Refused."""
    async with transaction():
        group = await _group(group_id)
        last = await (
            GroupReport.select(GroupReport.reported_on)
            .where(GroupReport.group == group_id)
            .order_by(GroupReport.reported_on, ascending=False)
            .first()
        )
        reported_on = last["reported_on"] if last else None
        refuse_if(rules.why_not_end(ended_on, group.started_on, group.ended_on, reported_on, _day(now)))
        group.ended_on = ended_on
        await group.save([Group.ended_on])
        await note(entry("group_ended", group, by=by, now=now, facts={"ended_on": ended_on}))


async def _group(group_id: UUID) -> Group:
    group = await Group.objects().get(Group.id == group_id)
    if group is None:
        raise NotFound
    return group


def _day(now: datetime) -> date:
    return now.astimezone(BERLIN).date()
