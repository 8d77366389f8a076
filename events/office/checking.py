"""The yearly look at the obligatory pages: which need one, and that somebody has taken it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.kit.translation import SOURCE
from events.office.actions import set_fact
from events.office.default_pages import SLUGS, default_page
from events.office.queries import OfficePageView, OfficeView, office
from events.office.rules import is_to_be_checked, missing_parts
from events.office.tables import OfficePage


@dataclass(frozen=True)
class CheckedPage:
    """`missing`: names of parts the law wants; `is_own`: the office has written it, it is not the text we bring."""

    page: OfficePageView
    checked_on: date | None
    missing: tuple[str, ...]
    is_own: bool
    is_due: bool


async def checked_pages(today: date) -> list[CheckedPage]:
    """In the order of the footer; two statements."""
    rows = await OfficePage.raw(_WRITTEN_AND_CHECKED, *[_fact(slug) for slug in SLUGS])
    written = {row["name"]: row for row in rows if row["what"] == "page"}
    checked = {row["name"]: date.fromisoformat(row["title"]) for row in rows if row["what"] == "checked"}
    said = await office()
    return [_checked(slug, written.get(slug), said, checked.get(_fact(slug)), today) for slug in SLUGS]


def _checked(
    slug: str, row: Mapping[str, Any] | None, said: OfficeView, checked_on: date | None, today: date
) -> CheckedPage:
    brought = default_page(slug, said)
    if brought is None:
        raise LookupError(slug)
    page = OfficePageView(slug, json.loads(row["title"]), json.loads(row["body"])) if row else brought
    missing = tuple(missing_parts(slug, page.body.get(SOURCE, "")))
    return CheckedPage(page, checked_on, missing, row is not None, bool(missing) or is_to_be_checked(checked_on, today))


async def note_checked(slug: str, *, by: Actor, now: datetime) -> None:
    """Somebody has read the page and it is right. Raises NotFound."""
    if slug not in SLUGS:
        raise NotFound
    async with transaction():
        await set_fact(_fact(slug), now.astimezone(BERLIN).date().isoformat())
        await note(entry("checked", OfficePage, id=_id_of(slug), by=by, now=now, facts={"page": slug}))


async def bring_back(slug: str, *, by: Actor, now: datetime) -> None:
    """The text that comes with the program instead of the office's own. Raises NotFound."""
    if default_page(slug, await office()) is None:
        raise NotFound
    async with transaction():
        await OfficePage.delete().where(OfficePage.slug == slug)
        await note(entry("removed", OfficePage, id=_id_of(slug), by=by, now=now, facts={"page": slug}))


def _fact(slug: str) -> str:
    return f"checked:{slug}"


def _id_of(slug: str) -> UUID:
    """The history is about rows; a page that nobody has written yet has none."""
    return uuid5(NAMESPACE_URL, f"office-page:{slug}")


_WRITTEN_AND_CHECKED = (
    "SELECT 'page' AS what, slug AS name, CAST(title AS TEXT) AS title, CAST(body AS TEXT) AS body FROM office_page "
    "UNION ALL SELECT 'checked', name, CAST(value AS TEXT), '' FROM instance_fact "
    f"WHERE name IN ({', '.join('{}' for _ in SLUGS)})"
)
