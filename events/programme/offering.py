"""What events are made of: programmes, series, venues, organisations. Each action is one transaction with history."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from piccolo.table import Table

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.kit.text import fold
from events.programme.details import OrganisationDetails, ProgrammeDetails, SeriesDetails, VenueDetails
from events.programme.locking import lock_events
from events.programme.policy import FIELDS
from events.programme.queries import events_by_ids
from events.programme.rules import why_outdated
from events.programme.slugs import free_slug
from events.programme.tables import EventDate, Organisation, Programme, Series, Venue
from events.programme.upkeep import follow_up
from events.programme.versions import version_of
from events.programme.wording import KINDS, ORGANISATION_KINDS


async def create_programme(details: ProgrammeDetails, *, by: Actor, now: datetime) -> UUID:
    """Raises Refused."""
    _check_name(details.name)
    _check_choice(details.kind, KINDS)
    if unknown := sorted(set(details.policy) - FIELDS):
        raise Refused(*(Refusal("unknown_policy", {"value": name}) for name in unknown))
    async with transaction():
        row = Programme(
            id=uuid4(),
            slug=await free_slug(Programme, details.slug or details.name),
            name=details.name.strip(),
            family=details.family,
            kind=details.kind,
            funding=details.funding,
            policy=_json(details.policy),
            position=details.position,
        )
        await _save(row, by, now)
    return row.id


async def create_series(details: SeriesDetails, *, by: Actor, now: datetime) -> UUID:
    """Raises Refused."""
    if not details.title.get("de", "").strip():
        raise Refused(Refusal("no_german_title"))
    async with transaction():
        row = Series(
            id=uuid4(),
            slug=await free_slug(Series, details.slug or details.title["de"]),
            programme=details.programme_id,
            title=_json(details.title),
            summary=_json(details.summary),
            description=_json(details.description),
            published_at=now if details.published else None,
        )
        await _save(row, by, now)
    return row.id


async def create_venue(details: VenueDetails, *, by: Actor, now: datetime) -> UUID:
    """One with the same name and address is there once: it was sent twice. Raises Refused."""
    _check_name(details.name)
    row = Venue(**_venue_columns(details), id=uuid4())
    async with transaction():
        same = (Venue.name == row.name) & (Venue.street == row.street) & (Venue.city == row.city)
        if known := await Venue.select(Venue.id).where(same).first():
            return cast(UUID, known["id"])
        await _save(row, by, now)
    return row.id


async def edit_venue(venue_id: UUID, details: VenueDetails, *, by: Actor, now: datetime, seen: str = "") -> None:
    """All dates held there say the new place, those ahead and those past. `seen`: the version the form was filled in
    on; Refused when it is another one by now. Raises NotFound, Refused."""
    _check_name(details.name)
    async with transaction():
        rows = await EventDate.select(EventDate.event).where(EventDate.venue == venue_id)
        ids = sorted({row["event"] for row in rows})
        await lock_events(ids)
        refuse_if(why_outdated(seen, await version_of(Venue, venue_id)))
        before = await events_by_ids(ids)
        found = await Venue.update(**_venue_columns(details)).where(Venue.id == venue_id).returning(Venue.id)
        if not found:
            raise NotFound
        await note(entry("edited", Venue, id=venue_id, by=by, now=now))
        for id in ids:
            await follow_up(before[id], id, now=now)


async def create_organisation(details: OrganisationDetails, *, by: Actor, now: datetime) -> UUID:
    """Raises Refused."""
    _check_name(details.name)
    _check_choice(details.kind, ORGANISATION_KINDS)
    async with transaction():
        row = Organisation(
            id=uuid4(),
            name=details.name.strip(),
            folded_name=fold(details.name),
            kind=details.kind,
            parent=details.parent_id,
            city=details.city,
        )
        await _save(row, by, now)
    return row.id


async def _save(row: Table, by: Actor, now: datetime) -> None:
    await type(row).insert(row)
    await note(entry("created", row, by=by, now=now))


def _venue_columns(details: VenueDetails) -> dict[str, Any]:
    return {
        "name": details.name.strip(),
        "street": details.street,
        "postcode": details.postcode,
        "city": details.city,
        "latitude": details.latitude,
        "longitude": details.longitude,
        "access": _json(details.access),
    }


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused(Refusal("no_name"))


def _check_choice(code: str, known: Mapping[str, str]) -> None:
    if code not in known:
        raise Refused(Refusal("unknown_choice", {"value": code}))


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)
