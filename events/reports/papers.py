"""One report as a table that files are made of: the same rows for the workbook, the PDF and the Word file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from events.kit.translation import day
from events.kit.translation import gettext as _
from events.reports import wording
from events.reports.command import sentences_beside
from events.reports.exports import NUMBERS
from events.reports.figures import Figure

Value = int | float

ON_PAPER = (
    "events", "dates", "registered", "people", "participations", "heads", "teaching_units", "groups", "parents",
    "children",
)  # fmt: skip
"""What fits on a page across; the workbook has all."""


@dataclass(frozen=True)
class Paper:
    """`rows`: a name and its numbers by column; `beside`: sentences about what is not ours to add."""

    title: str
    span: str
    by: str
    office: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[str, Mapping[str, Value]]]
    notes: Sequence[str]
    beside: Sequence[str]

    def numbers(self, names: Sequence[str]) -> list[list[Value]]:
        """Row by row, in the order of the names."""
        return [[numbers[name] for name in names] for _name, numbers in self.rows]


async def paper(found: Sequence[Figure], start: date, end: date, by: str, office: str) -> Paper:
    """With the same notes as the page and the command."""
    names = (*NUMBERS, "countable_minutes")
    has_open = any(one.open_dates for one in found)
    return Paper(
        title=_("Auswertung"),
        span=_("%(start)s bis %(end)s", start=day(start), end=day(end)),
        by=_(wording.BY[by]),
        office=office,
        columns={name: _(wording.HEADINGS[name]) for name in names},
        rows=[(_named(one), {name: getattr(one, name) for name in names}) for one in found],
        notes=[_(wording.ROUNDING), *([_(wording.OPEN)] if has_open else [])] if found else [_(wording.NOTHING)],
        beside=await sentences_beside(start, end),
    )


def sentences(one: Paper) -> list[str]:
    """Ready for a report to a funder: one sentence for each line that reached anybody."""
    return [_sentence(name, numbers) for name, numbers in one.rows if numbers["dates"]]


def _sentence(name: str, numbers: Mapping[str, Value]) -> str:
    text = _(
        "%(name)s: %(events)s Veranstaltungen an %(dates)s Terminen mit %(units)s Unterrichtseinheiten. "
        "Es waren %(heads)s Personen im Raum, davon %(participations)s Teilnahmen mit Namen.",
        name=name, events=numbers["events"], dates=numbers["dates"], units=_number(numbers["teaching_units"]),
        heads=numbers["heads"], participations=numbers["participations"],
    )  # fmt: skip
    if numbers["groups"]:
        text += " " + _(
            "Erreicht wurden %(groups)s Gruppen mit %(parents)s Eltern und %(children)s Kindern.",
            groups=numbers["groups"], parents=numbers["parents"], children=numbers["children"],
        )  # fmt: skip
    return text


def as_data(one: Paper) -> dict[str, Any]:
    """For `templates/print/report.typ`."""
    return {
        "lang": "de",
        "title": one.title,
        "span": one.span,
        "office": one.office,
        "heads": [one.by, *(one.columns[name] for name in ON_PAPER)],
        "rows": [
            [name, *(_number(numbers[column]) for column in ON_PAPER)] for name, numbers in one.rows
        ],
        "notes": [*one.notes, *one.beside],
    }  # fmt: skip


def _number(value: Value) -> str:
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)


def _named(one: Figure) -> str:
    return f"{one.programme} *" if one.open_dates else one.programme
