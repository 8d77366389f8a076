"""How an event stands while its seat lock is held: seats, quotas, places of options, who is registered already."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from events.kit.clock import BERLIN
from events.programme.queries import EventView, QuotaView, quotas_of
from events.programme.tables import Agreement, Organisation
from events.programme.views import Texts
from events.registration.rules import quotas_for
from events.registration.signup import Person, Seats
from events.registration.tables import Registration

TAKES_SEAT = (
    "(r.status = 'confirmed' OR (r.holds_seat AND r.hold_until > {} "
    "AND r.status IN ('unconfirmed', 'requested', 'offered')))"
)
ACTIVE = "r.status NOT IN ('cancelled', 'lapsed', 'declined')"


@dataclass
class Standing:
    """Counts as they are now; `take` keeps them true while several people of one sign-up are decided."""

    seats: Seats
    known: int  # registrations of the asked person keys that are active already
    quotas: tuple["QuotaRoom", ...] = ()
    options: Mapping[UUID, "OptionRoom"] = field(default_factory=dict)  # those with places of their own

    def has_seat_for(self, person: Person, organisation: "Belonging", now: datetime) -> bool:
        rooms = [room for room in self.quotas if room.counts(organisation, now)]
        fits = self.seats.fits(person.party) and all(person.party <= room.free for room in rooms)
        return fits and not self.full_option_of(person)

    def full_option_of(self, person: Person) -> UUID | None:
        """A chosen option that has no room for the person's party; None when all have."""
        chosen = [id for id in person.options if id in self.options]
        return next((id for id in chosen if self.options[id].free < person.party), None)

    def take(self, person: Person, organisation: "Belonging", now: datetime) -> None:
        self.add(person.party, organisation, person.options, now)

    def add(self, seats: int, organisation: "Belonging", options: Iterable[UUID], now: datetime) -> None:
        """`seats` more are taken (fewer when negative)."""
        self.seats = Seats(self.seats.capacity, self.seats.taken + seats, self.seats.waiting)
        for room in self.quotas:
            if room.counts(organisation, now):
                room.taken += seats
        for option in options:
            if option in self.options:
                self.options[option].taken += seats


@dataclass(frozen=True)
class Belonging:
    """An organisation a person comes from, with the bodies above it."""

    organisations: frozenset[object] = frozenset()
    kind: str = ""

    def is_covered(self, bodies: frozenset[object] | None) -> bool:
        """`bodies` have an agreement; None where nobody asks for one."""
        return bodies is None or bool(self.organisations & bodies)


NOWHERE = Belonging()


@dataclass
class QuotaRoom:
    quota: QuotaView
    taken: int

    @property
    def free(self) -> int:
        return self.quota.places - self.taken

    def counts(self, belonging: Belonging, now: datetime) -> bool:
        return bool(quotas_for((self.quota,), belonging.organisations, belonging.kind, now))


@dataclass
class OptionRoom:
    """Seats of an option, such as a working group of a symposium."""

    text: Texts
    places: int
    taken: int

    @property
    def free(self) -> int:
        return self.places - self.taken


async def standings(events: Iterable[EventView], keys: Sequence[str], now: datetime) -> dict[UUID, Standing]:
    """One statement; two more where places are divided among organisations, one where options have places.

    Call it after `lock_events`.
    """
    by_id = {event.id: event for event in events}
    rows = await _counted(list(by_id), keys, now)
    divided = [row["event"] for row in rows if row["quotas"]]
    rooms = await _quota_rooms(divided, now) if divided else {}
    limited = [row["event"] for row in rows if row["limited"]]
    options = await _option_rooms(limited, now) if limited else {}
    return {
        row["event"]: Standing(
            Seats(by_id[row["event"]].capacity, row["taken"], row["waiting"]),
            row["known"],
            rooms.get(row["event"], ()),
            options.get(row["event"], {}),
        )
        for row in rows
    }


async def _counted(events: list[UUID], keys: Sequence[str], now: datetime) -> list[dict[str, Any]]:
    key_marks = ", ".join("{}" for _ in keys) or "''"
    event_marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        f"SELECT e.id AS event, COALESCE(SUM(CASE WHEN {TAKES_SEAT} THEN r.party END), 0) AS taken, "
        "COALESCE(SUM(CASE WHEN r.status = 'waiting' THEN 1 END), 0) AS waiting, "
        f"COALESCE(SUM(CASE WHEN r.person_key IN ({key_marks}) AND {ACTIVE} THEN 1 END), 0) AS known, "
        "(SELECT COUNT(*) FROM quota WHERE quota.event = e.id) AS quotas, "
        "(SELECT COUNT(*) FROM question q JOIN answer_option o ON o.question = q.id "
        "WHERE q.event = e.id AND o.places IS NOT NULL) AS limited "
        f"FROM event e LEFT JOIN registration r ON r.event = e.id WHERE e.id IN ({event_marks}) GROUP BY e.id",
        now,
        *keys,
        *events,
    )
    return [{**row, "event": UUID(str(row["event"]))} for row in rows]


async def _quota_rooms(events: list[UUID], now: datetime) -> dict[UUID, tuple[QuotaRoom, ...]]:
    quotas = await quotas_of(events)
    marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        "SELECT r.event AS event, o.id AS organisation, o.parent AS parent, o.kind AS kind, SUM(r.party) AS party "
        "FROM registration r JOIN participant p ON p.id = r.participant JOIN organisation o ON o.id = p.organisation "
        f"WHERE r.event IN ({marks}) AND {TAKES_SEAT} GROUP BY r.event, o.id, o.parent, o.kind",
        *events,
        now,
    )
    return {
        event: tuple(QuotaRoom(quota, _taken(quota, event, rows, now)) for quota in of) for event, of in quotas.items()
    }


async def _option_rooms(events: list[UUID], now: datetime) -> dict[UUID, dict[UUID, OptionRoom]]:
    marks = ", ".join("{}" for _ in events)
    rows = await Registration.raw(
        "SELECT o.id AS id, q.event AS event, o.text AS text, o.places AS places, "
        f"COALESCE(SUM(CASE WHEN {TAKES_SEAT} THEN r.party END), 0) AS taken "
        "FROM question q JOIN answer_option o ON o.question = q.id LEFT JOIN answer a ON a.option = o.id "
        f"LEFT JOIN registration r ON r.id = a.registration WHERE q.event IN ({marks}) AND o.places IS NOT NULL "
        "GROUP BY o.id, q.event",
        now,
        *events,
    )
    found: dict[UUID, dict[UUID, OptionRoom]] = {}
    for row in rows:
        room = OptionRoom(json.loads(row["text"]), row["places"], row["taken"])
        found.setdefault(UUID(str(row["event"])), {})[UUID(str(row["id"]))] = room
    return found


def _taken(quota: QuotaView, event: UUID, rows: list[dict[str, Any]], now: datetime) -> int:
    room = QuotaRoom(quota, 0)
    return sum(row["party"] for row in rows if UUID(str(row["event"])) == event and room.counts(_belonging(row), now))


async def covered_bodies(events: Iterable[EventView]) -> dict[UUID, frozenset[object]]:
    """By event that asks for an agreement, the organisations that have one on its first day; the others are missing.

    One statement, none where nobody asks for agreements.
    """
    asking = [event for event in events if event.policy.agreement == "required"]
    if not asking:
        return {}
    known = await Agreement.select().where(Agreement.programme.is_in([event.programme_id for event in asking]))
    return {event.id: frozenset(row["organisation"] for row in known if _is_valid(row, event)) for event in asking}


def _is_valid(agreement: dict[str, Any], event: EventView) -> bool:
    if agreement["programme"] != event.programme_id or event.starts_at is None:
        return False
    day, end = event.starts_at.astimezone(BERLIN).date(), agreement["ends_on"]
    return agreement["starts_on"] <= day and (end is None or day <= end)


async def belongings(people: Iterable[Person]) -> dict[UUID | None, Belonging]:
    """Where the people of a sign-up come from; no statement when nobody named an organisation of our list."""
    ids = [person.organisation for person in people if person.organisation is not None]
    if not ids:
        return {None: NOWHERE}
    rows = await Organisation.select(
        Organisation.id.as_alias("organisation"), Organisation.parent, Organisation.kind
    ).where(Organisation.id.is_in(ids))
    return {None: NOWHERE, **{row["organisation"]: _belonging(row) for row in rows}}


def _belonging(row: dict[str, Any]) -> Belonging:
    ids = (row["organisation"], row["parent"])
    return Belonging(frozenset(UUID(str(id)) for id in ids if id is not None), row["kind"])
