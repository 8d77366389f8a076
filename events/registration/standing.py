"""How an event stands while its seat lock is held: seats, quotas, who is registered already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.programme.queries import EventView, QuotaView, quotas_of
from events.programme.tables import Organisation
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

    def has_seat_for(self, person: Person, organisation: "Belonging", now: datetime) -> bool:
        rooms = [room for room in self.quotas if room.counts(organisation, now)]
        return self.seats.fits(person.party) and all(person.party <= room.free for room in rooms)

    def take(self, person: Person, organisation: "Belonging", now: datetime) -> None:
        self.seats = Seats(self.seats.capacity, self.seats.taken + person.party, self.seats.waiting)
        for room in self.quotas:
            if room.counts(organisation, now):
                room.taken += person.party


@dataclass(frozen=True)
class Belonging:
    """An organisation a person comes from, with the bodies above it."""

    organisations: frozenset[object] = frozenset()
    kind: str = ""


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


async def standings(events: Iterable[EventView], keys: Sequence[str], now: datetime) -> dict[UUID, Standing]:
    """One statement, two more where places are divided among organisations. Call it after `lock_events`."""
    by_id = {event.id: event for event in events}
    rows = await _counted(list(by_id), keys, now)
    divided = [row["event"] for row in rows if row["quotas"]]
    rooms = await _quota_rooms(divided, now) if divided else {}
    return {
        row["event"]: Standing(
            Seats(by_id[row["event"]].capacity, row["taken"], row["waiting"]), row["known"], rooms.get(row["event"], ())
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
        "(SELECT COUNT(*) FROM quota WHERE quota.event = e.id) AS quotas "
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


def _taken(quota: QuotaView, event: UUID, rows: list[dict[str, Any]], now: datetime) -> int:
    room = QuotaRoom(quota, 0)
    return sum(row["party"] for row in rows if UUID(str(row["event"])) == event and room.counts(_belonging(row), now))


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
