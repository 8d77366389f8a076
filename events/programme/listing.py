"""The public list of events and what it can be narrowed down by. Nothing that is not public gets in here."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable

from events.kit.clock import BERLIN
from events.kit.text import fold
from events.programme.loading import load_events
from events.programme.policy import effective_policy
from events.programme.searching import told_in
from events.programme.tables import Event, EventDate
from events.programme.views import DateView, EventView, Texts


@dataclass(frozen=True)
class Filters:
    """As in the address of the list. Empty is "all"; a value nobody has finds nothing.

    `frei` is not looked at here: what is free, registration knows.
    """

    programm: str = ""
    reihe: str = ""
    stadt: str = ""
    sprache: str = ""
    zielgruppe: str = ""
    monat: str = ""
    suche: str = ""
    frei: bool = False

    @property
    def are_set(self) -> bool:
        return self != Filters()


@dataclass(frozen=True)
class FilterChoices:
    """What the filters may be set to so that something is found: codes, and names where the code is not one."""

    programmes: tuple[tuple[str, str], ...]
    series: tuple[tuple[str, Texts], ...]
    cities: tuple[str, ...]
    languages: tuple[str, ...]
    audiences: tuple[str, ...]
    months: tuple[str, ...]


async def upcoming(filters: Filters, now: datetime) -> list[EventView]:
    """Public events not yet over, the next one first, "Termin folgt" last; called-off ones stay until their time.

    Three queries; the dates come without their `entries`.
    """
    not_over = And(Event.status.is_in(["published", "called_off"]), Event.ends_at > now)
    without_dates = And(Event.status == "published", Event.ends_at.is_null())
    events = await listed(filters, Or(not_over, without_dates))
    return sorted(events, key=lambda event: _place_in_list(event, now))


async def listed(filters: Filters, *where: Combinable) -> list[EventView]:
    """Public events that meet the filters and all conditions; in no order, the dates without their `entries`."""
    found = await load_events(*where, *_conditions(filters), entries=False)
    return [event for event in found if event.is_listed and _fits(event, filters)]


async def public_ids(filters: Filters, since: datetime) -> list[UUID]:
    """As `listed`, for events with a date that ends after `since`: their ids alone, which costs a fraction with
    thousands of dates. A cancelled date still counts for city and month: calendars go on saying it is cancelled."""
    in_window = WhereRaw('"event"."id" IN (SELECT event FROM event_date WHERE "end" > {})', since)
    columns = (Event.id, Event.policy, Event.languages, Event.audiences, Event.programme.policy.as_alias("of_all"))
    rows = await Event.select(*columns).where(Event.status != "draft", in_window, *_conditions(filters))
    visibility = cache(lambda of_all, own: effective_policy(of_all, own).visibility)
    ids = [
        row["id"]
        for row in rows
        if visibility(row["of_all"], row["policy"]) == "public"
        and (not filters.sprache or filters.sprache in ("de", *json.loads(row["languages"])))
        and (not filters.zielgruppe or filters.zielgruppe in json.loads(row["audiences"]))
    ]
    return await _with_dates(ids, filters) if ids and (filters.stadt or filters.monat) else ids


async def _with_dates(ids: Sequence[UUID], filters: Filters) -> list[UUID]:
    """Those with a date in the city, and one in the month."""
    cities: dict[UUID, set[str]] = defaultdict(set)
    months: dict[UUID, set[str]] = defaultdict(set)
    rows = await EventDate.select(EventDate.event, EventDate.start, EventDate.venue.city.as_alias("city"))
    for row in rows:
        cities[row["event"]].add(fold(row["city"] or ""))
        months[row["event"]].add(_month(row["start"]))
    return [
        id
        for id in ids
        if (not filters.stadt or fold(filters.stadt) in cities[id])
        and (not filters.monat or filters.monat in months[id])
    ]


async def filter_choices(now: datetime) -> FilterChoices:
    return choices_among(await upcoming(Filters(), now), now)


def choices_among(events: Sequence[EventView], now: datetime) -> FilterChoices:
    """For whoever has the list already."""
    programmes = {event.programme_slug: event.programme_name for event in events}
    series = {event.series_slug: event.series_title or {} for event in events if event.series_slug}
    return FilterChoices(
        programmes=tuple(sorted(programmes.items(), key=lambda item: fold(item[1]))),
        series=tuple(series.items()),
        cities=_sorted(city for event in events for city in event.cities),
        languages=_sorted(code for event in events for code in event.languages),
        audiences=_sorted(code for event in events for code in event.audiences),
        months=_sorted(month for event in events for month in _months(event.coming_dates) if month >= _month(now)),
    )


def _conditions(filters: Filters) -> list[Combinable]:
    conditions: list[Combinable] = []
    if filters.programm:
        conditions.append(Event.programme.slug == filters.programm)
    if filters.reihe:
        conditions.append(Event.series.slug == filters.reihe)
    return [*conditions, *told_in(filters.suche)]


def _fits(event: EventView, filters: Filters) -> bool:
    dates = event.coming_dates
    return (
        (not filters.stadt or fold(filters.stadt) in {fold(date.city) for date in dates})
        and (not filters.sprache or filters.sprache in ("de", *event.languages))
        and (not filters.zielgruppe or filters.zielgruppe in event.audiences)
        and (not filters.monat or filters.monat in _months(dates))
    )


def _months(dates: Iterable[DateView]) -> set[str]:
    return {_month(date.start) for date in dates}


def _month(moment: datetime) -> str:
    return moment.astimezone(BERLIN).strftime("%Y-%m")


def _place_in_list(event: EventView, now: datetime) -> tuple[bool, float, str]:
    start = event.next_start(now)
    return start is None, start.timestamp() if start else 0, fold(event.title.get("de", ""))


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=fold))
