"""Loads past events with those who came, through the same actions as today but with the time of then and no mails."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from events.attendance.actions import record_headcounts, record_marks
from events.attendance.facts import Count, Mark
from events.demo.known import Known
from events.demo.people import Person
from events.evidence.actions import close_date
from events.kit.clock import berlin
from events.programme.actions import add_partner, create_event, publish_event
from events.programme.details import DateDetails, EventDetails
from events.programme.queries import DateView, EventView, events_by_ids
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import Person as SignUpPerson
from events.registration.signup import SignUp

PLANNED_BEFORE = timedelta(days=60)
SIGN_UP_OPENS = timedelta(days=30)


class Guest(NamedTuple):
    """Somebody who signed up; `organisation` is a key of the demo's organisations."""

    person: Person
    organisation: str = ""
    city: str = ""
    role: str = ""
    phone: str = ""


class Counted(NamedTuple):
    """Heads that were counted without names; `scope` as in attendance."""

    dimension: str
    value: str
    heads: int
    scope: str = "additional"


@dataclass(frozen=True, kw_only=True)
class PastEvent:
    """`missed` are pairs of a guest's and a day's index; everyone else was there. `counts` hold for each day."""

    programme: str
    title: str
    summary: str
    format: str
    days: tuple[date, ...]
    start: time
    end: time
    venue: str
    break_minutes: int = 0
    series: str = ""
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    policy: Mapping[str, object] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    missed: frozenset[tuple[int, int]] = frozenset()
    counts: tuple[Counted, ...] = ()
    note: str = ""


async def load_past(plans: Sequence[PastEvent], known: Known) -> None:
    """Events of one series or one run: whoever comes to several of them has signed up for these in one go."""
    ids = [await _offer(plan, known) for plan in plans]
    await _sign_up(plans, ids, known)
    events = await events_by_ids(ids)
    for plan, id in zip(plans, ids, strict=True):
        await _hold(plan, events[id], known)


async def _offer(plan: PastEvent, known: Known) -> UUID:
    dates = [
        DateDetails(
            start=berlin(day, plan.start),
            end=berlin(day, plan.end),
            break_minutes=plan.break_minutes,
            venue_id=known.venues[plan.venue],
        )
        for day in plan.days
    ]
    then = dates[0].start - PLANNED_BEFORE
    event_id = await create_event(_details(plan, known), dates=dates, by=known.by, now=then)
    for organisation, role in plan.partners:
        await add_partner(event_id, known.organisations[organisation], role, by=known.by, now=then)
    await publish_event(event_id, by=known.by, now=then)
    return event_id


def _details(plan: PastEvent, known: Known) -> EventDetails:
    return EventDetails(
        programme_id=known.programmes[plan.programme],
        title={"de": plan.title},
        summary={"de": plan.summary},
        format=plan.format,
        audiences=plan.audiences,
        languages=plan.languages,
        hints=("free",),
        policy=plan.policy,
        series_id=known.series[plan.series] if plan.series else None,
    )


async def _sign_up(plans: Sequence[PastEvent], ids: Sequence[UUID], known: Known) -> None:
    wishes: dict[Guest, list[int]] = defaultdict(list)
    for position, plan in enumerate(plans):
        for guest in plan.guests:
            wishes[guest].append(position)
    for number, (guest, wanted) in enumerate(wishes.items()):
        first = plans[wanted[0]]
        opened = berlin(first.days[0], time(8)) - SIGN_UP_OPENS
        sign_up = SignUp(
            events=tuple(ids[position] for position in wanted),
            people=(sign_up_person(guest, known),),
            contact_email=guest.person.email,
            source="office",
        )
        await register(sign_up, by=known.by, now=opened + timedelta(hours=number), notify=False)


def sign_up_person(guest: Guest, known: Known) -> SignUpPerson:
    return SignUpPerson(
        given_name=guest.person.given_name,
        family_name=guest.person.family_name,
        email=guest.person.email,
        phone=guest.phone,
        organisation=known.organisations[guest.organisation] if guest.organisation else None,
        city=guest.city,
        role=guest.role,
    )


async def _hold(plan: PastEvent, event: EventView, known: Known) -> None:
    registered = {(one.given_name, one.family_name, one.email): one.id for one in await registrations_of(event.id)}
    subjects = [registered[guest.person] for guest in plan.guests]
    for day, view in enumerate(event.dates):
        await _record(plan, day, subjects, view, known)
        await close_date(view.id, by=known.by, now=view.end + timedelta(days=1), note=plan.note)


async def _record(plan: PastEvent, day: int, subjects: Sequence[UUID], view: DateView, known: Known) -> None:
    marks = [
        Mark(
            id=uuid4(),
            subject=subject,
            registration=subject,
            mark="excused" if (number, day) in plan.missed else "present",
            noted_at=view.start,
        )
        for number, subject in enumerate(subjects)
    ]
    counts = [
        Count(id=uuid4(), dimension=one.dimension, value=one.value, heads=one.heads, scope=one.scope, noted_at=view.end)
        for one in plan.counts
    ]
    ended: datetime = view.end
    if marks:
        await record_marks(view.id, marks, by=known.by, now=ended)
    if counts:
        await record_headcounts(view.id, counts, by=known.by, now=ended)
