"""Units of funding programmes: what our own closed dates add, when a year is final, and why something is refused.
Pure: no database, no clock, no web."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from uuid import UUID

from events.kit.refusals import Refusal

Measure = Literal["", "dates", "events", "units", "hours"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
Number = Literal["applied", "approved", "carried_out"]
NUMBERS: tuple[Number, ...] = get_args(Number)

MOST_CHANGED = 100_000


@dataclass(frozen=True)
class HeldInYear:
    """The closed dates of an event in one city and one calendar year, corrections added."""

    funding: str
    year: int
    programme_id: UUID
    city: str
    event_id: UUID
    dates: int
    minutes: int
    countable_minutes: int


TIMES = ("units", "hours")


@dataclass(frozen=True)
class Unit:
    """One line of a funding programme's year. None is not known (yet).

    `by_hand` is what others did, `own` what our closed dates add to it; once the year is signed off, what they had
    added then. `corrections` are the sums of later changes by number.
    """

    id: UUID
    funding: str
    year: int
    unit: str
    recipient: str
    city: str
    applied: int | None
    approved: int | None
    by_hand: int | None
    programme_id: UUID | None = None
    measure: str = ""
    own: int | None = None
    corrections: Mapping[str, int] = field(default_factory=dict)

    def number(self, name: Number) -> int | None:
        """With its corrections."""
        known = {"applied": self.applied, "approved": self.approved, "carried_out": self._carried_out}[name]
        change = self.corrections.get(name, 0)
        return known if not change else (known or 0) + change

    @property
    def counted_in(self) -> str:
        """ "units" and "hours" are those of teaching; everything else counts funded measures."""
        return self.measure if self.measure in TIMES else ""

    @property
    def _carried_out(self) -> int | None:
        return None if self.by_hand is None and self.own is None else (self.by_hand or 0) + (self.own or 0)


def own_part(unit: Unit, held: Iterable[HeldInYear]) -> int | None:
    """What closed dates add to the unit; None where they are not to. Halves are left out: no unit is half done."""
    ours = [one for one in held if _belongs(one, unit)]
    found = {
        "dates": sum(one.dates for one in ours),
        "events": len({one.event_id for one in ours}),
        "units": sum(one.countable_minutes for one in ours) // 45,
        "hours": sum(one.countable_minutes for one in ours) // 60,
    }
    return found.get(unit.measure)


def _belongs(held: HeldInYear, unit: Unit) -> bool:
    return (
        (held.funding, held.year) == (unit.funding, unit.year)
        and unit.programme_id in (None, held.programme_id)
        and unit.city in ("", held.city)
    )


def check_value(units: Iterable[Unit]) -> str:
    """The SHA-256 of what a year is made of, whatever the order; corrections come later and are not in it."""
    rows = [
        {
            "funding": one.funding, "year": one.year, "unit": one.unit, "recipient": one.recipient, "city": one.city,
            "applied": one.applied, "approved": one.approved, "by_hand": one.by_hand, "own": one.own,
            "measure": one.measure, "programme": str(one.programme_id or ""),
        }
        for one in units
    ]  # fmt: skip
    lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def why_not_change(is_signed: bool) -> Refusal | None:
    return Refusal("year_is_signed") if is_signed else None


def why_not_sign(units: Iterable[Unit], is_signed: bool, year: int, this_year: int) -> Refusal | None:
    if is_signed:
        return Refusal("year_is_signed")
    if not list(units):
        return Refusal("no_units")
    return Refusal("year_not_begun", {"year": year}) if year > this_year else None


def why_not_correct(unit: Unit, is_signed: bool, number: str, change: int, reason: str) -> Refusal | None:
    if not is_signed:
        return Refusal("year_not_signed")
    if number not in NUMBERS or not change or abs(change) > MOST_CHANGED:
        return Refusal("no_change")
    if not reason.strip():
        return Refusal("correction_without_reason")
    return Refusal("fewer_than_none") if (unit.number(number) or 0) + change < 0 else None
