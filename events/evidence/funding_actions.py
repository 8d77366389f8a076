"""Entering, changing and removing units of funding programmes; signing a year off; correcting one that is signed."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.evidence.beside import FundedEntry, why_not_enter
from events.evidence.funding import MEASURES, check_value, why_not_change, why_not_correct, why_not_sign
from events.evidence.funding_queries import FundedYear, as_unit, funded_year, funding_names, unit_by_id
from events.evidence.tables import FundedCorrection, FundedSignOff, FundedUnit
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.text import fold


@dataclass(frozen=True)
class UnitDetails:
    """`entry.carried_out` is what others did."""

    entry: FundedEntry
    programme_id: UUID | None = None
    measure: str = ""


async def add_unit(details: UnitDetails, *, by: Actor, now: datetime) -> UUID:
    """Raises Refused: the year is signed off, the unit is there already, or something cannot be."""
    async with transaction():
        details = await _as_known(details)
        refuse_if(await _why_not_save(details, None))
        row = FundedUnit(id=uuid4(), **_columns(details))
        await FundedUnit.insert(row)
        await note(entry("funded_unit_added", row, by=by, now=now))
    return row.id


async def change_unit(unit_id: UUID, details: UnitDetails, seen: str, *, by: Actor, now: datetime) -> None:
    """`seen`: `version_of_unit` of what the form showed. Raises NotFound, Refused."""
    async with transaction():
        details = await _as_known(details)
        row = await _found(unit_id)
        refuse_if(why_not_change(await _is_signed(row.funding, row.year)))
        refuse_if(await _why_not_save(details, unit_id))
        refuse_if(None if version_of_unit(row) == seen else Refusal("unit_changed"))
        columns: dict[Any, Any] = _columns(details)
        await FundedUnit.update(columns).where(FundedUnit.id == unit_id)
        changed = [name for name, value in columns.items() if getattr(row, name) != value]
        await note(entry("funded_unit_changed", FundedUnit, id=unit_id, by=by, now=now, facts={"changed": changed}))


async def remove_unit(unit_id: UUID, *, by: Actor, now: datetime) -> None:
    """Raises NotFound, Refused when its year is signed off."""
    async with transaction():
        row = await _found(unit_id)
        refuse_if(why_not_change(await _is_signed(row.funding, row.year)))
        await FundedUnit.delete().where(FundedUnit.id == unit_id)
        facts: dict[str, object] = {"unit": row.unit, "year": row.year}
        await note(entry("funded_unit_removed", FundedUnit, id=unit_id, by=by, now=now, facts=facts))


async def sign_off(funding: str, year: int, seen: str, *, by: Actor, now: datetime) -> str:
    """Freezes what closed dates add now, and the rows. Returns their check value.

    `seen`: the check value of the rows that were shown. Raises Refused when they differ by now, or it is signed.
    """
    async with transaction():
        found = await funded_year(funding, year)
        refuse_if(why_not_sign(found.units, found.sign_off is not None, year, now.astimezone(BERLIN).year))
        hash = check_value(found.units)
        refuse_if(None if hash == seen else Refusal("units_changed"))
        for one in found.units:
            await FundedUnit.update({FundedUnit.own: one.own}).where(FundedUnit.id == one.id)
        row = FundedSignOff(id=uuid4(), funding=funding, year=year, hash=hash, signed_at=now, actor=str(by))
        await FundedSignOff.insert(row)
        await note(entry("funded_year_signed", row, by=by, now=now, facts={"funding": funding, "year": year}))
    return hash


async def correct_unit(unit_id: UUID, number: str, change: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Adds a row beside a signed unit. Raises NotFound, Refused."""
    async with transaction():
        found = await unit_by_id(unit_id)
        if found is None:
            raise NotFound
        unit, year = found
        refuse_if(why_not_correct(unit, year.sign_off is not None, number, change, reason))
        row = FundedCorrection(
            id=uuid4(), funded_unit=unit_id, number=number, change=change, reason=reason.strip(), corrected_at=now,
            actor=str(by),
        )  # fmt: skip
        await FundedCorrection.insert(row)
        facts: dict[str, object] = {"number": number, "change": change}
        done = entry("funded_unit_corrected", FundedUnit, id=unit_id, by=by, now=now, facts=facts, reason=reason)
        await note(done)


def shown(found: FundedYear) -> str:
    """What a form that signs off sends along."""
    return check_value(found.units)


def version_of_unit(row: FundedUnit) -> str:
    """A check value of what the form of a unit shows."""
    return check_value([as_unit(row.to_dict())])[:20]


async def version_of(unit_id: UUID) -> str:
    """Raises NotFound."""
    return version_of_unit(await _found(unit_id))


async def _found(unit_id: UUID) -> FundedUnit:
    row = await FundedUnit.objects().get(FundedUnit.id == unit_id)
    if row is None:
        raise NotFound
    return row


async def _as_known(details: UnitDetails) -> UnitDetails:
    """A funding programme spelt another way is the same one: else "komm-an nrw" would stand beside what is signed."""
    typed = details.entry.funding
    known = next((name for name in await funding_names() if fold(name) == fold(typed)), typed)
    return replace(details, entry=replace(details.entry, funding=known))


async def _is_signed(funding: str, year: int) -> bool:
    return await FundedSignOff.exists().where(FundedSignOff.funding == funding, FundedSignOff.year == year)


async def _why_not_save(details: UnitDetails, id: UUID | None) -> Refusal | None:
    one = details.entry
    if details.measure not in MEASURES:
        return Refusal("unknown_measure")
    if refusal := why_not_enter(one) or why_not_change(await _is_signed(one.funding, one.year)):
        return refusal
    same = await FundedUnit.select(FundedUnit.id).where(
        FundedUnit.funding == one.funding, FundedUnit.year == one.year, FundedUnit.unit == one.unit,
        FundedUnit.recipient == one.recipient, FundedUnit.city == one.city,
    )  # fmt: skip
    return Refusal("unit_is_there") if any(row["id"] != id for row in same) else None


def _columns(details: UnitDetails) -> dict[str, Any]:
    return {**asdict(details.entry), "programme": details.programme_id, "measure": details.measure}
