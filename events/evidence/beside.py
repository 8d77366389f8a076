"""Figures that are entered, not counted: units of funding programmes, and what others report. Shown beside ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from events.evidence.tables import ComparisonNote, Evidence, FundedSignOff, FundedUnit
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.tables import Programme

MOST_UNITS = 100_000
YEARS = range(2000, 2101)
LONGEST = {"funding": 120, "unit": 120, "recipient": 160, "city": 80, "place": 60, "text": 160, "source": 200}


@dataclass(frozen=True)
class FundedEntry:
    """Units of one kind in one year; None is not known (yet). `carried_out` is what others did: ours is counted."""

    funding: str
    year: int
    unit: str
    recipient: str = ""
    city: str = ""
    applied: int | None = None
    approved: int | None = None
    carried_out: int | None = None


@dataclass(frozen=True)
class Comparison:
    """What somebody else (NRW, Bund) reports for one of our programmes, in their words."""

    programme_id: UUID
    place: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class OwnContribution:
    """What our own closed dates of a funding programme add up to in a year."""

    funding: str
    dates: int
    countable_minutes: int


async def enter_funded_units(entries: Sequence[FundedEntry], *, by: Actor, now: datetime) -> list[UUID]:
    """Saves each; the same units entered again replace the earlier numbers. Raises Refused, then nothing is saved."""
    reasons = [reason for one in entries if (reason := why_not_enter(one))]
    refuse_if(*reasons)
    ids: list[UUID] = []
    async with transaction():
        ids += [await _enter_units(one, by, now) for one in entries]
    return ids


async def enter_comparison(comparison: Comparison, *, by: Actor, now: datetime) -> UUID:
    """One per programme and place; a new one replaces it. Raises NotFound, Refused."""
    _refuse_long(place=comparison.place, text=comparison.text, source=comparison.source)
    if not comparison.place.strip() or not comparison.text.strip():
        raise Refused(Refusal("no_comparison"))
    async with transaction():
        if not await Programme.exists().where(Programme.id == comparison.programme_id):
            raise NotFound
        same = (ComparisonNote.programme == comparison.programme_id) & (ComparisonNote.place == comparison.place)
        row = await ComparisonNote.objects().get(same) or ComparisonNote(
            programme=comparison.programme_id, place=comparison.place
        )
        row.text, row.source = comparison.text, comparison.source
        await row.save()
        await note(entry("comparison_entered", row, by=by, now=now))
    return row.id


def why_not_enter(one: FundedEntry) -> Refusal | None:
    if not one.funding.strip():
        return Refusal("no_funding")
    if not one.unit.strip():
        return Refusal("no_unit")
    if one.year not in YEARS:
        return Refusal("impossible_year", {"year": one.year})
    if any(len(getattr(one, name)) > LONGEST[name] for name in ("funding", "unit", "recipient", "city")):
        return Refusal("entry_too_long")
    numbers = [number for number in (one.applied, one.approved, one.carried_out) if number is not None]
    wrong = [number for number in numbers if not 0 <= number <= MOST_UNITS]
    return Refusal("impossible_units", {"number": wrong[0], "most": MOST_UNITS}) if wrong else None


async def funded_units(first_year: int, last_year: int, funding: str | None = None) -> list[FundedEntry]:
    query = FundedUnit.select().where(FundedUnit.year >= first_year, FundedUnit.year <= last_year)
    if funding is not None:
        query = query.where(FundedUnit.funding == funding)
    rows = await query.order_by(FundedUnit.year, FundedUnit.funding, FundedUnit.unit, FundedUnit.recipient)
    return [FundedEntry(**{name: row[name] for name in FundedEntry.__dataclass_fields__}) for row in rows]


async def comparisons() -> list[Comparison]:
    rows = await ComparisonNote.select().order_by(ComparisonNote.place)
    return [Comparison(row["programme"], row["place"], row["text"], row["source"]) for row in rows]


async def own_contributions(year: int) -> list[OwnContribution]:
    """By funding programme, for dates held in the year."""
    rows = await Evidence.raw(
        "SELECT funding, COUNT(DISTINCT event_date) AS dates, SUM(countable_minutes) AS minutes FROM evidence "
        "WHERE funding <> '' AND held_on >= {} AND held_on < {} GROUP BY funding ORDER BY funding",
        date(year, 1, 1),
        date(year + 1, 1, 1),
    )
    return [OwnContribution(row["funding"], row["dates"], int(row["minutes"])) for row in rows]


async def _enter_units(one: FundedEntry, by: Actor, now: datetime) -> UUID:
    signed = (FundedSignOff.funding == one.funding) & (FundedSignOff.year == one.year)
    refuse_if(Refusal("year_is_signed") if await FundedSignOff.exists().where(signed) else None)
    row = await FundedUnit.objects().get(
        (FundedUnit.funding == one.funding)
        & (FundedUnit.year == one.year)
        & (FundedUnit.unit == one.unit)
        & (FundedUnit.recipient == one.recipient)
        & (FundedUnit.city == one.city)
    ) or FundedUnit(funding=one.funding, year=one.year, unit=one.unit, recipient=one.recipient, city=one.city)
    row.applied, row.approved, row.carried_out = one.applied, one.approved, one.carried_out
    await row.save()
    await note(entry("funded_units_entered", row, by=by, now=now))
    return row.id


def _refuse_long(**texts: str) -> None:
    if any(len(text) > LONGEST[name] for name, text in texts.items()):
        raise Refused(Refusal("entry_too_long"))
