"""A small programme to tell stories with: made through the actions, by Bernd."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.kit.actor import staff
from events.kit.clock import berlin
from events.programme import actions
from events.programme.details import (
    DateDetails,
    EventDetails,
    OrganisationDetails,
    ProgrammeDetails,
    SeriesDetails,
    VenueDetails,
)

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
BERND = staff(UUID("00000000-0000-4000-8000-00000000b000"))
LATER = NOW + timedelta(hours=1)


async def a_programme(name: str = "Demokratie leben", **policy: object) -> UUID:
    details = ProgrammeDetails(name, "Teilhabe", "future_workshop", policy=policy)
    return await actions.create_programme(details, by=BERND, now=NOW)


async def a_series(programme: UUID, title: str = "Abende im Herbst", published: bool = True) -> UUID:
    details = SeriesDetails(programme, {"de": title}, published=published)
    return await actions.create_series(details, by=BERND, now=NOW)


async def a_venue(name: str = "Bürgerhaus Süd", city: str = "Recklinghausen") -> UUID:
    details = VenueDetails(name, "Körnerplatz 2", "45661", city, latitude=51.61379, longitude=7.19738)
    return await actions.create_venue(details, by=BERND, now=NOW)


async def an_organisation(name: str = "Kita Sonnenschein", kind: str = "institution") -> UUID:
    details = OrganisationDetails(name, kind, city="Herten")
    return await actions.create_organisation(details, by=BERND, now=NOW)


def on(day: date, hour: int = 17, hours: int = 3, *, venue: UUID | None = None, online: bool = False) -> DateDetails:
    start = berlin(day, time(hour, 30))
    return DateDetails(start, start + timedelta(hours=hours), 30, venue, is_online=online or venue is None)


def evening(number: int = 0, venue: UUID | None = None) -> DateDetails:
    """The first one is a Tuesday in January 2027, each further one a week later."""
    return on(date(2027, 1, 12) + timedelta(weeks=number), venue=venue)


def about(programme: UUID, title: str = "Zukunftswerkstatt", **more: Any) -> EventDetails:
    return EventDetails(programme, {"de": title}, **more)


async def a_draft(programme: UUID, title: str = "Zukunftswerkstatt", *dates: DateDetails, **more: Any) -> UUID:
    return await actions.create_event(about(programme, title, **more), dates=dates, by=BERND, now=NOW)


async def an_event(programme: UUID, title: str = "Zukunftswerkstatt", *dates: DateDetails, **more: Any) -> UUID:
    """Published; without dates as "Termin folgt"."""
    id = await a_draft(programme, title, *dates, **more)
    await actions.publish_event(id, dates_to_follow=True, by=BERND, now=NOW)
    return id


async def many_events(programme: UUID, number: int) -> list[UUID]:
    venue, partner = await a_venue(), await an_organisation(f"Träger {uuid4()}", "body")
    ids = [await an_event(programme, f"Abend {n}", evening(n, venue), evening(n + 1, venue)) for n in range(number)]
    for id in ids:
        await actions.add_partner(id, partner, "cooperation", by=BERND, now=NOW)
    return ids
