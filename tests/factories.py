"""Makes what a story starts with, through the actions and with sensible defaults. Times count from now."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, berlin, now
from events.programme.actions import (
    create_event,
    create_organisation,
    create_programme,
    create_series,
    create_venue,
    mark_called_off,
    publish_event,
    set_quota,
)
from events.programme.details import (
    DateDetails,
    EventDetails,
    OrganisationDetails,
    ProgrammeDetails,
    QuotaDetails,
    SeriesDetails,
    VenueDetails,
)
from events.programme.queries import EventView, event_by_id, programmes, venues

LENGTH = timedelta(hours=3)


async def make_programme(
    name: str = "Griffbereit", *, kind: str = "other", policy: Mapping[str, object] | None = None, **details: Any
) -> UUID:
    details = {"family": "early_education", **details}
    return await create_programme(
        ProgrammeDetails(name, kind=kind, policy=policy or {}, **details), by=SYSTEM, now=now()
    )


async def make_series(title: str = "Lebenskunde", *, programme: UUID | None = None, **details: Any) -> UUID:
    programme = programme or await _default_programme()
    return await create_series(SeriesDetails(programme, {"de": title}, **details), by=SYSTEM, now=now())


async def make_venue(name: str = "Kreishaus", *, city: str = "Recklinghausen", **details: Any) -> UUID:
    details = {"street": "Musterallee 1", "postcode": "45657", **details}
    return await create_venue(VenueDetails(name, city=city, **details), by=SYSTEM, now=now())


async def make_organisation(name: str = "Kita Regenbogen", kind: str = "institution", **details: Any) -> UUID:
    return await create_organisation(OrganisationDetails(name, kind, **details), by=SYSTEM, now=now())


async def make_event(
    title: str | Mapping[str, str] = "Zweisprachig aufwachsen",
    *,
    capacity: int | None = 20,
    starts_in: timedelta = timedelta(days=14),
    dates: int = 1,
    length: timedelta = LENGTH,
    online: bool = False,
    venue: UUID | None = None,
    programme: UUID | None = None,
    series: UUID | None = None,
    policy: Mapping[str, object] | None = None,
    published: bool = True,
    called_off: bool = False,
    **details: Any,
) -> EventView:
    """One event with `dates` dates a week apart; 0 dates is "Termin folgt". Other words are those of `EventDetails`.

    Programme and venue are made when none is named, and shared by all events that name none.
    """
    event = EventDetails(
        programme_id=programme or await _default_programme(),
        title={"de": title} if isinstance(title, str) else title,
        capacity=capacity,
        series_id=series,
        policy=policy or {},
        **details,
    )
    where = {"is_online": True} if online else {"venue_id": venue or await _default_venue()}
    starts = [_start(starts_in) + timedelta(weeks=week) for week in range(dates)]
    spans = [DateDetails(start, _end(start, length), **where) for start in starts]
    # Made and published before its start, whenever that is.
    moment = min([now(), *(start - timedelta(days=1) for start in starts)])
    id = await create_event(event, dates=spans, by=SYSTEM, now=moment)
    if published:
        await publish_event(id, dates_to_follow=not dates, by=SYSTEM, now=moment)
    if called_off:
        await mark_called_off(id, {"de": "Die Referentin ist erkrankt."}, by=SYSTEM, now=now())
    return await seen(id)


def _start(starts_in: timedelta) -> datetime:
    """At half past five in the evening of that day; exact to the minute only within a day from now."""
    start = (now() + starts_in).replace(second=0, microsecond=0)
    if abs(starts_in) < timedelta(days=1):
        is_last_minute = start.astimezone(BERLIN).time() >= time(23, 59)
        return start - timedelta(minutes=1) if is_last_minute else start
    return berlin(start.astimezone(BERLIN).date(), time(17, 30))


def _end(start: datetime, length: timedelta) -> datetime:
    """No date crosses midnight, at whatever hour the tests run: one that would is shorter."""
    midnight = berlin(start.astimezone(BERLIN).date(), time(23, 59))
    return start + length if length >= timedelta(days=1) else min(start + length, midnight)


async def make_quota(event_id: UUID, *, places: int, organisation: UUID, release_at: datetime | None = None) -> None:
    details = QuotaDetails(places, organisation_id=organisation, release_at=release_at)
    await set_quota(event_id, details, by=SYSTEM, now=now())


async def seen(event_id: UUID) -> EventView:
    """The event as it stands now."""
    event = await event_by_id(event_id)
    assert event is not None
    return event


async def _default_programme() -> UUID:
    found = [programme.id for programme in await programmes() if programme.name == "Griffbereit"]
    return found[0] if found else await make_programme()


async def _default_venue() -> UUID:
    found = [venue.id for venue in await venues() if venue.name == "Kreishaus"]
    return found[0] if found else await make_venue()
