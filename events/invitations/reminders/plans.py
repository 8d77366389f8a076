"""What an event's page of reminders shows: which mail about which date goes out when, to how many, and what went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.invitations.mailings.views import progress_of
from events.invitations.reminders.rules import KINDS, InForce, Kind, MailRule, moment, sequence_of, useful_until
from events.invitations.reminders.writers import addresses_of
from events.kit.addresses import mail_address
from events.mail.tables import Mailing
from events.programme.queries import DateView, EventView
from events.registration.queries import RegistrationView, registrations_of


@dataclass(frozen=True)
class Planned:
    """One mail about one date. `at`: when it goes out, or was queued; `mails`: addresses, or how many were written.

    `rule` is None when the rule behind what was sent is not in force any more.
    """

    date: DateView
    kind: Kind
    rule: MailRule | None
    at: datetime
    mails: int
    mailing_id: UUID | None = None


@dataclass(frozen=True)
class Plan:
    ahead: tuple[Planned, ...]  # the next one first
    sent: tuple[Planned, ...]  # the newest first
    without_mail: int  # registrations such mails would be for, but no address


@dataclass(frozen=True)
class _Sent:
    id: UUID
    kind: Kind
    date_id: UUID
    sequence: int
    at: datetime


async def plan_of(event: EventView, rules: Mapping[Kind, InForce], now: datetime) -> Plan:
    """In a fixed number of statements. An event that is not published, or called off, has nothing ahead."""
    registrations = await registrations_of(event.id)
    told = await _sent(event)
    written = {id: one.recipients for id, one in (await progress_of([one.id for one in told])).items()}
    known = {(one.kind, one.date_id, one.sequence) for one in told}
    ahead = [] if event.status != "published" else [
        Planned(date, rule.details.kind, rule, moment(rule.details, date.start, date.end), _mails(rule, registrations))
        for date, rule in _pairs(event, rules)
        if (rule.details.kind, date.id, sequence_of(rule, date.start)) not in known and _is_ahead(rule, date, now)
    ]  # fmt: skip
    return Plan(
        tuple(sorted(ahead, key=lambda one: one.at)),
        tuple(_of_sent(one, event, rules, written[one.id]) for one in told),
        sum(one.status in _statuses(rules) and not mail_address(one.email) for one in registrations),
    )


def _pairs(event: EventView, rules: Mapping[Kind, InForce]) -> list[tuple[DateView, MailRule]]:
    return [
        (date, rule)
        for date in event.coming_dates
        for found in rules.values()
        for rule in found.rules
        if not rule.details.last_only or date.end == event.ends_at
    ]


def _is_ahead(rule: MailRule, date: DateView, now: datetime) -> bool:
    at = moment(rule.details, date.start, date.end)
    is_new = rule.created_at is not None and rule.created_at > at
    return not is_new and now < useful_until(rule.details, date.start, date.end)


def _mails(rule: MailRule, registrations: Sequence[RegistrationView]) -> int:
    return len(addresses_of([one for one in registrations if one.status in rule.details.statuses]))


def _statuses(rules: Mapping[Kind, InForce]) -> set[str]:
    return {status for found in rules.values() for rule in found.rules for status in rule.details.statuses}


async def _sent(event: EventView) -> list[_Sent]:
    ids = [date.id for date in event.dates]
    if not ids:
        return []
    columns = (Mailing.id, Mailing.kind, Mailing.about, Mailing.sequence, Mailing.created_at)
    rows = await Mailing.select(*columns).where(
        Mailing.about.is_in(ids) & Mailing.kind.is_in(list(KINDS))
    ).order_by(Mailing.created_at, ascending=False)  # fmt: skip
    return [_Sent(row["id"], row["kind"], row["about"], row["sequence"], row["created_at"]) for row in rows]


def _of_sent(one: _Sent, event: EventView, rules: Mapping[Kind, InForce], mails: int) -> Planned:
    date = next(date for date in event.dates if date.id == one.date_id)
    found = (rule for rule in rules[one.kind].rules if sequence_of(rule, date.start) == one.sequence)
    return Planned(date, one.kind, next(found, None), one.at, mails, one.id)
