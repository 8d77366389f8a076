"""Recording who came. Statements are only ever added; sending one again changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.attendance import rules
from events.attendance.facts import Count, Mark, Note
from events.attendance.tables import AttendanceMark, DateNote, Headcount
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.text import clean, one_line
from events.programme.tables import EventDate
from events.registration.tables import Registration


async def record_marks(date_id: UUID, marks: Sequence[Mark], *, by: Actor, now: datetime) -> list[UUID]:
    """The ids that are stored now, those known before included; the first content of an id stays.

    All or nothing. Raises NotFound, and Refused with one reason per impossible mark (its id is among the facts).
    """
    refuse_if(*map(rules.why_not_mark, marks))
    async with transaction():
        event = await _event_of(date_id, now)
        events = await _events_of_registrations(marks)
        refuse_if(*(_why_not_of_event(mark, event, events) for mark in marks))
        counter = await _next_counter(date_id, marks)
        rows = [
            _mark_row(mark, mark.registration in events, _common(date_id, mark, counter, by, now)) for mark in marks
        ]
        if rows:
            await AttendanceMark.insert(*rows).on_conflict(action="DO NOTHING")
    return [mark.id for mark in marks]


async def record_headcounts(date_id: UUID, counts: Sequence[Count], *, by: Actor, now: datetime) -> list[UUID]:
    """Like `record_marks`, for anonymous counts."""
    refuse_if(*map(rules.why_not_count, counts))
    async with transaction():
        await _event_of(date_id, now)
        counter = await _next_counter(date_id, counts)
        rows = [_count_row(count, _common(date_id, count, counter, by, now)) for count in counts]
        if rows:
            await Headcount.insert(*rows).on_conflict(action="DO NOTHING")
    return [count.id for count in counts]


async def record_notes(date_id: UUID, notes: Sequence[Note], *, by: Actor, now: datetime) -> list[UUID]:
    """Like `record_marks`, for what is written to the office."""
    refuse_if(*map(rules.why_not_note, notes))
    async with transaction():
        await _event_of(date_id, now)
        counter = await _next_counter(date_id, notes)
        rows = [DateNote(text=clean(note.text), **_common(date_id, note, counter, by, now)) for note in notes]
        if rows:
            await DateNote.insert(*rows).on_conflict(action="DO NOTHING")
    return [note.id for note in notes]


async def _event_of(date_id: UUID, now: datetime) -> UUID:
    row = await EventDate.select(EventDate.event, EventDate.start).where(EventDate.id == date_id).first()
    if row is None:
        raise NotFound
    refuse_if(rules.why_not_record(row["start"], now))
    return UUID(str(row["event"]))


async def _events_of_registrations(marks: Iterable[Mark]) -> dict[UUID | None, UUID]:
    """A registration may have been erased while a phone was offline: it is missing here, its mark still counts."""
    wanted = list({mark.registration for mark in marks if mark.registration})
    if not wanted:
        return {}
    rows = await Registration.select(Registration.id, Registration.event).where(Registration.id.is_in(wanted))
    return {row["id"]: row["event"] for row in rows}


def _why_not_of_event(mark: Mark, event: UUID, events: dict[UUID | None, UUID]) -> Refusal | None:
    if mark.registration is None or events.get(mark.registration, event) == event:
        return None
    return Refusal("not_of_this_event", {"id": str(mark.id)})


async def _next_counter(date_id: UUID, facts: Sequence[Mark] | Sequence[Count] | Sequence[Note]) -> int:
    """What statements take that come with no counter of their own."""
    return 0 if all(fact.counter for fact in facts) else 1 + await highest_counter(date_id)


async def highest_counter(date_id: UUID) -> int:
    """Of everything said about the date; 0 while nothing is."""
    highest = [
        await table.select(table.counter)
        .where(table.event_date == date_id)
        .order_by(table.counter, ascending=False)
        .first()
        for table in (AttendanceMark, Headcount, DateNote)
    ]
    return max((row["counter"] for row in highest if row), default=0)


def _mark_row(mark: Mark, exists: bool, common: Mapping[str, Any]) -> AttendanceMark:
    """Who came without having signed up is named only if they agreed to it."""
    is_named = mark.consented or mark.source != "walk_in"
    return AttendanceMark(
        subject=mark.subject,
        registration=mark.registration if exists else None,
        mark=mark.mark,
        party=mark.party,
        name=one_line(mark.name) if is_named else "",
        organisation_name=one_line(mark.organisation_name),
        city=one_line(mark.city),
        source=mark.source,
        consented=mark.consented,
        **common,
    )


def _count_row(count: Count, common: Mapping[str, Any]) -> Headcount:
    return Headcount(
        station=one_line(count.station),
        scope=count.scope,
        dimension=count.dimension,
        value=one_line(count.value),
        heads=count.heads,
        **common,
    )


def _common(date_id: UUID, fact: Mark | Count | Note, counter: int, by: Actor, now: datetime) -> dict[str, Any]:
    return {
        "id": fact.id,
        "event_date": date_id,
        "device": fact.device,
        "counter": fact.counter or counter,
        "noted_at": rules.noted(fact, now),
        "received_at": now,
        "actor": str(by),
    }
