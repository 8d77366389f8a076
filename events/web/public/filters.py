"""The filters of list and calendars: read from the address, offered in a form, put into addresses again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from litestar import Request

from events.kit.text import one_line
from events.kit.translation import current_language, localized
from events.kit.translation import gettext as _
from events.programme.queries import FilterChoices, Filters
from events.programme.wording import AUDIENCES, LANGUAGE_NAMES

LONGEST_VALUE = 200
"""Characters of one filter; what is longer cannot be a value of ours."""


@dataclass(frozen=True)
class FilterField:
    """One list to choose from; `options` are pairs of value and text (texts of the office know their language)."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, Any], ...]


def read_filters(request: Request[Any, Any, Any]) -> Filters:
    """Whatever stands in the address: unknown names are ignored, unknown values find nothing."""
    query = request.query_params
    said = {name: one_line(str(query.get(name, "")))[:LONGEST_VALUE] for name in _NAMES}
    return Filters(**said, frei=query.get("frei") == "1")


def query_of(filters: Filters) -> str:
    """In a fixed order and without what is not set."""
    values = {name: getattr(filters, name) for name in _NAMES if getattr(filters, name)}
    return urlencode(values | ({"frei": "1"} if filters.frei else {}))


def fields_for(filters: Filters, choices: FilterChoices) -> list[FilterField]:
    """The lists of the form. A value from the address that nobody has stays visible as what it is."""
    options: Mapping[str, tuple[str, list[tuple[str, Any]]]] = {
        "programm": (_("Programm"), [(slug, localized({"de": name})) for slug, name in choices.programmes]),
        "reihe": (_("Reihe"), [(slug, localized(title)) for slug, title in choices.series]),
        "stadt": (_("Stadt"), [(city, city) for city in choices.cities]),
        "monat": (_("Monat"), [(month, month_name(month)) for month in choices.months]),
        "sprache": (_("Sprache"), _named(("de", *choices.languages), LANGUAGE_NAMES)),
        "zielgruppe": (_("Für wen"), _named(choices.audiences, AUDIENCES)),
    }
    return [
        FilterField(name, label, chosen := getattr(filters, name), _with_chosen(offered, chosen))
        for name, (label, offered) in options.items()
        if offered or getattr(filters, name)
    ]


def month_name(month: str) -> str:
    """As in "Januar 2027", of "2027-01"."""
    return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=current_language())


def _named(codes: tuple[str, ...], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, _(names[code])) for code in dict.fromkeys(codes) if code in names]


def _with_chosen(offered: list[tuple[str, Any]], chosen: str) -> tuple[tuple[str, Any], ...]:
    is_known = not chosen or chosen in (value for value, _text in offered)
    return (*offered, *(() if is_known else ((chosen, chosen),)))


_NAMES = ("programm", "reihe", "stadt", "sprache", "zielgruppe", "monat", "suche")
