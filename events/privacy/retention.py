"""What is due to be erased: people whose time is over and why, and who waits because nobody has counted them yet."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads
from typing import Any, cast
from uuid import UUID

from piccolo.columns.combination import WhereRaw

from events.kit.database import any_of
from events.privacy.beside_sign_ups import Beside, due_beside
from events.privacy.by_age import Found, due_by_age
from events.privacy.over import events_over
from events.privacy.rules import CANCELLED_FOR, NEEDS_FOR, UNCONFIRMED_FOR, due_at, why_due
from events.programme.policy import effective_policy
from events.programme.tables import Event, Question
from events.registration.tables import Answer, Participant, Registration

SHORTEST = timedelta(days=7)
"""No registration is due earlier than this after its last change: those are not even read."""


@dataclass(frozen=True)
class DuePerson:
    """`whole`: everybody of the booking is due. `why` is a code of `wording.WHY_DUE`."""

    participant_id: UUID
    booking_id: UUID
    whole: bool
    why: str


@dataclass(frozen=True)
class Due:
    """`waiting`: people who are due but whose attendance no closed date has counted yet, by event."""

    people: tuple[DuePerson, ...]
    needs: tuple[UUID, ...]
    answers: tuple[UUID, ...]
    waiting: Mapping[UUID, int]
    beside: Beside
    by_age: Found

    @property
    def by_reason(self) -> Mapping[str, int]:
        return Counter(one.why for one in self.people)

    @property
    def is_nothing(self) -> bool:
        return not (self.people or self.needs or self.answers or self.by_age) and self.beside.is_nothing


Row = Mapping[str, Any]


async def due(now: datetime, *, by_age_too: bool = True) -> Due:
    """The number of statements is fixed. Without what goes by age it is half of them."""
    over = await events_over(now)
    rows = [_with_moment(row) for row in await _registrations(await _bookings(over, now))]
    people = _due_people(rows, now)
    due_people = {one.participant_id for one in people}
    uncounted = await _uncounted([row["id"] for row in rows if row["participant"] in due_people])
    held = {row["participant"] for row in rows if row["id"] in uncounted}
    waiting = Counter(row["event"] for row in rows if row["id"] in uncounted)
    # Whoever is in a booking with somebody who waits is erased alone.
    split = {one.booking_id for one in people if one.participant_id in held}
    ready = [
        DuePerson(one.participant_id, one.booking_id, one.whole and one.booking_id not in split, one.why)
        for one in people
        if one.participant_id not in held
    ]
    # Of whoever is erased alone already, only the address of the whole booking is left.
    left = {row["participant"] for row in rows if row["found_by"] or row["phone"]}
    todo = tuple(one for one in ready if one.whole or one.participant_id in left)
    beside = await due_beside(over)
    by_age = await due_by_age(now) if by_age_too else {}
    return Due(todo, await _needs(now), await _answers(now), waiting + Counter(beside.waiting), beside, by_age)


def _due_people(rows: Sequence[Row], now: datetime) -> list[DuePerson]:
    """Somebody is due when all their registrations are; the reason is that of the last one."""
    of_person: dict[UUID, list[Row]] = defaultdict(list)
    of_booking: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        of_person[row["participant"]].append(row)
        of_booking[row["booking"]].add(row["participant"])
    found = {}
    for person, theirs in of_person.items():
        if all(one["due_at"] is not None and one["due_at"] <= now for one in theirs):
            found[person] = max(theirs, key=lambda one: one["due_at"])
    return [
        DuePerson(person, last["booking"], of_booking[last["booking"]] <= found.keys(), why_due(last["status"]))
        for person, last in found.items()
    ]


async def _bookings(over: Sequence[UUID], now: datetime) -> list[UUID]:
    """In which at least one sign-up is due and something personal is left; found along indexes, not one by one."""
    ended = (now - CANCELLED_FOR, now - UNCONFIRMED_FOR)
    rows = await Registration.raw(
        f"SELECT r.booking AS id FROM registration r {_PERSON} WHERE {_ENDED} AND ({_NAMED}) "
        f"UNION SELECT r.booking AS id FROM registration r {_BOOKING} WHERE {_ENDED} AND {_REACHABLE} "
        f"UNION SELECT r.booking AS id FROM registration r {_PERSON} {_BOOKING} "
        f"WHERE ({_NAMED} OR {_REACHABLE}) AND {{}}",
        *ended,
        *ended,
        any_of("r.event", over).querystring,
    )
    return [row["id"] for row in rows]


_ENDED = (
    "r.status IN ('cancelled', 'declined', 'lapsed', 'unconfirmed') AND r.erased_at IS NULL AND ("
    "(r.status IN ('cancelled', 'declined') AND r.changed_at <= {}) OR "
    "(r.status IN ('lapsed', 'unconfirmed') AND r.registered_at <= {}))"
)
"""As its index names them: with parameters it would not be used. The pairs are `rules.GIVEN_UP`, `NEVER_CONFIRMED`."""

_PERSON = "JOIN participant p ON p.id = r.participant"
_BOOKING = "JOIN booking b ON b.id = r.booking"
_NAMED = "p.found_by <> '' OR p.phone <> ''"
_REACHABLE = "b.contact_email <> ''"


async def _registrations(bookings: Sequence[UUID]) -> list[dict[str, Any]]:
    """Of everybody in them of whom something personal is left."""
    if not bookings:
        return []
    named = (Registration.participant.found_by != "") | (Registration.participant.phone != "")
    left = named | (Registration.booking.contact_email != "")
    return await Registration.select(
        Registration.id, Registration.booking, Registration.participant, Registration.event, Registration.status,
        Registration.registered_at, Registration.changed_at,
        Registration.participant.found_by.as_alias("found_by"), Registration.participant.phone.as_alias("phone"),
        Registration.event.ends_at.as_alias("ends_at"), Registration.event.policy.as_alias("policy"),
        "event.programme.policy",
    ).where(any_of('"registration"."booking"', bookings), left)  # fmt: skip


def _with_moment(row: dict[str, Any]) -> Row:
    policy = effective_policy(row["event.programme.policy"], row["policy"])
    moment = due_at(row["status"], row["registered_at"], row["changed_at"], row["ends_at"], policy.keep_days)
    return {**row, "due_at": moment}


async def _uncounted(registrations: Sequence[UUID]) -> set[UUID]:
    """Those about whom something was noted on a date that took place and is not closed."""
    if not registrations:
        return set()
    rows = await Registration.raw(_UNCOUNTED, any_of("m.subject", registrations).querystring)
    return {UUID(str(row["id"])) for row in rows}


_UNCOUNTED = (
    "SELECT DISTINCT m.subject AS id FROM attendance_mark m JOIN event_date d ON d.id = m.event_date "
    "JOIN event e ON e.id = d.event "
    "WHERE m.counted_in IS NULL AND NOT d.cancelled AND e.status <> 'called_off' AND {}"
)


async def _needs(now: datetime) -> tuple[UUID, ...]:
    """People whose last event is over for so long that nobody prepares anything for them any more."""
    asked = Participant.select(Participant.id).where(WhereRaw("CAST(needs AS VARCHAR(500)) <> '[]'"))
    rows = await Registration.select(
        Registration.participant, Registration.event.ends_at.as_alias("ends_at")
    ).where(Registration.participant.is_in(asked))  # fmt: skip
    last: dict[UUID, list[datetime | None]] = defaultdict(list)
    for row in rows:
        last[row["participant"]].append(row["ends_at"])
    over = now - NEEDS_FOR
    return tuple(person for person, ends in last.items() if all(end is not None and end <= over for end in ends))


async def _answers(now: datetime) -> tuple[UUID, ...]:
    """Answers that are kept no longer than their question says; the days count from the end of the event."""
    rows = await Question.select(Question.id, Question.keep_days, Question.event.ends_at.as_alias("ends_at")).where(
        Question.event.ends_at.is_not_null()
    )
    over = [row["id"] for row in rows if row["ends_at"] + timedelta(days=row["keep_days"]) <= now]
    if not over:
        return ()
    found = await Answer.select(Answer.id).where(Answer.question.is_in(over))
    return cast(tuple[UUID, ...], tuple(row["id"] for row in found))


async def titles_of_waiting(waiting: Mapping[UUID, int]) -> list[tuple[UUID, Mapping[str, str], int]]:
    """Event, its title by language, and how many people wait for its dates to be closed."""
    rows = await Event.select(Event.id, Event.title).where(Event.id.is_in(list(waiting))) if waiting else []
    return [(row["id"], loads(row["title"]), waiting[row["id"]]) for row in rows]
