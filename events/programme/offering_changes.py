"""Changing what events are made of: series and programmes. Each is one transaction with its history.

`seen` is the version the form was filled in on (`versions`); Refused when it is another one by now.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.programme.details import ProgrammeDetails, SeriesDetails
from events.programme.locking import lock_events
from events.programme.offered import all_series
from events.programme.policy import FIELDS
from events.programme.queries import events_by_ids
from events.programme.rules import why_outdated
from events.programme.slugs import free_slug
from events.programme.tables import Event, Programme, Series
from events.programme.upkeep import follow_up
from events.programme.versions import version_of
from events.programme.wording import KINDS

_SERIES, _PROGRAMME = (
    f"UPDATE {table} SET position = position WHERE id = {{}} RETURNING id" for table in ("series", "programme")
)
"""Locks the row: whoever else changes it waits."""


async def edit_series(id: UUID, details: SeriesDetails, *, by: Actor, now: datetime, seen: str = "") -> None:
    """Its address follows the title until it is published first. Raises NotFound, Refused."""
    async with transaction():
        events = await _locked(Series, _SERIES, id, Event.series == id)
        refuse_if(
            why_outdated(seen, await version_of(Series, id)),
            None if details.title.get("de", "").strip() else Refusal("no_german_title"),
        )
        values: dict[str, Any] = {
            "programme": details.programme_id,
            "title": _json(details.title),
            "summary": _json(details.summary),
            "description": _json(details.description),
        }
        row = await Series.select().where(Series.id == id).first()
        if row and row["published_at"] is None:
            values["slug"] = await free_slug(Series, details.title["de"], own=id)
        await _save(Series, id, values, events, by, now)


async def publish_series(id: UUID, published: bool, *, by: Actor, now: datetime) -> None:
    """Or takes it back: its page is gone, its events stay as they are. Raises NotFound."""
    async with transaction():
        await _locked(Series, _SERIES, id, None)
        row = await Series.select(Series.published_at).where(Series.id == id).first()
        if row is None or (row["published_at"] is not None) == published:
            return
        await Series.update({Series.published_at: now if published else None}).where(Series.id == id)
        await note(entry("published" if published else "taken_back", Series, id=id, by=by, now=now))


async def move_series(id: UUID, up: bool) -> None:
    """One place up or down in the list; the first stays first. Raises NotFound."""
    async with transaction():
        order = [one.id for one in await all_series()]
        if id not in order:
            raise NotFound
        place = order.index(id)
        other = max(0, place - 1) if up else min(len(order) - 1, place + 1)
        order[place], order[other] = order[other], order[place]
        for position, each in enumerate(order, start=1):
            await Series.update({Series.position: position}).where(Series.id == each)


async def edit_programme(id: UUID, details: ProgrammeDetails, *, by: Actor, now: datetime, seen: str = "") -> None:
    """Its address stays. New rules count at once for all its events that have none of their own. Raises NotFound,
    Refused."""
    async with transaction():
        events = await _locked(Programme, _PROGRAMME, id, Event.programme == id)
        refuse_if(
            why_outdated(seen, await version_of(Programme, id)),
            None if details.name.strip() else Refusal("no_name"),
            None if details.kind in KINDS else Refusal("unknown_choice", {"value": details.kind}),
            *(Refusal("unknown_policy", {"value": name}) for name in sorted(set(details.policy) - FIELDS)),
        )
        values = {
            "name": details.name.strip(),
            "family": details.family,
            "kind": details.kind,
            "funding": details.funding,
            "policy": _json(details.policy),
        }
        await _save(Programme, id, values, events, by, now)


async def _locked(table: type[Series] | type[Programme], lock: str, id: UUID, of: Combinable | None) -> list[UUID]:
    """The row, and the events that belong to it. Raises NotFound."""
    ids = [row["id"] for row in await Event.select(Event.id).where(of)] if of is not None else []
    await lock_events(ids)
    if not await table.raw(lock, id):
        raise NotFound
    return ids


async def _save(
    table: type[Series] | type[Programme],
    id: UUID,
    values: dict[str, Any],
    events: list[UUID],
    by: Actor,
    now: datetime,
) -> None:
    """With what follows for its events: their calendars and the search name it."""
    row = await table.select().where(table.id == id).first()
    changed = sorted(name for name, value in values.items() if row is None or row[name] != value)
    if not changed:
        return
    is_named = bool({"name", "title"} & set(changed))
    before = await events_by_ids(events) if is_named else {}
    await table.update(**values).where(table.id == id)
    facts = {"changed": [name for name in changed if name != "slug"]}
    await note(entry("edited", table, id=id, by=by, now=now, facts=facts))
    for event_id, event in before.items():
        await follow_up(event, event_id, now=now)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)
