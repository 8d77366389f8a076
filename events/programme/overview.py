"""The list of events for staff, one page at a time, and the rules an event has of its own, not of its programme."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Literal, cast, get_args
from uuid import UUID

from piccolo.columns.combination import And, Or
from piccolo.custom_types import Combinable
from piccolo.query import OrderByRaw, Select

from events.programme.queries import EventView, events_by_ids
from events.programme.searching import told_in
from events.programme.tables import Event

View = Literal["kommende", "vergangene", "entwuerfe"]

PAGE_SIZE = 25


@dataclass(frozen=True)
class EventPage:
    """One page of the list; `pages` is at least 1. `elsewhere`: where nothing is found, how many other views have."""

    events: Sequence[EventView]
    page: int
    pages: int
    total: int
    elsewhere: Mapping[View, int] = field(default_factory=dict)


async def staff_list(
    view: View,
    now: datetime,
    *,
    search: str = "",
    programme: str = "",
    only: frozenset[UUID] | None = None,
    page: int = 1,
) -> EventPage:
    """Coming events by start, past ones the last first, drafts by last change. `only` limits it to these."""
    if only is not None and not only:
        return EventPage((), 1, 1, 0)
    matching = _matching(search, programme, only)
    where = And(_of_view(view, now), matching)
    total = await Event.count().where(where)
    if not total:
        return EventPage((), 1, 1, 0, await _elsewhere(view, now, matching))
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    query = _in_order(Event.select(Event.id).where(where), view)
    rows = await query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    found = await events_by_ids([row["id"] for row in rows])
    return EventPage(tuple(found.values()), page, pages, total)


async def _elsewhere(view: View, now: datetime, matching: Combinable) -> Mapping[View, int]:
    others: list[View] = [other for other in get_args(View) if other != view]
    numbers = {other: await Event.count().where(And(_of_view(other, now), matching)) for other in others}
    return {other: number for other, number in numbers.items() if number}


async def own_policy(event_id: UUID) -> Mapping[str, object]:
    """The rules in which the event differs from its programme."""
    row = await Event.select(Event.policy).where(Event.id == event_id).first()
    return cast(Mapping[str, object], json.loads(row["policy"] if row else "{}"))


def _in_order(query: Select[Event], view: View) -> Select[Event]:
    if view == "kommende":
        # The databases disagree on where NULL ("Termin folgt") goes; here it is last.
        query = query.order_by(OrderByRaw('"event"."starts_at" IS NULL')).order_by(Event.starts_at)
    elif view == "entwuerfe":
        # What was repeated came into being in one moment: among them the calendar decides.
        query = query.order_by(Event.changed_at, ascending=False).order_by(Event.starts_at)
    else:
        query = query.order_by(Event.starts_at, ascending=False)
    return query.order_by(Event.id)


def _of_view(view: View, now: datetime) -> Combinable:
    if view == "entwuerfe":
        return Event.status == "draft"
    if view == "vergangene":
        return And(Event.status != "draft", Event.ends_at <= now)
    return And(Event.status != "draft", Or(Event.ends_at > now, Event.ends_at.is_null()))


def _matching(search: str, programme: str, only: frozenset[UUID] | None) -> Combinable:
    condition: Combinable = Event.id.is_not_null()
    if programme:
        condition = And(condition, Event.programme.slug == programme)
    if only is not None:
        condition = And(condition, Event.id.is_in(list(only)))
    return reduce(and_, told_in(search), condition)
