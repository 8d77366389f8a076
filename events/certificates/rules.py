"""Who may have a certificate, and why not. Plain values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from events.attendance.status import PRESENT
from events.kit.refusals import Refusal
from events.programme.policy import CertificateRule, Policy

How = Literal["attended", "excused", "made_up", "missed", "unknown", "ahead"]
LONGEST_REASON = 500


@dataclass(frozen=True)
class Part:
    """One date of the event for one person. `minutes` are its length less breaks.

    `made_up_on`: the day of another run of the programme on which the same part was attended. `recorded`: the roll
    says something about anybody on this date.
    """

    number: int
    day: date
    minutes: int
    is_over: bool
    recorded: bool
    mark: str | None = None
    made_up_on: date | None = None

    @property
    def how(self) -> How:
        """Who came later or left earlier attended the whole date: a mark knows no minutes."""
        if self.mark in PRESENT:
            return "attended"
        if self.made_up_on is not None:
            return "made_up"
        if not self.is_over:
            return "ahead"
        if not self.recorded:
            return "unknown"
        return "excused" if self.mark == "excused" else "missed"


@dataclass(frozen=True)
class Requirement:
    """`least` are dates or minutes, as `kind` says. An excused date counts as attended only if `excused_counts`."""

    kind: CertificateRule
    least: int
    excused_counts: bool
    across_runs: bool

    @classmethod
    def of(cls, policy: Policy) -> "Requirement":
        return cls(
            policy.certificate, policy.certificate_least, policy.certificate_excused, policy.certificate_across_runs
        )


def counted(parts: Sequence[Part], rule: Requirement) -> list[Part]:
    """The dates that count towards the certificate."""
    ways = {"attended"} | ({"excused"} if rule.excused_counts else set())
    ways |= {"made_up"} if rule.across_runs else set()
    return [part for part in parts if part.how in ways]


def attended_minutes(parts: Sequence[Part], rule: Requirement) -> int:
    """What stands on the paper: nobody is certified minutes of a date they were excused from."""
    return sum(part.minutes for part in counted(parts, rule) if part.how != "excused")


def why_not_certify(parts: Sequence[Part], rule: Requirement, name: str, is_confirmed: bool) -> Refusal | None:
    """The first reason, in the order in which somebody would have to do something about it."""
    if rule.kind == "none":
        return Refusal("no_certificate_rule")
    if not is_confirmed:
        return Refusal("not_taking_part")
    if not name.strip():
        return Refusal("certificate_without_name")
    enough = counted(parts, rule)
    needed = len(parts) if rule.kind == "all" else rule.least
    found = sum(part.minutes for part in enough) if rule.kind == "minutes" else len(enough)
    if parts and found >= needed:
        # Excused dates may fill up what is needed; whoever was never there took part in nothing.
        return None if any(part.how != "excused" for part in enough) else Refusal("never_there")
    return _why_not_enough(parts, rule, found, needed)


def _why_not_enough(parts: Sequence[Part], rule: Requirement, found: int, needed: int) -> Refusal:
    ways = {part.how for part in parts}
    if not parts or "ahead" in ways:
        return Refusal("dates_ahead")
    if "unknown" in ways:
        return Refusal("roll_missing", {"number": next(part.number for part in parts if part.how == "unknown")})
    code = "too_few_minutes" if rule.kind == "minutes" else "too_few_dates"
    return Refusal(code, {"found": found, "needed": needed})


def why_not_rule(kind: str, least: int, dates: int | None = None) -> Refusal | None:
    """`dates`: how many the event has, where one is meant."""
    if kind in ("dates", "minutes") and least < 1:
        return Refusal("certificate_rule_without_number")
    if kind == "dates" and dates is not None and least > dates:
        return Refusal("certificate_rule_impossible", {"dates": dates})
    return None


def why_not_end(ended: bool, reason: str) -> Refusal | None:
    if ended:
        return Refusal("certificate_ended")
    return Refusal("no_reason_given") if not reason.strip() else None
