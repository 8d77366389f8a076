"""What can happen to an event: make, edit, publish, call off. Each is one transaction with its history.

Dates, sharing (partners, trainers, quotas) and what events are made of have modules of their own, named here too.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.kit.text import slugify
from events.programme.dates import add_date, cancel_date, change_date
from events.programme.details import DateDetails, EventDetails
from events.programme.locking import LockedEvent, lock_events
from events.programme.offering import create_organisation, create_programme, create_series, create_venue, edit_venue
from events.programme.queries import event_by_id
from events.programme.rules import (
    is_lower,
    why_not_call_off,
    why_not_edit,
    why_not_lower_capacity,
    why_not_publish,
    why_not_save,
)
from events.programme.sharing import add_partner, add_trainer, remove_partner, set_quota
from events.programme.slugs import LONGEST, free_slug
from events.programme.tables import Event
from events.programme.translated import made_from
from events.programme.upkeep import follow_up
from events.programme.views import EventView

__all__ = [
    "add_date",
    "add_partner",
    "add_trainer",
    "cancel_date",
    "change_date",
    "create_event",
    "create_organisation",
    "create_programme",
    "create_series",
    "create_venue",
    "edit_event",
    "edit_venue",
    "mark_called_off",
    "publish_event",
    "remove_partner",
    "set_quota",
]


async def create_event(
    details: EventDetails, *, by: Actor, now: datetime, dates: Sequence[DateDetails] = (), id: UUID | None = None
) -> UUID:
    """A draft, with its first dates. An `id` that is there already is the same form sent twice: nothing happens.

    Raises Refused.
    """
    refuse_if(*why_not_save(details))
    async with transaction():
        if id and await Event.exists().where(Event.id == id):
            return id
        first = min((date.start for date in dates), default=None)
        slug = await free_slug(Event, details.slug or details.title["de"], start=first)
        row = Event(
            **_columns(details, None), id=id or uuid4(), slug=slug, status="draft", created_at=now, changed_at=now
        )
        await Event.insert(row)
        await note(entry("created", row, by=by, now=now, context=row.id))
        await follow_up(None, row.id, now=now)
        for date in dates:
            await add_date(row.id, date, by=by, now=now)
    return row.id


async def edit_event(
    event_id: UUID, details: EventDetails, *, by: Actor, now: datetime, seats_taken: int | None = None
) -> None:
    """Everything but the dates. The slug follows the title until publication, then it stays.

    Who lowers the capacity of a published event locks it (`lock_events`) in a transaction around this call, counts,
    and passes `seats_taken`. Raises NotFound, Refused, and ValueError when the count is missing.
    """
    async with transaction():
        locked, before = await _locked(event_id)
        refuse_if(*why_not_edit(before, details, now))
        _check_capacity(locked, details.capacity, seats_taken)
        values = _columns(details, before)
        if not before.is_reachable:
            wanted = details.slug or details.title["de"]
            values["slug"] = await free_slug(Event, wanted, start=before.starts_at, own=event_id)
        changed = await _changed_columns(event_id, values)
        if not changed:
            return
        await Event.update(**values).where(Event.id == event_id)
        facts: dict[str, object] = {"changed": changed}
        if "capacity" in changed:
            facts["capacity"] = [locked.capacity, details.capacity]
        await note(entry("edited", Event, id=event_id, by=by, now=now, context=event_id, facts=facts))
        await follow_up(before, event_id, now=now)


async def publish_event(event_id: UUID, *, by: Actor, now: datetime, dates_to_follow: bool = False) -> None:
    """A draft gets its final address; one that was called off takes place after all. Raises NotFound, Refused."""
    async with transaction():
        _, before = await _locked(event_id)
        refuse_if(*why_not_publish(before, dates_to_follow))
        slug = before.slug if before.is_reachable else await _final_slug(before)
        await Event.update({Event.status: "published", Event.slug: slug, Event.called_off_reason: "{}"}).where(
            Event.id == event_id
        )
        verb = "reinstated" if before.is_called_off else "published"
        facts = {"status": [before.status, "published"]}
        await note(entry(verb, Event, id=event_id, by=by, now=now, context=event_id, facts=facts))
        await follow_up(before, event_id, now=now)


async def mark_called_off(event_id: UUID, reason: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Changes only the event; `invitations.actions.call_off_event` tells the people. Raises NotFound, Refused."""
    async with transaction():
        locked, before = await _locked(event_id)
        refuse_if(why_not_call_off(locked.status))
        values: dict[str, Any] = {"status": "called_off", "called_off_reason": _json(dict(reason))}
        await Event.update(**values).where(Event.id == event_id)
        facts = {"status": [locked.status, "called_off"]}
        said = reason.get("de", "")
        await note(entry("called_off", Event, id=event_id, by=by, now=now, context=event_id, facts=facts, reason=said))
        await follow_up(before, event_id, now=now)


async def _locked(event_id: UUID) -> tuple[LockedEvent, EventView]:
    locked = (await lock_events([event_id])).get(event_id)
    event = await event_by_id(event_id)
    if locked is None or event is None:
        raise NotFound
    return locked, event


def _check_capacity(locked: LockedEvent, capacity: int | None, taken: int | None) -> None:
    if locked.status == "draft" or not is_lower(capacity, locked.capacity):
        return
    if taken is None:
        raise ValueError("lowering the capacity needs the number of seats taken, counted under the lock")
    refuse_if(why_not_lower_capacity(capacity, taken))


async def _final_slug(draft: EventView) -> str:
    """With the date in it where the words alone are taken; one that was chosen by hand stays."""
    words = slugify(draft.title["de"], LONGEST)
    if not words or not draft.slug.startswith(words):
        return draft.slug
    return await free_slug(Event, words, start=draft.starts_at, own=draft.id)


async def _changed_columns(event_id: UUID, values: Mapping[str, Any]) -> list[str]:
    row = await Event.select().where(Event.id == event_id).first()
    return sorted(name for name, value in values.items() if row is None or row[name] != value)


def _columns(details: EventDetails, before: EventView | None) -> dict[str, Any]:
    return {
        "programme": details.programme_id,
        "series": details.series_id,
        "format": details.format,
        "title": _json(dict(details.title)),
        "summary": _json(dict(details.summary)),
        "description": _json(dict(details.description)),
        "audiences": _json(details.audiences),
        "languages": _json(details.languages),
        "hints": _json(details.hints),
        "capacity": details.capacity,
        "policy": _json(dict(details.policy)),
        "translated_from": _json(dict(made_from(before, details))),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
