"""What can happen to a date: add, change, cancel. Each is one transaction with its history; nobody is told here."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.details import DateDetails
from events.programme.locking import lock_event_of, lock_events
from events.programme.queries import date_with_event, event_by_id
from events.programme.rules import why_not_date
from events.programme.tables import EventDate
from events.programme.upkeep import follow_up
from events.programme.views import DateView, EventView

UID_DOMAIN = "teilnahme.invalid"
"""The same for ever, wherever the site moves: a UID must not change with the host. RFC 2606 keeps `.invalid` from
belonging to anyone."""


async def add_date(event_id: UUID, details: DateDetails, *, by: Actor, now: datetime) -> UUID:
    """The same time at the same place is the same date, sent twice: it is there once. Raises NotFound, Refused."""
    _check(details)
    async with transaction():
        before = await _locked_event(event_id)
        if known := next((one.id for one in before.coming_dates if _is_same(one, details)), None):
            return known
        id = uuid4()
        uid = f"{uuid4()}@{UID_DOMAIN}"
        row = EventDate(**_columns(details), id=id, event=event_id, uid=uid, content_changed_at=now)
        await EventDate.insert(row)
        await note(entry("date_added", row, by=by, now=now, context=event_id))
        await follow_up(before, event_id, now=now)
    return id


async def change_date(date_id: UUID, details: DateDetails, *, by: Actor, now: datetime) -> None:
    """A new time or place keeps the UID. `invitations.actions.move_date` tells the people. Raises NotFound, Refused."""
    _check(details)
    async with transaction():
        before, date = await _locked_date(date_id)
        if date.cancelled:
            raise Refused(Refusal("date_cancelled"))
        await EventDate.update(**_columns(details)).where(EventDate.id == date_id)
        was = DateDetails(
            date.start, date.end, date.break_minutes, date.venue_id, date.room, date.is_online, date.join_link
        )
        changed = [name for name, value in vars(details).items() if getattr(was, name) != value]
        verb = "moved" if {"start", "end", "venue_id", "is_online"} & set(changed) else "edited"
        facts: dict[str, object] = {"changed": changed}
        if verb == "moved":
            facts["start"] = [date.start.isoformat(), details.start.isoformat()]
        await note(entry(verb, EventDate, id=date_id, by=by, now=now, context=before.id, facts=facts))
        await follow_up(before, before.id, now=now)


async def cancel_date(date_id: UUID, *, by: Actor, now: datetime, reason: str = "") -> None:
    """The date stays, cancelled, in calendars and history; that of a draft goes, for nobody has ever seen it.

    Raises NotFound; Refused when it is cancelled already.
    """
    async with transaction():
        before, date = await _locked_date(date_id)
        if date.cancelled:
            raise Refused(Refusal("date_cancelled"))
        if before.is_reachable:
            await EventDate.update({EventDate.cancelled: True}).where(EventDate.id == date_id)
        else:
            await EventDate.delete().where(EventDate.id == date_id)
        verb = "cancelled" if before.is_reachable else "date_removed"
        await note(entry(verb, EventDate, id=date_id, by=by, now=now, context=before.id, reason=reason))
        await follow_up(before, before.id, now=now)


def _is_same(date: DateView, details: DateDetails) -> bool:
    there = (date.start, date.end, date.venue_id, date.room, date.is_online)
    return there == (details.start, details.end, details.venue_id, details.room, details.is_online)


def _check(details: DateDetails) -> None:
    refuse_if(*why_not_date(details))


async def _locked_event(event_id: UUID) -> EventView:
    await lock_events([event_id])
    event = await event_by_id(event_id)
    if event is None:
        raise NotFound
    return event


async def _locked_date(date_id: UUID) -> tuple[EventView, DateView]:
    await lock_event_of(date_id)
    found = await date_with_event(date_id)
    if found is None:
        raise NotFound
    date, event = found
    return event, date


def _columns(details: DateDetails) -> dict[str, Any]:
    return {
        "start": details.start,
        "end": details.end,
        "break_minutes": details.break_minutes,
        "venue": details.venue_id,
        "room": details.room,
        "is_online": details.is_online,
        "join_link": details.join_link,
    }
