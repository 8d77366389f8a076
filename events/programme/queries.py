"""What is asked about events, series, places and organisations. Answers are views, in a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from events.kit.text import fold
from events.programme.listing import FilterChoices, Filters, choices_among, filter_choices, upcoming
from events.programme.loading import load_events
from events.programme.policy import effective_policy
from events.programme.tables import Event, EventDate, Organisation, Programme, Quota, Series, Venue
from events.programme.views import (
    DateView,
    EventView,
    OrganisationView,
    PartnerView,
    ProgrammeView,
    QuotaView,
    SeriesView,
    VenueView,
)

__all__ = [
    "DateView",
    "EventView",
    "FilterChoices",
    "Filters",
    "OrganisationView",
    "PartnerView",
    "ProgrammeView",
    "QuotaView",
    "SeriesView",
    "VenueView",
    "choices_among",
    "date_with_event",
    "event_by_id",
    "event_by_slug",
    "events_between",
    "events_by_ids",
    "filter_choices",
    "organisations",
    "programmes",
    "quotas_of",
    "series_by_slug",
    "series_choices",
    "unpublished",
    "upcoming",
    "venues",
]


async def event_by_slug(slug: str) -> EventView | None:
    """For public pages: drafts are not found, events that are hidden or by invitation only are."""
    events = await load_events(Event.slug == slug, Event.status != "draft")
    return events[0] if events else None


async def event_by_id(id: UUID) -> EventView | None:
    """Whatever its status."""
    return (await events_by_ids([id])).get(id)


async def events_by_ids(ids: Collection[UUID], partners: bool = True) -> dict[UUID, EventView]:
    """Whatever their status; in the order of the ids, those that do not exist are missing."""
    if not ids:
        return {}
    found = {event.id: event for event in await load_events(Event.id.is_in(list(ids)), partners=partners)}
    return {id: found[id] for id in ids if id in found}


async def date_with_event(date_id: UUID) -> tuple[DateView, EventView] | None:
    """A date and its event, whatever their status."""
    row = await EventDate.select(EventDate.event).where(EventDate.id == date_id).first()
    event = await event_by_id(row["event"]) if row else None
    return next(((date, event) for date in event.dates if date.id == date_id), None) if event else None


async def events_between(start: datetime, end: datetime) -> list[EventView]:
    """For staff: every event with a date that begins in the span, cancelled ones included; the first one first.

    With these dates only, and without partners.
    """
    within = (EventDate.start >= start) & (EventDate.start < end)
    rows = await EventDate.select(EventDate.event).where(within)
    if not rows:
        return []
    ids = list({row["event"] for row in rows})
    events = await load_events(Event.id.is_in(ids), entries=False, dates=within, partners=False)
    return sorted(events, key=lambda event: (event.dates[0].start, event.slug))


async def unpublished() -> list[EventView]:
    """For staff: the drafts, the one changed last first."""
    drafts = await load_events(Event.status == "draft", entries=False)
    return sorted(drafts, key=lambda event: event.changed_at, reverse=True)


async def series_by_slug(slug: str) -> SeriesView | None:
    """A published series with its public events, past ones included, in the order of their start."""
    query = Series.select(
        *Series.all_columns(),
        Series.programme.slug.as_alias("programme_slug"),
        Series.programme.name.as_alias("programme_name"),
    )
    row = await query.where(Series.slug == slug, Series.published_at.is_not_null()).first()
    if row is None:
        return None
    events = [event for event in await load_events(Event.series == row["id"], entries=False) if event.is_listed]
    return SeriesView(
        id=row["id"],
        slug=row["slug"],
        title=json.loads(row["title"]),
        summary=json.loads(row["summary"]),
        description=json.loads(row["description"]),
        programme_id=row["programme"],
        programme_slug=row["programme_slug"],
        programme_name=row["programme_name"],
        published_at=row["published_at"],
        events=tuple(sorted(events, key=lambda e: (e.starts_at is None, e.starts_at or e.changed_at, e.slug))),
    )


async def series_choices() -> list[tuple[UUID, Mapping[str, str]]]:
    """Every series with its title, by German title."""
    rows = await Series.select(Series.id, Series.title)
    titles = [(row["id"], json.loads(row["title"])) for row in rows]
    return sorted(titles, key=lambda item: fold(item[1].get("de", "")))


async def quotas_of(event_ids: Collection[UUID]) -> dict[UUID, tuple[QuotaView, ...]]:
    """Every one of the events is in the answer; released quotas too."""
    found: dict[UUID, list[QuotaView]] = defaultdict(list)
    if event_ids:
        for row in await Quota.select().where(Quota.event.is_in(list(event_ids))).order_by(Quota.id):
            quota = QuotaView(row["organisation"], row["organisation_kind"], row["places"], row["release_at"])
            found[row["event"]].append(quota)
    return {id: tuple(found[id]) for id in event_ids}


async def programmes() -> list[ProgrammeView]:
    """In the order lists show them."""
    rows = await Programme.select().order_by(Programme.position, Programme.name)
    return [
        ProgrammeView(
            id=row["id"],
            slug=row["slug"],
            name=row["name"],
            family=row["family"],
            kind=row["kind"],
            funding=row["funding"],
            policy=effective_policy(row["policy"], "{}"),
            position=row["position"],
        )
        for row in rows
    ]


async def venues() -> list[VenueView]:
    """By city and name."""
    found = [
        VenueView(
            id=row["id"],
            name=row["name"],
            street=row["street"],
            postcode=row["postcode"],
            city=row["city"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            access=json.loads(row["access"]),
        )
        for row in await Venue.select()
    ]
    return sorted(found, key=lambda venue: (fold(venue.city), fold(venue.name)))


async def organisations() -> list[OrganisationView]:
    """By name."""
    rows = await Organisation.select().order_by(Organisation.folded_name, Organisation.id)
    return [OrganisationView(row["id"], row["name"], row["kind"], row["parent"], row["city"]) for row in rows]
