"""Two things at once: dates that overlap in one room or with one trainer. Warned of, never forbidden."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from piccolo.columns.combination import Or
from piccolo.custom_types import Combinable

from events.accounts.queries import names_of
from events.kit.clock import BERLIN, berlin
from events.kit.text import fold
from events.programme.details import DateDetails
from events.programme.loading import load_events
from events.programme.queries import DateView, EventView
from events.programme.tables import Event, EventDate, EventTrainer


class Span(Protocol):
    """Of a date, what the comparison reads; so it need not be loaded whole."""

    @property
    def id(self) -> UUID: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def venue_id(self) -> UUID | None: ...
    @property
    def venue_name(self) -> str: ...
    @property
    def room(self) -> str: ...


class Titled(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def title(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Occupied:
    """A date with who leads it: names by id."""

    date: Span
    event: Titled
    leaders: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """`place` is what both use, empty where only `people` are needed twice."""

    one: Occupied
    other: Occupied
    place: str
    people: tuple[str, ...]


def clash(one: Occupied, other: Occupied) -> Conflict | None:
    """Of two dates at the same time. A venue without a room named is taken as a whole."""
    if one.date.start >= other.date.end or other.date.start >= one.date.end:
        return None
    place = _shared_place(one.date, other.date)
    people = tuple(sorted(one.leaders[id] for id in one.leaders.keys() & other.leaders.keys()))
    return Conflict(one, other, place, people) if place or people else None


def clashes(dates: Iterable[Occupied]) -> list[Conflict]:
    """Every pair once, in order of time."""
    ordered = sorted(dates, key=lambda one: (one.date.start, one.date.id))
    return [found for one, other in _meeting(ordered) if (found := clash(one, other))]


async def conflicts_among(events: Sequence[EventView], start: datetime, end: datetime) -> list[Conflict]:
    """Of the dates of these events that begin in the span. At most two statements."""
    return clashes(await _occupied(events, lambda one: start <= one.start < end))


async def conflicts_of(event: EventView, now: datetime) -> list[Conflict]:
    """Of its own dates ahead, `one` being the own date. At most six statements."""
    days = {_day(one.start) for one in event.coming_dates if one.end > now}
    if event.is_called_off or not days:
        return []
    found = clashes(await _occupied(await _on(days), lambda one: _day(one.start) in days))
    return [one if one.one.event.id == event.id else _turned(one) for one in found if _concerns(one, event.id)]


async def taken_places(spans: Sequence[DateDetails]) -> dict[datetime, list[tuple[str, EventView]]]:
    """By start of what is only thought of: the place that is taken then, and by which event. At most four
    statements."""
    days = {_day(one.start) for one in spans if one.venue_id}
    events = [event for event in await _on(days) if not event.is_called_off] if days else []
    return {
        span.start: [
            (place, event)
            for event in events
            for date in event.coming_dates
            if date.start < span.end and span.start < date.end and (place := _shared_place(date, span))
        ]
        for span in spans
    }


def _meeting(ordered: Sequence[Occupied]) -> Iterator[tuple[Occupied, Occupied]]:
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.date.start >= one.date.end:
                break
            yield one, other


def _shared_place(one: Span, other: Span | DateDetails) -> str:
    if one.venue_id is None or one.venue_id != other.venue_id:
        return ""
    if len({fold(one.room), fold(other.room)} - {""}) > 1:
        return ""
    return ", ".join(part for part in (one.venue_name, one.room or other.room) if part)


def _turned(found: Conflict) -> Conflict:
    return Conflict(found.other, found.one, found.place, found.people)


def _concerns(found: Conflict, event_id: UUID) -> bool:
    return event_id in (found.one.event.id, found.other.event.id)


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


async def _on(days: Collection[date]) -> list[EventView]:
    spans: list[Combinable] = [
        (EventDate.start >= berlin(day, time())) & (EventDate.start < berlin(day + timedelta(days=1), time()))
        for day in days
    ]
    where = spans[0]
    for span in spans[1:]:
        where = Or(where, span)
    return await _with_dates(where)


async def _with_dates(where: Combinable) -> list[EventView]:
    rows = await EventDate.select(EventDate.event).where(where)
    return (
        []
        if not rows
        else await load_events(Event.id.is_in(list({row["event"] for row in rows})), entries=False, partners=False)
    )


async def _occupied(events: Sequence[EventView], is_meant: Callable[[DateView], bool]) -> list[Occupied]:
    events = [event for event in events if not event.is_called_off]
    if not events:
        return []
    leaders = await _leaders(events)
    return [Occupied(one, event, leaders[event.id]) for event in events for one in event.coming_dates if is_meant(one)]


async def _leaders(events: Sequence[EventView]) -> dict[UUID, dict[UUID, str]]:
    """Names by id, by event; whose charge ended before the event does not count."""
    series = [event.series_id for event in events if event.series_id]
    where: Combinable = EventTrainer.event.is_in([event.id for event in events])
    rows = await EventTrainer.select().where(where | EventTrainer.series.is_in(series) if series else where)
    names = await names_of({row["staff"] for row in rows})
    return {
        event.id: {
            row["staff"]: names.get(row["staff"], "")
            for row in rows
            if (row["event"] == event.id or (row["series"] and row["series"] == event.series_id))
            and not (row["until"] and event.starts_at and row["until"] <= event.starts_at)
        }
        for event in events
    }
