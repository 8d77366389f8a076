"""When a mail before or after a date is due, and what the office may set. Pure: no database, no clock, no web."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zlib import crc32

from events.kit.clock import BERLIN, berlin
from events.kit.refusals import Refusal
from events.kit.translation import SOURCE

Kind = Literal["reminder", "follow_up"]
Origin = Literal["default", "programme", "event"]
KINDS: tuple[Kind, ...] = ("reminder", "follow_up")
ADDRESSED = ("confirmed", "waiting")
"""States of a registration such a mail can go to."""

MOST_DAYS, MOST_HOURS, MOST_RULES = 30, 336, 4
WRITTEN_AT, EARLY, EVENING = time(10), time(8), time(18)
QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""At night nobody is written to."""

LATE = {"reminder": timedelta(hours=24), "follow_up": timedelta(hours=72)}
"""How late a mail still helps after the clock stood still; a reminder never goes out after the start."""

LEAST_BEFORE = timedelta(hours=1)


@dataclass(frozen=True)
class MailRuleDetails:
    """What the office sets. `texts`: a paragraph in Markdown by language. No statuses: nobody gets such a mail."""

    kind: Kind
    days_before: int = 2
    hours_after: int = 24
    last_only: bool = False  # after the last date of several
    statuses: tuple[str, ...] = ("confirmed",)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def timing(self) -> tuple[int, bool]:
        """What two rules of a kind must not have in common."""
        return (self.days_before, False) if self.kind == "reminder" else (self.hours_after, self.last_only)


@dataclass(frozen=True)
class MailRule:
    """A rule that is in force somewhere. The default has no `created_at`: it was always there."""

    id: UUID
    origin: Origin
    details: MailRuleDetails
    created_at: datetime | None = None

    @property
    def is_off(self) -> bool:
        return not self.details.statuses


@dataclass(frozen=True)
class InForce:
    """The rules of one kind that an event follows, and whose they are; none where such mails are switched off."""

    kind: Kind
    origin: Origin
    rules: tuple[MailRule, ...]


DEFAULT = MailRule(UUID(int=0), "default", MailRuleDetails("reminder"))
"""Unless the office sets something else: two days before, to whoever has a place."""


def in_force(kind: Kind, own: Iterable[MailRule], of_programme: Iterable[MailRule]) -> InForce:
    """An event's own rules replace those of its programme, and these the default."""
    for origin, rules in (("event", own), ("programme", of_programme)):
        found = [one for one in rules if one.details.kind == kind]
        if found:
            meant = sorted((one for one in found if not one.is_off), key=_order)
            return InForce(kind, "event" if origin == "event" else "programme", tuple(meant))
    return InForce(kind, "default", (DEFAULT,) if kind == "reminder" else ())


def _order(rule: MailRule) -> tuple[int, int]:
    """By when they go out."""
    details = rule.details
    return (-details.days_before, 0) if details.kind == "reminder" else (int(details.last_only), details.hours_after)


def moment(details: MailRuleDetails, start: datetime, end: datetime) -> datetime:
    """When it goes out, by the clocks in Berlin: reminders at ten, earlier where the date begins earlier; follow-ups
    some hours after the end, in the morning where that is at night."""
    if details.kind == "follow_up":
        return after_quiet(end + timedelta(hours=details.hours_after))
    day = start.astimezone(BERLIN).date() - timedelta(days=details.days_before)
    times = [berlin(day, WRITTEN_AT), berlin(day, EARLY)]
    in_time = [one for one in times if one + LEAST_BEFORE <= start]
    return in_time[0] if in_time else berlin(day - timedelta(days=1), EVENING)


def useful_until(details: MailRuleDetails, start: datetime, end: datetime) -> datetime:
    """From then on it is not written any more."""
    latest = moment(details, start, end) + LATE[details.kind]
    return min(latest, start) if details.kind == "reminder" else latest


def is_due(rule: MailRule, start: datetime, end: datetime, now: datetime) -> bool:
    """A rule holds for moments after it was made: nobody is reminded by surprise because somebody sets one late."""
    at = moment(rule.details, start, end)
    is_new = rule.created_at is not None and rule.created_at > at
    return not is_new and at <= now < useful_until(rule.details, start, end) and not is_quiet(now)


def is_quiet(at: datetime) -> bool:
    clock = at.astimezone(BERLIN).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def after_quiet(at: datetime) -> datetime:
    """The moment itself, or the next morning."""
    if not is_quiet(at):
        return at
    local = at.astimezone(BERLIN)
    return berlin(local.date() + timedelta(days=local.time() >= QUIET_FROM), QUIET_UNTIL)


def sequence_of(rule: MailRule, start: datetime) -> int:
    """The same for the same rule and day: a date that is moved to another day is told of anew."""
    day = start.astimezone(BERLIN).date().isoformat()
    hours, last_only = rule.details.timing
    return crc32(f"{rule.id}:{hours}:{last_only}:{day}".encode()) & 0x7FFFFFFF


def why_not_keep(details: MailRuleDetails, others: Sequence[MailRule]) -> list[Refusal]:
    """`others`: what the same event or programme has of this kind already."""
    real = [one for one in others if not one.is_off]
    alike = any(one.details.timing == details.timing for one in real)
    is_out = not (0 <= details.days_before <= MOST_DAYS and 0 <= details.hours_after <= MOST_HOURS)
    is_empty = details.kind == "follow_up" and not details.texts.get(SOURCE, "").strip()
    against = {
        "rule_out_of_range": is_out,
        "rule_for_nobody": not details.statuses or not set(details.statuses) <= set(ADDRESSED),
        "rule_without_text": is_empty,
        "rule_exists": alike,
        "too_many_rules": len(real) >= MOST_RULES,
    }
    return [Refusal(code) for code, holds in against.items() if holds]
