"""People over all events: finding them, and what one of them is or was registered for. Nothing is changed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.kit.text import fold, spellings
from events.programme.queries import EventView, events_by_ids
from events.registration.signup import full_name
from events.registration.tables import Booking, Participant, Registration

MOST = 100
"""People on the page: who searches types one more word."""

SHORTEST = 2
"""Letters of a word; with fewer everybody would be found."""


@dataclass(frozen=True)
class Attended:
    """One registration of somebody."""

    registration_id: UUID
    event: EventView
    status: str
    party: int
    registered_at: datetime


@dataclass(frozen=True)
class FoundPerson:
    """One row of people: the same human may have several, one for each booking. `keys` recognise them again."""

    id: UUID
    name: str
    email: str
    phone: str
    organisation_name: str
    city: str
    keys: frozenset[str]
    registrations: tuple[Attended, ...]

    @property
    def last_at(self) -> datetime | None:
        return max((one.registered_at for one in self.registrations), default=None)


async def find_people(text: str, only: Collection[UUID] | None = None) -> list[FoundPerson]:
    """Those with every word in name, address, organisation or city; the newest first. `only`: of these events.

    Two statements and those of the events. At most `MOST`.
    """
    words = [word for word in text.split() if sum(sign.isalnum() for sign in fold(word)) >= SHORTEST]
    if not words or (only is not None and not only):
        return []
    wanted: list[Combinable] = [_has(word) for word in words]
    if only is not None:
        theirs = Registration.select(Registration.participant).where(Registration.event.is_in(list(only)))
        wanted.append(Participant.id.is_in(theirs))
    rows = await _rows(*wanted)
    return await _people(rows, only)


async def person_by_id(id: UUID, only: Collection[UUID] | None = None) -> FoundPerson | None:
    """None, too, when nothing of theirs belongs to `only`."""
    found = await _people(await _rows(Participant.id == id), only)
    return found[0] if found and (only is None or found[0].registrations) else None


async def others_like(person: FoundPerson, only: Collection[UUID] | None = None) -> list[FoundPerson]:
    """Other rows that are, or may be, the same human: recognised again, or of the same name."""
    rows: dict[UUID, Mapping[str, Any]] = {}
    if person.keys:
        by_key = Registration.select(Registration.participant).where(Registration.person_key.is_in(sorted(person.keys)))
        rows |= {row["id"]: row for row in await _rows(Participant.id.is_in(by_key))}
    if person.name:
        # Apart, because the databases find the beginning of a text by its index only when nothing else is asked.
        named = Participant.found_by.like(f"{_plain(fold(person.name))}%")
        rows |= {row["id"]: row for row in await _rows(named)}
    rows.pop(person.id, None)
    found = await _people(list(rows.values()), only)
    return [one for one in found if fold(one.name) == fold(person.name) or one.keys & person.keys]


def _has(word: str) -> Combinable:
    """In what the person said, however it is spelled, or in the address of whoever signed them up."""
    contacts = Booking.select(Booking.id).where(WhereRaw("LOWER(contact_email) LIKE {}", f"%{_plain(fold(word))}%"))
    said = [Participant.found_by.like(f"%{_plain(one)}%") for one in spellings(word)]
    return reduce(or_, said, Participant.booking.is_in(contacts))


async def _rows(*where: Combinable) -> Sequence[Mapping[str, Any]]:
    return await (
        Participant.select(*Participant.all_columns(), Participant.organisation.name.as_alias("known_organisation"))
        .where(*where)
        .order_by(Participant.id)
        .limit(MOST)
    )


async def _people(rows: Sequence[Mapping[str, Any]], only: Collection[UUID] | None) -> list[FoundPerson]:
    ids = [row["id"] for row in rows]
    registrations = await Registration.select().where(Registration.participant.is_in(ids)) if ids else []
    seen = [one for one in registrations if only is None or one["event"] in only]
    events = await events_by_ids({one["event"] for one in seen}, partners=False)
    found = [_person(row, [one for one in seen if one["participant"] == row["id"]], events) for row in rows]
    shown = [one for one in found if one.registrations or only is None]
    return sorted(
        shown, key=lambda one: (one.last_at is None, -(one.last_at.timestamp() if one.last_at else 0), one.name)
    )


def _person(
    row: Mapping[str, Any], registrations: list[dict[str, Any]], events: Mapping[UUID, EventView]
) -> FoundPerson:
    attended = [
        Attended(one["id"], events[one["event"]], one["status"], one["party"], one["registered_at"])
        for one in registrations
    ]
    return FoundPerson(
        id=row["id"],
        name=full_name(row["given_name"], row["family_name"]),
        email=row["email"],
        phone=row["phone"],
        organisation_name=row["known_organisation"] or row["organisation_name"],
        city=row["city"],
        keys=frozenset(one["person_key"] for one in registrations if one["person_key"]),
        registrations=tuple(sorted(attended, key=lambda one: one.registered_at, reverse=True)),
    )


def _plain(word: str) -> str:
    """Signs that LIKE takes for others are looked for by any one sign: the database finds a little more."""
    return word.replace("\\", "_").replace("%", "_")
