"""Series, programmes and venues as the team keeps them: lists with how much they are used, and one of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from events.kit.text import fold
from events.programme.tables import Event, EventDate, Programme, Series
from events.programme.views import Texts

_COUNT = "SELECT {column} AS id, COUNT(*) AS many FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}"


@dataclass(frozen=True)
class SeriesRow:
    id: UUID
    slug: str
    title: Texts
    summary: Texts
    description: Texts
    programme_id: UUID
    programme_name: str
    is_published: bool
    position: int
    events: int


@dataclass(frozen=True)
class ProgrammeRow:
    """`own_policy`: the rules in which it differs from what counts everywhere."""

    id: UUID
    slug: str
    name: str
    family: str
    kind: str
    funding: str
    own_policy: Mapping[str, object]
    events: int


async def all_series() -> list[SeriesRow]:
    """In the order the office gave them, then by title. Two statements."""
    query = Series.select(*Series.all_columns(), Series.programme.name.as_alias("programme_name"))
    used = await _used(Event, "series")
    found = [_series(row, used) for row in await query]
    return sorted(found, key=lambda one: (one.position, fold(one.title.get("de", ""))))


async def series_by_id(id: UUID) -> SeriesRow | None:
    return next((one for one in await all_series() if one.id == id), None)


async def all_programmes() -> list[ProgrammeRow]:
    """In the order lists show them. Two statements."""
    used = await _used(Event, "programme")
    rows = await Programme.select().order_by(Programme.position, Programme.name)
    return [
        ProgrammeRow(
            id=row["id"],
            slug=row["slug"],
            name=row["name"],
            family=row["family"],
            kind=row["kind"],
            funding=row["funding"],
            own_policy=json.loads(row["policy"]),
            events=used.get(row["id"], 0),
        )
        for row in rows
    ]


async def programme_by_slug(slug: str) -> ProgrammeRow | None:
    return next((one for one in await all_programmes() if one.slug == slug), None)


async def dates_at_venues() -> Mapping[UUID, int]:
    """How many dates are held at each venue that is used at all."""
    return await _used(EventDate, "venue")


async def _used(table: type[Event] | type[EventDate], column: str) -> dict[UUID, int]:
    rows: list[dict[str, Any]] = await table.raw(_COUNT.format(column=column, table=table._meta.tablename))
    return {UUID(str(row["id"])): row["many"] for row in rows}


def _series(row: Mapping[str, Any], used: Mapping[UUID, int]) -> SeriesRow:
    return SeriesRow(
        id=row["id"],
        slug=row["slug"],
        title=json.loads(row["title"]),
        summary=json.loads(row["summary"]),
        description=json.loads(row["description"]),
        programme_id=row["programme"],
        programme_name=row["programme_name"],
        is_published=row["published_at"] is not None,
        position=row["position"],
        events=used.get(row["id"], 0),
    )
