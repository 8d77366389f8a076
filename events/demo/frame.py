"""Loads what all events stand on: programmes, venues, organisations, and the series of the upcoming ones."""

from datetime import datetime

from events.demo.known import Known
from events.demo.places import ACCESS, VENUES, organisations
from events.demo.programmes import PROGRAMMES, SERIES
from events.programme.actions import create_organisation, create_programme, create_series, create_venue
from events.programme.details import OrganisationDetails, ProgrammeDetails, SeriesDetails, VenueDetails


async def load_frame(known: Known, *, past: datetime, now: datetime) -> None:
    """Everything but the series has been there since `past`."""
    await _load_programmes(known, past)
    await _load_venues(known, past)
    await _load_organisations(known, past)
    await _load_series(known, now)


KEPT_DAYS = 15 * 365
"""The invented people of 2014 are still to be seen; a real funding line wants its lists for a shorter time."""


async def _load_programmes(known: Known, now: datetime) -> None:
    for position, plan in enumerate(PROGRAMMES):
        details = ProgrammeDetails(
            name=plan.name,
            family=plan.family,
            kind=plan.kind,
            funding=plan.funding,
            policy={"keep_days": KEPT_DAYS} | dict(plan.policy),
            position=position,
            slug=plan.slug,
        )
        known.programmes[plan.slug] = await create_programme(details, by=known.by, now=now)


async def _load_venues(known: Known, now: datetime) -> None:
    for plan in VENUES:
        details = VenueDetails(
            name=plan.name,
            street=plan.street,
            postcode=plan.postcode,
            city=plan.city,
            latitude=plan.latitude,
            longitude=plan.longitude,
            access={"de": ACCESS[plan.key]} if plan.key in ACCESS else {},
        )
        known.venues[plan.key] = await create_venue(details, by=known.by, now=now)


async def _load_organisations(known: Known, now: datetime) -> None:
    for plan in organisations():
        parent = known.organisations[plan.body] if plan.body else None
        details = OrganisationDetails(plan.name, plan.kind, plan.city, parent)
        known.organisations[plan.key] = await create_organisation(details, by=known.by, now=now)


async def _load_series(known: Known, now: datetime) -> None:
    for plan in SERIES:
        details = SeriesDetails(known.programmes[plan.programme], plan.title, plan.summary, plan.description)
        known.series[plan.key] = await create_series(details, by=known.by, now=now)
