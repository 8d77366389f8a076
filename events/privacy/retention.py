"""What is due to be erased: people whose time is over and why, and who waits because nobody has counted them yet."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads
from typing import Any, cast
from uuid import UUID

from piccolo.columns.combination import WhereRaw

from events.privacy.beside_sign_ups import Beside, due_beside
from events.privacy.by_age import Found, due_by_age
from events.privacy.rules import NEEDS_FOR, due_at, why_due
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


async def due(now: datetime) -> Due:
    """The number of statements is fixed."""
    rows = [_with_moment(row) for row in await _registrations()]
    people = _due_people(rows, now)
    uncounted = await _uncounted(
        [row["id"] for row in rows if row["participant"] in {one.participant_id for one in people}]
    )
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
    beside = await due_beside(now)
    by_age = await due_by_age(now)
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


async def _registrations() -> list[dict[str, Any]]:
    """Of everybody of whom something personal is left."""
    named = (Registration.participant.found_by != "") | (Registration.participant.phone != "")
    return await Registration.select(
        Registration.id, Registration.booking, Registration.participant, Registration.event, Registration.status,
        Registration.registered_at, Registration.changed_at,
        Registration.participant.found_by.as_alias("found_by"), Registration.participant.phone.as_alias("phone"),
        Registration.event.ends_at.as_alias("ends_at"), Registration.event.policy.as_alias("policy"),
        "event.programme.policy",
    ).where(named | (Registration.booking.contact_email != ""))  # fmt: skip


def _with_moment(row: dict[str, Any]) -> Row:
    policy = effective_policy(row["event.programme.policy"], row["policy"])
    moment = due_at(row["status"], row["registered_at"], row["changed_at"], row["ends_at"], policy.keep_days)
    return {**row, "due_at": moment}


async def _uncounted(registrations: Sequence[UUID]) -> set[UUID]:
    """Those about whom something was noted on a date that took place and is not closed."""
    found: set[UUID] = set()
    for start in range(0, len(registrations), 500):
        some = registrations[start : start + 500]
        rows = await Registration.raw(_UNCOUNTED.replace("IDS", ", ".join(["{}"] * len(some))), *some)
        found |= {UUID(str(row["id"])) for row in rows}
    return found


_UNCOUNTED = (
    "SELECT DISTINCT m.subject AS id FROM attendance_mark m JOIN event_date d ON d.id = m.event_date "
    "JOIN event e ON e.id = d.event "
    "WHERE m.counted_in IS NULL AND NOT d.cancelled AND e.status <> 'called_off' AND m.subject IN (IDS)"
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
