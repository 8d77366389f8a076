"""Figures as text, CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from events.kit.text import csv_safe
from events.kit.translation import gettext as _
from events.reports import wording
from events.reports.figures import Figure

NUMBERS = (
    "events", "dates", "registered", "people", "participations", "heads", "minutes", "teaching_units", "groups",
    "parents", "children",
)  # fmt: skip
"""The numbers of the contract in its order; `open_dates` marks what is live."""

FURTHER = (
    "open_dates", "planned", "called_off", "estimated", "without_name", "no_shows", "seats_used", "countable_minutes",
    "countable_hours", "running",
)  # fmt: skip

GAP = "  "


def as_json(figures: Iterable[Figure]) -> str:
    """A list of objects with the keys of the contract, and further ones."""
    keys = ("programme", "kind", *NUMBERS, *FURTHER)
    return json.dumps([{key: getattr(one, key) for key in keys} for one in figures], ensure_ascii=False, indent=2)


def as_csv(figures: Iterable[Figure], by: str) -> str:
    """As German spreadsheets open it with a double click: byte order mark, semicolons, decimal comma, CRLF."""
    keys = (*NUMBERS, *FURTHER)
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_(wording.BY[by]), *(_(wording.HEADINGS[key]) for key in keys)])
    for one in figures:
        writer.writerow([csv_safe(one.programme), *(_number(getattr(one, key)) for key in keys)])
    return text.getvalue()


def as_table(figures: Sequence[Figure], by: str, beside: Sequence[str] = ()) -> str:
    """Aligned columns for a terminal; `beside` are sentences about figures that are not ours to add."""
    if not figures:
        lines = [_(wording.NOTHING)]
    else:
        lines = _aligned([_heading(by), *(_line(one) for one in figures)])
        lines += ["", _(wording.ROUNDING)]
        lines += [_(wording.OPEN)] if any(one.open_dates for one in figures) else []
    if beside:
        lines += ["", _(wording.BESIDE), *beside]
    return "\n".join(lines)


def _heading(by: str) -> list[str]:
    return [_(wording.BY[by]), *(_(wording.HEADINGS[key]) for key in NUMBERS)]


def _line(one: Figure) -> list[str]:
    name = f"{one.programme} *" if one.open_dates else one.programme
    return [name, *(_number(getattr(one, key)) for key in NUMBERS)]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        GAP.join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
