"""One report of a span as everything shows it: page, workbook, PDF, Word, CSV and JSON are made of this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from events.programme.views import ProgrammeView
from events.reports.figures import By, Figure, Filter

Against = Literal["", "year_before", "span_before"]
AGAINST: tuple[Against, ...] = get_args(Against)

COMPARED = (
    "events", "dates", "registered", "people", "participations", "heads", "teaching_units", "groups", "parents",
    "children",
)  # fmt: skip
"""What two spans are compared by."""


@dataclass(frozen=True)
class Report:
    """`lines`, and all of them `together`; people in several lines are one person there.

    `heads`: by dimension, value in words and heads, most first. `languages`: names of those that groups reported.
    `before`: the same report of the span it is compared with. `programmes` are all there are.
    """

    start: date
    end: date
    by: By
    only: Filter
    lines: Sequence[Figure]
    together: Figure
    heads: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    languages: Sequence[str] = ()
    programmes: Sequence[ProgrammeView] = ()
    before: "Report | None" = None

    @property
    def has_open_dates(self) -> bool:
        return self.together.open_dates > 0

    @property
    def has_estimates(self) -> bool:
        return self.together.estimated > 0

    def bars(self, number: str) -> list[tuple[str, float]]:
        """A picture's rows: name and number of each line that has any."""
        return [(one.programme, getattr(one, number)) for one in self.lines if getattr(one, number)]


@dataclass(frozen=True)
class Change:
    """One number in both spans."""

    name: str
    now: float
    before: float

    @property
    def difference(self) -> float:
        return round(self.now - self.before, 2)


def changes(now: Figure, before: Figure) -> list[Change]:
    """Of what either span has."""
    found = [Change(name, getattr(now, name), getattr(before, name)) for name in COMPARED]
    return [one for one in found if one.now or one.before]


def lines_beside(report: Report, before: Report) -> list[tuple[str, Figure, Figure]]:
    """Each line with the same one of the other span; nothing where one of them has it not."""
    now, then = ({one.programme: one for one in which.lines} for which in (report, before))
    names = dict.fromkeys((*now, *then))
    return [(name, now.get(name, Figure(name, "")), then.get(name, Figure(name, ""))) for name in names]


def span_against(start: date, end: date, against: Against) -> tuple[date, date] | None:
    """The span to compare with, both days included: a year earlier, or as long and right before."""
    if against == "year_before":
        return _a_year_before(start), _last_day_before(end)
    if against == "span_before":
        return _before(start, end)
    return None


def _before(start: date, end: date) -> tuple[date, date]:
    """Whole months go back by as many months: before a half-year lies the other half-year."""
    last = start - timedelta(days=1)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
        return date(year, month + 1, 1), last
    return last - (end - start), last


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _last_day_before(day: date) -> date:
    """The end of February stays the end of February."""
    after = _a_year_before(day + timedelta(days=1)) - timedelta(days=1)
    return after if day.month == 2 and (day + timedelta(days=1)).month == 3 else _a_year_before(day)
