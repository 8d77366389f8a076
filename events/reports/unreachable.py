"""Who is behind addresses that take no mail: people with what they come to, whoever waits for us, colleagues."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.accounts.tables import StaffMember
from events.contacts.tables import Contact
from events.invitations.tables import Invitation
from events.kit.addresses import address_key
from events.kit.text import fold
from events.programme.queries import EventView, events_by_ids
from events.registration.signup import full_name
from events.registration.status import ACTIVE
from events.registration.tables import DateWish, Participant


@dataclass(frozen=True)
class Attends:
    """One registration that is still to come; `id` is the registration's."""

    id: UUID
    event: EventView
    status: str


@dataclass(frozen=True)
class Behind:
    """A person. `is_contact`: the address is not theirs, they were registered from it."""

    name: str
    phone: str
    organisation_name: str
    is_contact: bool
    attends: tuple[Attends, ...]


@dataclass(frozen=True)
class Awaited:
    """Somebody who is invited and has not answered, or (nameless) who waits for the event to get a date."""

    name: str
    event: EventView
    is_invited: bool


@dataclass(frozen=True)
class Everybody:
    """All that is known behind one address. `contact`: the name of somebody in the Verteiler, perhaps empty."""

    people: tuple[Behind, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    contact: str | None = None
    colleague: str | None = None

    @property
    def only_invited(self) -> list[str]:
        """Names of those we know from an invitation alone, each once."""
        known = {one.name for one in self.people}
        return list(dict.fromkeys(one.name for one in self.awaited if one.is_invited and one.name not in known))

    @property
    def is_nobody(self) -> bool:
        return not self.people and not self.awaited and self.contact is None and self.colleague is None


async def behind(addresses: Collection[str], now: datetime) -> Mapping[str, Everybody]:
    """By address, in a fixed number of statements however many there are."""
    wanted = list(addresses)
    if not wanted:
        return {}
    marks = ", ".join("{}" for _ in wanted)
    people = await Participant.raw(_PEOPLE.replace("(IN)", f"({marks})"), *wanted, *wanted)
    awaited = await _awaited(wanted)
    contacts = await Contact.select(Contact.email, Contact.name).where(
        Contact.email.is_in(wanted), Contact.left_at.is_null()
    )
    staff = await StaffMember.select(StaffMember.email, StaffMember.name).where(StaffMember.email.is_in(wanted))
    ids = {_id(row["event"]) for row in people if row["event"]} | {row["event"] for row in awaited}
    coming = {id: event for id, event in (await events_by_ids(ids, partners=False)).items() if not event.is_over(now)}
    return {
        address: Everybody(
            people=_people([row for row in people if _is_behind(row, address)], address, coming),
            awaited=tuple(
                Awaited(full_name(row["given_name"], row["family_name"]), coming[row["event"]], row["is_invited"])
                for row in awaited
                if row["address_key"] == address_key(address) and row["event"] in coming
            ),
            contact={row["email"]: row["name"] for row in contacts}.get(address),
            colleague={row["email"]: row["name"] for row in staff}.get(address),
        )
        for address in wanted
    }


async def _awaited(addresses: Sequence[str]) -> list[dict[str, Any]]:
    """Whoever has accepted is among the people."""
    one = Invitation
    invited = await one.select(one.address_key, one.given_name, one.family_name, one.event).where(
        one.address_key.is_in([address_key(address) for address in addresses]), one.status == "invited"
    )
    wishes = await DateWish.select(DateWish.email, DateWish.event).where(DateWish.email.is_in(list(addresses)))
    nameless = {"given_name": "", "family_name": "", "is_invited": False}
    return [row | {"is_invited": True} for row in invited] + [
        nameless | {"address_key": address_key(row["email"]), "event": row["event"]} for row in wishes
    ]


def _is_behind(row: Mapping[str, Any], address: str) -> bool:
    return address in (row["email"], row["contact_email"])


def _people(rows: Sequence[dict[str, Any]], address: str, coming: Mapping[UUID, EventView]) -> tuple[Behind, ...]:
    """Whoever signed up several times is one person; the rows are sorted by time."""
    grouped: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for row in rows:
        is_contact = row["email"] not in ("", address)
        grouped.setdefault((fold(full_name(row["given_name"], row["family_name"])), is_contact), []).append(row)
    return tuple(_person(of, is_contact, coming) for (_name, is_contact), of in grouped.items())


def _person(rows: Sequence[dict[str, Any]], is_contact: bool, coming: Mapping[UUID, EventView]) -> Behind:
    newest = rows[-1]
    attends = [
        Attends(_id(row["registration"]), coming[_id(row["event"])], row["status"])
        for row in rows
        if row["event"] and _id(row["event"]) in coming
    ]
    return Behind(
        name=full_name(newest["given_name"], newest["family_name"]),
        phone=next((row["phone"] for row in reversed(rows) if row["phone"]), ""),
        organisation_name=newest["known_name"] or newest["organisation_name"],
        is_contact=is_contact,
        attends=tuple(sorted(attends, key=_start)),
    )


def _start(one: Attends) -> float:
    """What has no date yet comes last."""
    return one.event.starts_at.timestamp() if one.event.starts_at else float("inf")


def _id(value: object) -> UUID:
    return UUID(str(value))


_PEOPLE = (
    "SELECT p.given_name, p.family_name, p.phone, p.email, p.organisation_name, o.name AS known_name, "
    "b.contact_email, b.created_at, r.id AS registration, r.status, r.event AS event "
    "FROM (SELECT id FROM participant WHERE email IN (IN) UNION SELECT p.id FROM participant p "
    "JOIN booking b ON b.id = p.booking WHERE b.contact_email IN (IN)) found "
    "JOIN participant p ON p.id = found.id JOIN booking b ON b.id = p.booking "
    "LEFT JOIN organisation o ON o.id = p.organisation "
    f"LEFT JOIN registration r ON r.participant = p.id AND r.status IN {tuple(sorted(ACTIVE))} "
    "ORDER BY b.created_at, p.position"
)
