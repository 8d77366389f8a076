"""What the `events report` command prints."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import cast

from events.evidence.beside import comparisons, funded_units
from events.kit.refusals import Refusal, Refused
from events.kit.translation import gettext as _
from events.programme.queries import programmes
from events.reports import wording
from events.reports.exports import as_csv, as_json, as_table
from events.reports.figures import By, Figure
from events.reports.queries import figures

FORMATS = ("table", "csv", "json")
FILES = ("xlsx", "pdf", "docx")
"""What is no text; made in `files`."""


async def report_text(start: date, end: date, by: str, format: str, now: datetime) -> str:
    """The report as text. Raises Refused with a sentence in `reports.wording`."""
    if format not in FORMATS:
        raise Refused(Refusal("unknown_format", {"value": format, "known": ", ".join((*FORMATS, *FILES))}))
    found = await figures(start, end, cast(By, by), now)
    if format == "table":
        return as_table(found, by, await sentences_beside(start, end))
    write: dict[str, Callable[[Sequence[Figure]], str]] = {"json": as_json, "csv": lambda lines: as_csv(lines, by)}
    return write[format](found)


async def sentences_beside(start: date, end: date) -> list[str]:
    """Funded units of the years and comparisons: entered by hand, never part of the figures."""
    units = [
        _(
            wording.FUNDED,
            funding=one.funding,
            year=one.year,
            unit=one.unit,
            applied=_known(one.applied),
            approved=_known(one.approved),
            carried_out=_known(one.carried_out),
        )
        for one in await funded_units(start.year, end.year)
    ]
    names = {one.id: one.name for one in await programmes()}
    notes = [
        _(wording.COMPARED, programme=names[one.programme_id], place=one.place, text=one.text)
        for one in await comparisons()
    ]
    return units + notes


def _known(number: int | None) -> str:
    return "–" if number is None else str(number)
