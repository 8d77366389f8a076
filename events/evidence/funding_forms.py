"""A unit of a funding programme as a form sends it, and a correction of one."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.evidence.beside import LONGEST, MOST_UNITS, YEARS, FundedEntry
from events.evidence.funding import MOST_CHANGED, Measure, Number, Unit
from events.evidence.funding_actions import UnitDetails

Count = Annotated[int, Meta(ge=0, le=MOST_UNITS)]
Typed = Annotated[str, Meta(min_length=1, max_length=LONGEST["unit"])]


class UnitForm(Struct, kw_only=True):
    """A number left empty is not known yet. `seen` says which state the form showed."""

    funding: Typed
    year: Annotated[int, Meta(ge=YEARS.start, le=YEARS.stop - 1)]
    unit: Typed
    recipient: Annotated[str, Meta(max_length=LONGEST["recipient"])] = ""
    city: Annotated[str, Meta(max_length=LONGEST["city"])] = ""
    applied: Count | None = None
    approved: Count | None = None
    carried_out: Count | None = None
    programme: UUID | None = None
    measure: Measure = ""
    seen: Annotated[str, Meta(max_length=64)] = ""

    @property
    def details(self) -> UnitDetails:
        entry = FundedEntry(
            self.funding, self.year, self.unit, self.recipient, self.city, self.applied, self.approved,
            self.carried_out,
        )  # fmt: skip
        return UnitDetails(entry, self.programme, self.measure)


class CorrectionForm(Struct, kw_only=True):
    """`change`: by how many; minus takes away."""

    number: Number
    change: Annotated[int, Meta(ge=-MOST_CHANGED, le=MOST_CHANGED)]
    reason: Annotated[str, Meta(min_length=1, max_length=300)]


class YearForm(Struct, kw_only=True):
    """Which year of which funding programme."""

    foerderung: Typed
    jahr: Annotated[int, Meta(ge=YEARS.start, le=YEARS.stop - 1)]
    seen: Annotated[str, Meta(max_length=64)] = ""


def unit_values(unit: Unit) -> dict[str, Any]:
    """What the fields of a form show."""
    numbers = {"applied": unit.applied, "approved": unit.approved, "carried_out": unit.by_hand}
    return {
        **{name: getattr(unit, name) for name in ("funding", "unit", "recipient", "city", "measure")},
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
        "year": str(unit.year),
        "programme": str(unit.programme_id or ""),
    }
