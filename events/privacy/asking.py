"""Who asks about their own data (Art. 15 DSGVO): which sign-ups are meant, by address or by name and phone."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.kit.addresses import address_key
from events.kit.text import fold
from events.registration.signup import full_name
from events.registration.tables import Booking, Participant


@dataclass(frozen=True)
class Asked:
    """What somebody says about themselves. With an address, name and phone only narrow down who is meant."""

    email: str = ""
    name: str = ""
    phone: str = ""

    @property
    def is_enough(self) -> bool:
        """A name alone is shared by many: it takes the phone number that was given with it."""
        return bool(self.email or (self.name and self.phone))


@dataclass(frozen=True)
class Match:
    """A whole booking, or one person of it where the others in it are somebody else."""

    booking_id: UUID
    participant_id: UUID | None = None


async def matches(asked: Asked) -> tuple[Match, ...]:
    """Two statements. In the order the bookings came in; nothing when it is not enough to tell who is meant."""
    if not asked.is_enough:
        return ()
    rows = [
        row for row in await _rows(_at(asked.email) if asked.email else _named(asked.name)) if _is_meant(row, asked)
    ]
    meant: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        meant[row["booking"]].append(row["id"])
    sizes = await _sizes(list(meant))
    contacts = {row["booking"]: row["contact_email"] for row in rows}
    found: list[Match] = []
    for booking, people in meant.items():
        if len(people) >= sizes[booking] and _is_theirs(contacts[booking], asked.email):
            found.append(Match(booking))
        else:
            found += [Match(booking, person) for person in people]
    return tuple(found)


def _at(email: str) -> Combinable:
    booked = Booking.select(Booking.id).where(WhereRaw("LOWER(contact_email) = {}", email.lower()))
    return Participant.booking.is_in(booked) | WhereRaw("LOWER(email) = {}", email.lower())


def _named(name: str) -> Combinable:
    word = max(fold(name).split(), key=len, default="")
    return Participant.found_by.like(f"%{word.replace('%', '_')}%") & (Participant.phone != "")


async def _rows(where: Combinable) -> Sequence[Mapping[str, Any]]:
    person = Participant
    contact = person.booking.contact_email.as_alias("contact_email")
    columns = (person.id, person.booking, person.given_name, person.family_name, person.email, person.phone, contact)
    rows = await person.select(*columns, person.booking.created_at.as_alias("at")).where(where)
    return sorted(rows, key=lambda row: (row["at"], row["id"]))


def _is_meant(row: Mapping[str, Any], asked: Asked) -> bool:
    if asked.email and not any(_is_theirs(row[name], asked.email) and row[name] for name in ("email", "contact_email")):
        return False
    named = fold(full_name(row["given_name"], row["family_name"])).split()
    if asked.name and not set(fold(asked.name).split()) <= set(named):
        return False
    return not asked.phone or _digits(row["phone"]) == _digits(asked.phone)


def _is_theirs(stored: str, asked: str) -> bool:
    return not stored or not asked or address_key(stored) == address_key(asked)


def _digits(phone: str) -> str:
    """As it is dialled here: "+49 2361 53" and "02361/53" are one."""
    return re.sub(r"\D", "", re.sub(r"^\s*(\+|00)\s*49\D*0?", "0", phone))


async def _sizes(bookings: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many people a booking has of whom anything is left that is their own."""
    if not bookings:
        return {}
    rows = await Participant.select(Participant.booking).where(
        Participant.booking.is_in(list(bookings)), (Participant.found_by != "") | (Participant.email != "")
    )
    found: dict[UUID, int] = defaultdict(int)
    for row in rows:
        found[row["booking"]] += 1
    return found
