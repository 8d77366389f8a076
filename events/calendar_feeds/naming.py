"""What a filtered calendar is called and which address it has."""

import json
from datetime import date
from urllib.parse import urlencode

from babel.dates import format_date

from events.kit.text import one_line
from events.kit.translation import current_language, localized, pgettext
from events.kit.translation import gettext as _
from events.programme.listing import Filters
from events.programme.tables import Programme, Series
from events.programme.wording import AUDIENCES, LANGUAGE_NAMES

LONGEST_SEARCH = 60
"""Characters of a search that the name repeats."""


def query_string(filters: Filters, cancelled: bool = True) -> str:
    """With its question mark, in a fixed order, so that equal filters are one address; empty for the whole calendar."""
    values = {name: "1" if value is True else value for name, value in vars(filters).items() if value}
    if not cancelled:
        values["abgesagt"] = "0"
    return f"?{urlencode(values)}" if values else ""


async def feed_name(filters: Filters, office_name: str) -> str:
    """In the current language; a value nobody has is not named."""
    words = (
        await _programme(filters.programm),
        await _series(filters.reihe),
        one_line(filters.stadt)[:LONGEST_SEARCH],
        _(LANGUAGE_NAMES[filters.sprache]) if filters.sprache in LANGUAGE_NAMES else "",
        _(AUDIENCES[filters.zielgruppe]) if filters.zielgruppe in AUDIENCES else "",
        _month(filters.monat),
        _("Suche „%(words)s“", words=one_line(filters.suche)[:LONGEST_SEARCH]) if filters.suche.strip() else "",
        _("Freie Plätze") if filters.frei else "",
    )
    named = pgettext("zwischen den Teilen einer Aufzählung", ", ").join(word for word in words if word)
    return _("Veranstaltungen: %(what)s", what=named or office_name)


async def _programme(slug: str) -> str:
    row = await Programme.select(Programme.name).where(Programme.slug == slug).first() if slug else None
    return row["name"] if row else ""


async def _series(slug: str) -> str:
    is_public = (Series.slug == slug) & Series.published_at.is_not_null()
    row = await Series.select(Series.title).where(is_public).first() if slug else None
    return localized(json.loads(row["title"])).text if row else ""


def _month(typed: str) -> str:
    try:
        first = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return ""
    return format_date(first, "LLLL y", locale=current_language())
