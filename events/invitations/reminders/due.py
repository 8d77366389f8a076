"""The job behind reminders and follow-ups: freezes a mailing for each date whose moment has come, once."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.invitations.reminders.in_force import RuleBook, rule_book
from events.invitations.reminders.rules import (
    KINDS,
    LATE,
    Kind,
    MailRule,
    MailRuleDetails,
    is_due,
    is_quiet,
    moment,
    sequence_of,
)
from events.mail.tables import Mailing, OutgoingMail
from events.programme.tables import EventDate
from events.registration.tables import Registration

NIGHT = timedelta(hours=12)
"""By as much a follow-up waits for the morning."""


@dataclass(frozen=True)
class DatedRule:
    """One rule and one date: what one mailing is about."""

    rule: MailRule
    date_id: UUID
    event_id: UUID
    start: datetime
    end: datetime

    @property
    def kind(self) -> Kind:
        return self.rule.details.kind

    @property
    def key(self) -> tuple[str, UUID, int]:
        """As the mailing is unique."""
        return self.kind, self.date_id, sequence_of(self.rule, self.start)

    @property
    def moment(self) -> datetime:
        return moment(self.rule.details, self.start, self.end)


async def queue_due_reminders(*, now: datetime) -> int:
    """Returns how many mailings it queued. At night it asks nothing; two statements while nothing is due."""
    if is_quiet(now):
        return 0
    book = await rule_book()
    rows = await _dates_around(book, now)
    due = [one for row in rows for one in _of_date(row, book) if is_due(one.rule, one.start, one.end, now)]
    if not due:
        return 0
    known = await queued_keys([one.date_id for one in due])
    new = await _with_people([one for one in due if one.key not in known])
    return sum([await _queue(one, now) for one in new])


async def queued_keys(date_ids: Collection[UUID]) -> set[tuple[str, UUID, int]]:
    """What was told of these dates before or after them, or is about to be."""
    rows = await Mailing.select(Mailing.kind, Mailing.about, Mailing.sequence).where(
        Mailing.about.is_in(list(date_ids)) & Mailing.kind.is_in(list(KINDS))
    )
    return {(row["kind"], row["about"], row["sequence"]) for row in rows}


async def withdraw_reminders(date_ids: Collection[UUID], now: datetime) -> None:
    """Those not sent yet, in the transaction of what makes them wrong: the news of it goes instead."""
    rows = await Mailing.select(Mailing.id).where(Mailing.about.is_in(list(date_ids)) & (Mailing.kind == "reminder"))
    if rows:
        await OutgoingMail.update({OutgoingMail.useful_until: now}).where(
            OutgoingMail.mailing.is_in([row["id"] for row in rows]) & OutgoingMail.status.is_in(["queued", "paused"])
        )


async def _dates_around(book: RuleBook, now: datetime) -> list[dict[str, Any]]:
    """Dates that take place and that some rule can be about now."""
    rules = [one.details for one in book.all if not one.is_off]
    days = max([one.days_before for one in rules if one.kind == "reminder"], default=0)
    hours = max([one.hours_after for one in rules if one.kind == "follow_up"], default=None)
    back = timedelta(hours=hours) + NIGHT + LATE["follow_up"] if hours is not None else timedelta()
    ahead = timedelta(days=max(days, MailRuleDetails.days_before) + 2)
    return await EventDate.select(
        EventDate.id,
        EventDate.start,
        EventDate.end,
        EventDate.event,
        EventDate.event.programme.as_alias("programme"),
        EventDate.event.ends_at.as_alias("last_end"),
    ).where(
        EventDate.cancelled.eq(False) & (EventDate.event.status == "published")
        & (EventDate.end > now - back) & (EventDate.start < now + ahead)
    )  # fmt: skip


def _of_date(row: dict[str, Any], book: RuleBook) -> list[DatedRule]:
    is_last = row["end"] == row["last_end"]
    rules = [one for kind in KINDS for one in book.in_force(kind, row["event"], row["programme"]).rules]
    return [
        DatedRule(one, row["id"], row["event"], row["start"], row["end"])
        for one in rules
        if is_last or not one.details.last_only
    ]


async def _with_people(due: Sequence[DatedRule]) -> list[DatedRule]:
    """A mailing to nobody would only stand in lists."""
    if not due:
        return []
    found = await Registration.select(Registration.event, Registration.status).where(
        Registration.event.is_in(list({one.event_id for one in due})) & Registration.status.is_in(_statuses(due))
    ).group_by(Registration.event, Registration.status)  # fmt: skip
    there = {(row["event"], row["status"]) for row in found}
    return [one for one in due if any((one.event_id, status) in there for status in one.rule.details.statuses)]


def _statuses(due: Sequence[DatedRule]) -> list[str]:
    return sorted({status for one in due for status in one.rule.details.statuses})


async def _queue(one: DatedRule, now: datetime) -> bool:
    """Of two workers the first one wins."""
    kind, about, sequence = one.key
    facts = json.dumps(facts_of(one), ensure_ascii=False)
    row = Mailing(id=uuid4(), kind=kind, about=about, sequence=sequence, facts=facts, created_at=now, started_at=now)
    queued = await Mailing.insert(row).on_conflict(action="DO NOTHING").returning(Mailing.id)
    return bool(queued)


def facts_of(one: DatedRule) -> dict[str, object]:
    """What the mails say is frozen with the mailing; whether they still go out is decided when they are written."""
    return {
        "rule": str(one.rule.id),
        "statuses": list(one.rule.details.statuses),
        "texts": dict(one.rule.details.texts),
        "start": one.start.isoformat(),
        "moment": one.moment.isoformat(),
    }
