"""Spans that an office reports about, each with its name."""

from datetime import date

from events.kit.translation import gettext as _

Span = tuple[date, date]
SCHOOL_BEGINS = (8, 1)
"""A school year lasts from 1 August to 31 July (§ 7 Abs. 1 SchulG NRW)."""


def spans(today: date, began: date | None) -> list[tuple[str, Span]]:
    """Both days of each belong to it. `began`: the first date there is, None when there is none."""
    year = today.year
    found = [
        (str(year), _years(year)),
        (_("1. Halbjahr %(year)s", year=year), (date(year, 1, 1), date(year, 6, 30))),
        (_("2. Halbjahr %(year)s", year=year), (date(year, 7, 1), date(year, 12, 31))),
        (str(year - 1), _years(year - 1)),
        (f"{year - 1}–{year}", _years(year - 1, year)),
        _school_year(today),
    ]
    return found + ([(_("Seit Beginn"), (began, today))] if began and began <= today else [])


def _years(first: int, last: int | None = None) -> Span:
    return date(first, 1, 1), date(last or first, 12, 31)


def _school_year(today: date) -> tuple[str, Span]:
    year = today.year if (today.month, today.day) >= SCHOOL_BEGINS else today.year - 1
    name = _("Schuljahr %(from)s/%(to)s", **{"from": year, "to": f"{(year + 1) % 100:02d}"})
    return name, (date(year, *SCHOOL_BEGINS), date(year + 1, 7, 31))
