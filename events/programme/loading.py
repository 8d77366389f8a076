"""From rows to views, in the same number of queries however many events. What is asked is in `queries`."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.kit.prepared import PreparedSelect
from events.programme.policy import effective_policy
from events.programme.tables import Event, EventDate, EventPartner
from events.programme.views import DateView, EventView, PartnerView

Row = Mapping[str, Any]


async def load_events(
    *where: Combinable, entries: bool = True, dates: bool | Combinable = True, partners: bool = True
) -> list[EventView]:
    """The events that meet all conditions: one query, one more each for dates and partners. In no order.

    `dates`: all, none, or those that meet a condition.
    """
    rows = await _events().where(*where)
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    of_dates = await _dates_of(ids, entries, dates) if dates is not False else {}
    of_partners = await _partners_of(ids) if partners else {}
    return [_event(row, tuple(of_dates.get(row["id"], ())), tuple(of_partners.get(row["id"], ()))) for row in rows]


async def _dates_of(
    event_ids: Sequence[UUID], entries: bool, which: bool | Combinable
) -> Mapping[UUID, list[DateView]]:
    found: dict[UUID, list[DateView]] = defaultdict(list)
    wanted = [] if isinstance(which, bool) else [which]
    for row in await _dates(entries).where(EventDate.event.is_in(list(event_ids)), *wanted):
        found[row["event"]].append(date_view(row))
    return found


async def _partners_of(event_ids: Sequence[UUID]) -> Mapping[UUID, list[PartnerView]]:
    rows = await _partners().where(EventPartner.event.is_in(list(event_ids)))
    found: dict[UUID, list[PartnerView]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (str(row["role"]), str(row["name"]))):
        found[row["event"]].append(PartnerView(row["organisation"], row["name"], row["role"], row["city"]))
    return found


@cache
def _events() -> PreparedSelect:
    columns = (
        *Event.all_columns(),
        Event.programme.slug.as_alias("programme_slug"),
        Event.programme.name.as_alias("programme_name"),
        Event.programme.family.as_alias("family"),
        Event.programme.kind.as_alias("kind"),
        Event.programme.funding.as_alias("funding"),
        Event.programme.policy.as_alias("programme_policy"),
        Event.series.slug.as_alias("series_slug"),
        Event.series.title.as_alias("series_title"),
    )
    return PreparedSelect(Event, columns)


@cache
def _dates(entries: bool) -> PreparedSelect:
    columns = (
        *EventDate.all_columns(exclude=[] if entries else [EventDate.entries]),
        EventDate.venue.name.as_alias("venue_name"),
        EventDate.venue.street.as_alias("street"),
        EventDate.venue.postcode.as_alias("postcode"),
        EventDate.venue.city.as_alias("city"),
        EventDate.venue.latitude.as_alias("latitude"),
        EventDate.venue.longitude.as_alias("longitude"),
        EventDate.venue.access.as_alias("access"),
    )
    return PreparedSelect(EventDate, columns, order='"event_date"."start", "event_date"."id"')


@cache
def _partners() -> PreparedSelect:
    columns = (
        EventPartner.event,
        EventPartner.organisation,
        EventPartner.role,
        EventPartner.organisation.name.as_alias("name"),
        EventPartner.organisation.city.as_alias("city"),
    )
    return PreparedSelect(EventPartner, columns)


def date_view(row: Row) -> DateView:
    """From a row of EventDate with the columns of its venue beside it."""
    return DateView(
        id=row["id"],
        event_id=row["event"],
        start=row["start"],
        end=row["end"],
        break_minutes=row["break_minutes"],
        venue_id=row["venue"],
        venue_name=row["venue_name"] or "",
        room=row["room"],
        street=row["street"] or "",
        postcode=row["postcode"] or "",
        city=row["city"] or "",
        latitude=_degrees(row["latitude"]),
        longitude=_degrees(row["longitude"]),
        is_online=bool(row["is_online"]),
        join_link=row["join_link"],
        cancelled=bool(row["cancelled"]),
        uid=row["uid"],
        sequence=row["sequence"],
        content_changed_at=row["content_changed_at"],
        fingerprint=row["fingerprint"],
        access=json.loads(row["access"] or "{}"),
        entries=json.loads(row.get("entries") or "{}"),
    )


def _degrees(stored: float | None) -> float | None:
    """Five decimals are a metre, and what single precision holds alike on both databases."""
    return None if stored is None else round(stored, 5)


def _event(row: Row, dates: tuple[DateView, ...], partners: tuple[PartnerView, ...]) -> EventView:
    return EventView(
        id=row["id"],
        slug=row["slug"],
        status=row["status"],
        format=row["format"],
        title=json.loads(row["title"]),
        summary=json.loads(row["summary"]),
        description=json.loads(row["description"]),
        audiences=tuple(json.loads(row["audiences"])),
        languages=tuple(json.loads(row["languages"])),
        hints=tuple(json.loads(row["hints"])),
        capacity=row["capacity"],
        policy=effective_policy(row["programme_policy"], row["policy"]),
        programme_id=row["programme"],
        programme_slug=row["programme_slug"],
        programme_name=row["programme_name"],
        family=row["family"],
        kind=row["kind"],
        funding=row["funding"],
        series_id=row["series"],
        series_slug=row["series_slug"],
        series_title=json.loads(row["series_title"]) if row["series_title"] else None,
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        called_off_reason=json.loads(row["called_off_reason"]),
        changed_at=row["changed_at"],
        turn=row["turn"],
        dates=dates,
        partners=partners,
        preview_version=row["preview_version"],
        translated_from=json.loads(row["translated_from"]),
    )
