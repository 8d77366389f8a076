"""The roll of a date, and the facts of many dates at once for evidence and reports."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.attendance.facts import Count, DateFacts, Listed, Mark, Note
from events.attendance.roster import Attendee, attendees, named_heads
from events.attendance.rules import effective_heads, heads, newest_counts
from events.attendance.tables import AttendanceMark, DateNote, Headcount
from events.kit.addresses import address_key
from events.kit.refusals import NotFound
from events.kit.text import fold
from events.programme.queries import DateView, EventView, date_with_event, events_between
from events.registration.tables import Registration

NEAR = (timedelta(hours=36), timedelta(hours=60))
"""How long before and after now the start of a date may lie whose list is loaded to a phone."""


@dataclass(frozen=True)
class RollRow:
    """A line of the list. `number` is its place on paper and screen; `mark` is None while nothing was said."""

    number: int
    subject: UUID
    registration_id: UUID | None
    name: str
    given_name: str
    family_name: str
    organisation_name: str
    city: str
    role: str
    party: int
    mark: str | None
    present: bool
    walk_in: bool
    latest: Mark | None


@dataclass(frozen=True)
class Roll:
    """Everything the roll call of a date shows. `counter` is the highest seen: the next fact takes one more."""

    date: DateView
    event: EventView
    rows: tuple[RollRow, ...]
    counts: tuple[Count, ...]
    named_heads: int
    everyone: int
    additional: int
    effective_heads: int
    counter: int


async def near_dates(now: datetime, only: Collection[UUID] | None = None) -> list[tuple[DateView, EventView]]:
    """Dates of these days that take place, the first one first; of `only` these events, of all when None."""
    before, after = NEAR
    events = await events_between(now - before, now + after)
    return sorted(
        (
            (date, event)
            for event in events
            if event.status == "published" and (only is None or event.id in only)
            for date in event.dates
            if not date.cancelled and now - before <= date.start < now + after
        ),
        key=lambda found: (found[0].start, str(found[0].id)),
    )


async def roll(date_id: UUID) -> Roll:
    """Confirmed people by name, then walk-ins. Raises NotFound."""
    found = await date_with_event(date_id)
    if found is None:
        raise NotFound
    date, event = found
    facts = (await facts_of({date_id: event.id}))[date_id]
    people = attendees(facts)
    named, everyone, additional = (
        named_heads(people),
        heads(facts.counts, "everyone"),
        heads(facts.counts, "additional"),
    )
    return Roll(
        date=date,
        event=event,
        rows=tuple(_roll_row(number, one) for number, one in enumerate(people, start=1)),
        counts=tuple(sorted(newest_counts(facts.counts), key=lambda one: (one.station, one.dimension, one.value))),
        named_heads=named,
        everyone=everyone,
        additional=additional,
        effective_heads=effective_heads(named, everyone, additional),
        counter=facts.highest_counter,
    )


def _roll_row(number: int, one: Attendee) -> RollRow:
    return RollRow(
        number=number,
        subject=one.subject,
        registration_id=one.listed.registration_id if one.listed else None,
        name=one.name,
        given_name=one.listed.given_name if one.listed else one.name,
        family_name=one.listed.family_name if one.listed else "",
        organisation_name=one.organisation_name,
        city=one.city,
        role=one.role,
        party=one.party,
        mark=one.mark.mark if one.mark else None,
        present=one.is_present,
        walk_in=one.is_walk_in,
        latest=one.mark,
    )


async def notes_of(date_id: UUID) -> list[Note]:
    """In the order in which they were written."""
    rows = await DateNote.select().where(DateNote.event_date == date_id)
    notes = [Note(**{name: row[name] for name in Note.__dataclass_fields__}) for row in rows]
    return sorted(notes, key=lambda note: (note.counter, note.device, str(note.id)))


async def facts_of(dates: Mapping[UUID, UUID]) -> dict[UUID, DateFacts]:
    """The facts of each date, given with its event; three statements, whatever the number of dates."""
    if not dates:
        return {}
    marks, counts = await _marks_of(dates), await _counts_of(dates)
    listed = await listed_of(set(dates.values()))
    return {
        date: DateFacts(tuple(marks[date]), tuple(counts[date]), listed.get(event, ())) for date, event in dates.items()
    }


async def listed_of(events: Iterable[UUID]) -> dict[UUID, tuple[Listed, ...]]:
    """All registrations of the events, whatever their status, by name."""
    wanted = list(events)
    found: dict[UUID, list[Listed]] = defaultdict(list)
    if wanted:
        person = Registration.participant
        rows = await Registration.select(
            Registration.id, Registration.event, Registration.status, Registration.party, Registration.registered_at,
            person.given_name, person.family_name, person.email, person.phone, person.organisation_name, person.city,
            person.role, person.found_by, "participant.organisation.name", Registration.booking.contact_email,
            Registration.booking.address_proven_at,
        ).where(Registration.event.is_in(wanted))  # fmt: skip
        for row in rows:
            found[row["event"]].append(_listed(row))
    return {event: tuple(sorted(listed, key=_by_name)) for event, listed in found.items()}


def _by_name(one: Listed) -> tuple[str, str, str]:
    return fold(one.family_name or one.given_name), fold(one.given_name), str(one.registration_id)


def _listed(row: dict[str, Any]) -> Listed:
    own = row["participant.email"]
    # Who was erased out of a booking has nothing of their own left, and is not its contact.
    contact = row["booking.contact_email"] if own or row["participant.found_by"] else ""
    organisation = row["participant.organisation.name"]
    return Listed(
        registration_id=row["id"],
        status=row["status"],
        party=row["party"],
        registered_at=row["registered_at"],
        given_name=row["participant.given_name"],
        family_name=row["participant.family_name"],
        email=own or contact,
        address_proven=bool(row["booking.address_proven_at"])
        and bool(contact)
        and address_key(own or contact) == address_key(contact),
        phone=row["participant.phone"],
        organisation_name=organisation or row["participant.organisation_name"],
        is_known_organisation=organisation is not None,
        city=row["participant.city"],
        role=row["participant.role"],
    )


async def _marks_of(dates: Iterable[UUID]) -> Mapping[UUID, list[Mark]]:
    found: dict[UUID, list[Mark]] = defaultdict(list)
    for row in await AttendanceMark.select().where(AttendanceMark.event_date.is_in(list(dates))):
        found[row["event_date"]].append(Mark(**{name: row[name] for name in Mark.__dataclass_fields__}))
    return found


async def _counts_of(dates: Iterable[UUID]) -> Mapping[UUID, list[Count]]:
    found: dict[UUID, list[Count]] = defaultdict(list)
    for row in await Headcount.select().where(Headcount.event_date.is_in(list(dates))):
        found[row["event_date"]].append(Count(**{name: row[name] for name in Count.__dataclass_fields__}))
    return found
