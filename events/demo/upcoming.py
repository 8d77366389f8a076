"""Loads the upcoming events, as if the office had planned and published them in the weeks before the first day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from events.demo.known import Known
from events.demo.places import ADMINISTRATIONS, administration_key
from events.demo.plans import EventPlan, event_plans
from events.demo.questions import ask
from events.demo.timetable import WEEK, Days, timetable
from events.kit.clock import BERLIN, berlin
from events.programme.actions import (
    add_partner,
    change_date,
    create_event,
    mark_called_off,
    publish_event,
    set_quota,
)
from events.programme.details import DateDetails, EventDetails, QuotaDetails
from events.programme.queries import event_by_id

PUBLISHED_BEFORE = timedelta(days=21)

EventIds = dict[str, list[UUID]]


async def load_upcoming(known: Known, *, now: datetime) -> EventIds:
    """The ids by the key of the plan, mostly one; all are published, and none is changed or called off yet."""
    plans = tuple(event_plans())
    days = timetable(plans, now.astimezone(BERLIN).date())
    return {plan.key: [await _load(plan, each, known, now) for each in days[plan.key]] for plan in plans}


async def load_changes(ids: EventIds, known: Known, *, now: datetime) -> None:
    """What happened after people had signed up: a room was changed, an event called off."""
    for plan in event_plans():
        for event_id in ids[plan.key]:
            if plan.moved_room:
                await _move(event_id, plan, known, now - timedelta(days=3))
            if plan.called_off:
                await mark_called_off(event_id, plan.called_off, by=known.by, now=now - timedelta(days=1))


async def _load(plan: EventPlan, days: Days, known: Known, now: datetime) -> UUID:
    then = now - PUBLISHED_BEFORE
    event_id = await create_event(_details(plan, known), dates=_dates(plan, days, known), by=known.by, now=then)
    for organisation, role in plan.partners:
        await add_partner(event_id, known.organisations[organisation], role, by=known.by, now=then)
    if plan.quota_places:
        await _keep_places(event_id, plan, known, then, release_at=_release(plan, now))
    await ask(event_id, plan.questions, by=known.by, now=then)
    await publish_event(event_id, dates_to_follow=not days, by=known.by, now=then)
    return event_id


def _details(plan: EventPlan, known: Known) -> EventDetails:
    return EventDetails(
        programme_id=known.programmes[plan.programme],
        title=plan.title,
        summary=plan.summary,
        description=plan.description,
        format=plan.format,
        audiences=plan.audiences,
        languages=plan.languages,
        hints=plan.hints,
        capacity=plan.capacity,
        policy=plan.policy,
        series_id=known.series[plan.series] if plan.series else None,
    )


def _dates(plan: EventPlan, days: Sequence[date], known: Known) -> list[DateDetails]:
    return [
        DateDetails(
            start=berlin(day, plan.start),
            end=berlin(day, plan.end),
            break_minutes=plan.break_minutes,
            venue_id=known.venues[plan.venue] if plan.venue else None,
            room=plan.room,
            is_online=bool(plan.online),
            join_link=plan.online,
        )
        for day in days
    ]


async def _keep_places(event_id: UUID, plan: EventPlan, known: Known, now: datetime, release_at: datetime) -> None:
    for name in ADMINISTRATIONS:
        quota = QuotaDetails(
            plan.quota_places, organisation_id=known.organisations[administration_key(name)], release_at=release_at
        )
        await set_quota(event_id, quota, by=known.by, now=now)


def _release(plan: EventPlan, now: datetime) -> datetime:
    return berlin(now.astimezone(BERLIN).date() + plan.quota_release_week * WEEK, time(12))


async def _move(event_id: UUID, plan: EventPlan, known: Known, now: datetime) -> None:
    event = await event_by_id(event_id)
    if event is None:
        raise LookupError(event_id)
    days = [view.start.astimezone(BERLIN).date() for view in event.dates]
    for view, details in zip(event.dates, _dates(plan, days, known), strict=True):
        await change_date(view.id, replace(details, room=plan.moved_room), by=known.by, now=now)
