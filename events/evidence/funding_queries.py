"""The units of funding programmes by year, with what our own closed dates add, and which years are signed off."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.evidence.funding import HeldInYear, Number, Unit, check_value, own_part
from events.evidence.tables import Evidence, FundedCorrection, FundedSignOff, FundedUnit
from events.kit.database import on_sqlite
from events.programme.tables import Programme

Year = tuple[str, int]

_HELD = (
    "FROM evidence e WHERE e.funding = u.funding AND e.held_on >= {} AND e.held_on <= {} "
    "AND (u.programme IS NULL OR e.programme = u.programme) AND (u.city = '' OR e.city = u.city)"
)
_OPEN = """
SELECT u.funding AS funding, CASE WHEN u.measure IN ('units', 'hours') THEN u.measure ELSE '' END AS counted_in,
       SUM(COALESCE(u.approved, u.applied, 0)) AS planned,
       SUM(COALESCE(u.carried_out, 0) + CASE u.measure
         WHEN 'dates' THEN (SELECT COUNT(DISTINCT e.event_date) HELD)
         WHEN 'events' THEN (SELECT COUNT(DISTINCT e.event) HELD)
         WHEN 'units' THEN (SELECT COALESCE(SUM(e.countable_minutes), 0) / 45 HELD)
         WHEN 'hours' THEN (SELECT COALESCE(SUM(e.countable_minutes), 0) / 60 HELD)
         ELSE 0 END) AS done
FROM funded_unit u WHERE u.year = {}
  AND NOT EXISTS (SELECT 1 FROM funded_sign_off s WHERE s.funding = u.funding AND s.year = u.year)
GROUP BY 1, 2 ORDER BY 1, 2"""
"""The same as `funding.own_part`, in one statement for the first page."""

NOTHING: Mapping[UUID, Mapping[str, int]] = {}


@dataclass(frozen=True)
class SignOff:
    """`is_true`: the rows still are what was signed."""

    id: UUID
    funding: str
    year: int
    hash: str
    signed_at: datetime
    actor: str
    is_true: bool


@dataclass(frozen=True)
class Correction:
    unit_id: UUID
    number: str
    change: int
    reason: str
    corrected_at: datetime
    actor: str


@dataclass(frozen=True)
class Planned:
    """Units of a funding programme in a year: approved (else applied for) against carried out.

    `counted_in` as in `funding.Unit`: what is told in hours stands apart from measures.
    """

    funding: str
    year: int
    counted_in: str
    planned: int
    done: int


@dataclass(frozen=True)
class FundedYear:
    """One funding programme in one year; `sign_off` is None while it may be changed.

    `own_now` is what closed dates would add today, by unit: it differs from a signed number when dates were corrected.
    """

    funding: str
    year: int
    units: Sequence[Unit]
    sign_off: SignOff | None
    own_now: Mapping[UUID, int]

    @property
    def adds_up(self) -> bool:
        """Hours and measures cannot be added."""
        return len({one.counted_in for one in self.units}) == 1

    def total(self, name: Number) -> int | None:
        """None while no unit has any."""
        known = [number for one in self.units if (number := one.number(name)) is not None]
        return sum(known) if known else None

    @property
    def own_changed(self) -> list[tuple[Unit, int]]:
        """Signed units of which dates say something else today."""
        signed = self.units if self.sign_off else ()
        return [(one, self.own_now[one.id]) for one in signed if self.own_now.get(one.id, one.own) != one.own]


async def funded_years(*which: Combinable) -> list[FundedYear]:
    """The latest first; four statements, one more where closed dates add something."""
    rows = await FundedUnit.select().where(*which).order_by(FundedUnit.unit, FundedUnit.recipient, FundedUnit.city)
    signed = {(row["funding"], row["year"]): row for row in await FundedSignOff.select()}
    changed = await _corrected()
    by_year: dict[Year, list[Unit]] = defaultdict(list)
    for row in rows:
        by_year[row["funding"], row["year"]].append(as_unit(row, changed))
    held = await _held({year for _funding, year in by_year}) if any(row["measure"] for row in rows) else []
    found = [_year(key, units, signed.get(key), held) for key, units in by_year.items()]
    return sorted(found, key=lambda one: (-one.year, one.funding))


async def funded_year(funding: str, year: int) -> FundedYear:
    """Without units when there are none."""
    found = await funded_years(FundedUnit.funding == funding, FundedUnit.year == year)
    return found[0] if found else FundedYear(funding, year, (), None, {})


async def unit_by_id(id: UUID) -> tuple[Unit, FundedYear] | None:
    row = await FundedUnit.select(FundedUnit.funding, FundedUnit.year).where(FundedUnit.id == id).first()
    if row is None:
        return None
    found = await funded_year(row["funding"], row["year"])
    return next(one for one in found.units if one.id == id), found


async def corrections_of(unit_id: UUID) -> list[Correction]:
    rows = await FundedCorrection.select().where(FundedCorrection.funded_unit == unit_id)
    found = [
        Correction(row["funded_unit"], row["number"], row["change"], row["reason"], row["corrected_at"], row["actor"])
        for row in rows
    ]
    return sorted(found, key=lambda one: one.corrected_at)


async def open_units(year: int) -> list[Planned]:
    """Planned against done, by funding programme and what is counted, while the year is open. One statement."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = await FundedUnit.raw(_OPEN.replace("HELD", _HELD), *[first, last] * _OPEN.count("HELD"), year)
    return [Planned(row["funding"], year, row["counted_in"], int(row["planned"]), int(row["done"])) for row in rows]


async def funding_names() -> list[str]:
    """What funding programmes are called so far, here and by the programmes they pay for."""
    known = [*await FundedUnit.select(FundedUnit.funding), *await Programme.select(Programme.funding)]
    return sorted({row["funding"] for row in known if row["funding"]})


async def untrue_sign_offs() -> list[SignOff]:
    """Years whose rows were changed past the application."""
    years = await funded_years()
    return [one.sign_off for one in years if one.sign_off is not None and not one.sign_off.is_true]


def _year(key: Year, units: list[Unit], signed: Mapping[str, Any] | None, held: Sequence[HeldInYear]) -> FundedYear:
    own = {one.id: part for one in units if (part := own_part(one, held)) is not None}
    if signed is None:
        return FundedYear(*key, [replace(one, own=own.get(one.id)) for one in units], None, own)
    sign_off = SignOff(
        signed["id"], *key, signed["hash"], signed["signed_at"], signed["actor"], signed["hash"] == check_value(units)
    )
    return FundedYear(*key, units, sign_off, own)


def as_unit(row: Mapping[str, Any], changed: Mapping[UUID, Mapping[str, int]] = NOTHING) -> Unit:
    """As stored."""
    same = {name: row[name] for name in ("id", "funding", "year", "unit", "recipient", "city", "applied", "approved")}
    return Unit(
        **same,
        by_hand=row["carried_out"],
        programme_id=row["programme"],
        measure=row["measure"],
        own=row["own"],
        corrections=changed.get(row["id"], {}),
    )


async def _corrected() -> Mapping[UUID, Mapping[str, int]]:
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in await FundedCorrection.select():
        found[row["funded_unit"]][row["number"]] += row["change"]
    return found


async def _held(years: set[int]) -> list[HeldInYear]:
    """Added up in the database, by event, city and year."""
    year = "CAST(substr(held_on, 1, 4) AS INTEGER)" if on_sqlite() else "CAST(EXTRACT(YEAR FROM held_on) AS INTEGER)"
    rows = await Evidence.raw(
        f"SELECT funding, programme, city, event, {year} AS year, COUNT(DISTINCT event_date) AS dates, "
        "SUM(minutes) AS minutes, SUM(countable_minutes) AS countable FROM evidence "
        "WHERE funding <> '' AND held_on >= {} AND held_on < {} "
        f"GROUP BY funding, programme, city, event, {year}",
        date(min(years), 1, 1),
        date(max(years) + 1, 1, 1),
    )
    return [
        HeldInYear(
            row["funding"], int(row["year"]), row["programme"], row["city"], row["event"], int(row["dates"]),
            int(row["minutes"]), int(row["countable"]),
        )
        for row in rows
    ]  # fmt: skip
