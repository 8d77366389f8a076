"""The last part of an event's address: words of its title; when those are taken, with year, month or a number."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import count
from uuid import UUID

from events.kit.clock import BERLIN
from events.kit.text import slugify
from events.programme.tables import Event, Programme, Series

LONGEST = 70
"""Leaves room for what is added, in the columns of all three tables."""


async def free_slug(
    table: type[Event] | type[Series] | type[Programme],
    wanted: str,
    *,
    start: datetime | None = None,
    own: UUID | None = None,
) -> str:
    """The first free one for this title; `own` is the row whose present slug counts as free."""
    base = slugify(wanted, LONGEST) or "veranstaltung"
    rows = await table.select(table.id, table.slug).where(table.slug.like(f"{base}%"))
    taken = {row["slug"] for row in rows if row["id"] != own}
    return first_free(base, taken, start)


def first_free(base: str, taken: Collection[str], start: datetime | None) -> str:
    return next(slug for slug in _candidates(base, start) if slug not in taken)


def _candidates(base: str, start: datetime | None) -> Iterator[str]:
    yield base
    if start is not None:
        local = start.astimezone(BERLIN)
        yield f"{base}-{local:%Y}"
        yield f"{base}-{local:%Y-%m}"
    for number in count(2):
        yield f"{base}-{number}"
