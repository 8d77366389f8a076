"""Which rules of mails before and after dates there are, and which of them an event follows."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from events.invitations.reminders.rules import KINDS, InForce, Kind, MailRule, MailRuleDetails, Origin, in_force
from events.invitations.tables import MailRule as Row
from events.programme.queries import EventView

AFTER_THE_LAST = "wrap_up"
"""How a follow-up after the last date only is stored."""


@dataclass(frozen=True)
class RuleBook:
    """All rules there are, by whose they are."""

    of_events: Mapping[UUID, list[MailRule]]
    of_programmes: Mapping[UUID, list[MailRule]]

    def in_force(self, kind: Kind, event_id: UUID, programme_id: UUID) -> InForce:
        return in_force(kind, self.of_events.get(event_id, ()), self.of_programmes.get(programme_id, ()))

    @property
    def all(self) -> list[MailRule]:
        return [one for of in (self.of_events, self.of_programmes) for rules in of.values() for one in rules]


async def rule_book() -> RuleBook:
    """One statement; the office has few rules."""
    of_events, of_programmes = defaultdict(list), defaultdict(list)
    for row in await Row.select().order_by(Row.created_at):
        if row["event"]:
            of_events[row["event"]].append(_view(row, "event"))
        else:
            of_programmes[row["programme"]].append(_view(row, "programme"))
    return RuleBook(dict(of_events), dict(of_programmes))


async def rules_for(event: EventView) -> dict[Kind, InForce]:
    """What is in force for an event, by kind."""
    own = await of_owner(event.id, None)
    of_programme = await of_owner(None, event.programme_id)
    return {kind: in_force(kind, own, of_programme) for kind in KINDS}


async def of_owner(event_id: UUID | None, programme_id: UUID | None) -> list[MailRule]:
    """The rules of an event itself, or of a programme itself."""
    where = Row.event == event_id if event_id else Row.programme == programme_id
    origin: Origin = "event" if event_id else "programme"
    return [_view(row, origin) for row in await Row.select().where(where).order_by(Row.created_at)]


def stored_kind(details: MailRuleDetails) -> str:
    return AFTER_THE_LAST if details.kind == "follow_up" and details.last_only else details.kind


def _view(row: Mapping[str, Any], origin: Origin) -> MailRule:
    is_reminder = row["kind"] == "reminder"
    details = MailRuleDetails(
        kind="reminder" if is_reminder else "follow_up",
        days_before=row["days_before"] if is_reminder else MailRuleDetails.days_before,
        hours_after=MailRuleDetails.hours_after if is_reminder else row["hours_after"],
        last_only=row["kind"] == AFTER_THE_LAST,
        statuses=tuple(json.loads(row["statuses"])),
        texts=json.loads(row["texts"]),
    )
    return MailRule(row["id"], origin, details, row["created_at"])
