"""A report in words: tables, pictures and sentences. The page and every file show these and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from events.kit.translation import day
from events.kit.translation import gettext as _
from events.reports import wording
from events.reports.figures import Figure
from events.reports.numbers import Value, number_text
from events.reports.report import Report, changes, lines_beside
from events.reports.sentences import sentences

NUMBERS = (
    "events", "dates", "registered", "people", "participations", "heads", "teaching_units", "groups", "parents",
    "children",
)  # fmt: skip
CLOSER = ("without_name", "no_shows", "seats_used", "countable_hours", "running")
SOMETIMES = ("planned", "called_off", "open_dates", "estimated")
"""What fits on a page across; what stands in the second table, and what only where there is any."""

BARS = 12
"""Rows of a picture at most; the table below it has all."""


@dataclass(frozen=True)
class Table:
    """`rows`: a name and a value for each of `heads` but the first; the last is the sum if `has_sum`."""

    code: str
    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Value]]]
    has_sum: bool = False


@dataclass(frozen=True)
class Picture:
    """Bars. `unit` says what their numbers are; `about` is for whom cannot see them."""

    code: str
    title: str
    unit: str
    bars: Sequence[tuple[str, float]]

    @property
    def about(self) -> str:
        name, most = max(self.bars, key=lambda bar: bar[1])
        return _(
            "%(title)s: %(n)s Balken; am meisten: %(name)s, %(most)s.",
            title=self.title, n=len(self.bars), name=name, most=number_text(most),
        )  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """`reached`: a table for each thing heads were counted by. `beside`: sentences about what is not ours to add."""

    title: str
    span: str
    only: str
    office: str
    sentences: Sequence[str]
    tables: Sequence[Table]
    reached: Sequence[Table]
    pictures: Sequence[Picture]
    notes: Sequence[str]
    beside: Sequence[str]


def paper(report: Report, office: str, beside: Sequence[str] = ()) -> Paper:
    return Paper(
        title=_("Auswertung"),
        span=span_text(report.start, report.end),
        only=_only(report),
        office=office,
        sentences=sentences(report),
        tables=tables(report),
        reached=reached(report),
        pictures=pictures(report),
        notes=_notes(report),
        beside=beside,
    )


def span_text(start: date, end: date) -> str:
    return _("%(start)s bis %(end)s", start=day(start), end=day(end))


def tables(report: Report) -> list[Table]:
    """Nothing without figures."""
    if not report.lines:
        return []
    by = _(wording.BY[report.by])
    found = [
        _of_lines("figures", _("Zahlen"), by, NUMBERS, report),
        _of_lines("closer", _("Genauer"), by, _closer(report.together), report),
    ]
    if report.before is not None:
        found += _compared(report, report.before, by)
    return found


def reached(report: Report) -> list[Table]:
    """Only of what was counted."""
    return [
        Table(code, _("Köpfe: %(what)s", what=_(wording.HEADS[code])), [_(wording.HEADS[code]), _("Köpfe")], rows)
        for code, values in report.heads.items()
        if (rows := [(name, (number,)) for name, number in values])
    ]


def pictures(report: Report) -> list[Picture]:
    """Only of what has numbers."""
    by = _(wording.BY[report.by])
    found = [
        Picture("heads", _("Köpfe, geordnet nach: %(by)s", by=by), _("Köpfe"), report.bars("heads")[:BARS]),
        Picture(
            "units", _("Unterrichtseinheiten, geordnet nach: %(by)s", by=by), _("Unterrichtseinheiten"),
            report.bars("teaching_units")[:BARS],
        ),
        *[
            Picture(f"of-{code}", _("Köpfe: %(what)s", what=_(wording.HEADS[code])), _("Köpfe"), values[:BARS])
            for code, values in report.heads.items()
            if code in wording.PICTURED
        ],
    ]  # fmt: skip
    return [one for one in found if one.bars]


def as_data(one: Paper) -> Mapping[str, Any]:
    """For `templates/print/report.typ`: everything as text, a picture's bars with their share of the longest."""
    return {
        "lang": "de",
        "title": one.title,
        "span": one.span,
        "only": one.only,
        "office": one.office,
        "sentences": one.sentences,
        "tables": [
            {
                "title": table.title,
                "heads": table.heads,
                "rows": [[name, *map(number_text, values)] for name, values in table.rows],
                "sum": table.has_sum,
            }
            for table in (*one.tables, *one.reached)
        ],
        "pictures": [bars_data(picture) for picture in one.pictures],
        "notes": one.notes,
        "beside": one.beside,
    }


def bars_data(one: Picture) -> dict[str, Any]:
    top = max(number for _name, number in one.bars)
    bars = [{"name": name, "number": number_text(number), "share": number / top} for name, number in one.bars]
    return {"title": one.title, "about": one.about, "bars": bars}


def _of_lines(code: str, title: str, by: str, names: Sequence[str], report: Report) -> Table:
    rows = [(_named(one), _values(one, names)) for one in report.lines]
    has_sum = len(report.lines) > 1
    rows += [(report.together.programme, _values(report.together, names))] if has_sum else []
    return Table(code, title, [by, *(_(wording.HEADINGS[name]) for name in names)], rows, has_sum)


def _closer(together: Figure) -> tuple[str, ...]:
    return (*(name for name in SOMETIMES if getattr(together, name)), *CLOSER)


def _compared(report: Report, before: Report, by: str) -> list[Table]:
    now, then = (f"{one.start:%d.%m.%Y}–{one.end:%d.%m.%Y}" for one in (report, before))
    together = [
        (_(wording.HEADINGS[one.name]), (one.now, one.before, _signed(one.difference)))
        for one in changes(report.together, before.together)
    ]
    lines = [
        (name, (one.events, other.events, one.heads, other.heads, _signed(one.heads - other.heads)))
        for name, one, other in lines_beside(report, before)
    ]
    return [
        Table("compared", _("Verglichen: alles zusammen"), [_("Zahl"), now, then, _("Unterschied")], together),
        Table(
            "compared-lines", _("Verglichen: %(by)s", by=by),
            [by, _("Veranstaltungen"), _("Veranstaltungen davor"), _("Köpfe"), _("Köpfe davor"), _("Unterschied")],
            lines,
        ),
    ]  # fmt: skip


def _values(one: Figure, names: Sequence[str]) -> tuple[Value, ...]:
    return tuple(getattr(one, name) for name in names)


def _signed(difference: float) -> str:
    return number_text(difference) if difference <= 0 else f"+{number_text(difference)}"


def _notes(report: Report) -> list[str]:
    if not report.lines:
        return [_(wording.NOTHING)]
    found = [_(wording.WHAT_COUNTS), _(wording.ROUNDING)]
    found += [_(wording.OPEN)] if report.has_open_dates else []
    found += [_(wording.ESTIMATED)] if report.has_estimates else []
    languages = ", ".join(report.languages)
    return found + ([_("Sprachen in den Gruppen: %(languages)s.", languages=languages)] if languages else [])


def _only(report: Report) -> str:
    chosen = [
        f"{_(wording.BY[name])}: {wording.label_of(name, report.programmes, value)}"
        for name, value in report.only.chosen().items()
    ]
    return _("Nur %(chosen)s", chosen=", ".join(chosen)) if chosen else ""


def _named(one: Figure) -> str:
    return f"{one.programme} *" if one.open_dates else one.programme
