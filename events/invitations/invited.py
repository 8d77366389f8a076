"""What is asked about invitations: those of an event with what became of them, the one behind a mailed link."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from events.invitations.tables import Invitation
from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.registration.signup import full_name
from events.registration.status import is_active
from events.registration.tables import Registration
from events.settings import settings


@dataclass(frozen=True)
class InvitationView:
    """`seats`: active registrations by status; `people`: who is registered by it. Places only held name nobody."""

    id: UUID
    event_id: UUID
    email: str
    given_name: str
    family_name: str
    organisation_id: UUID | None
    organisation_name: str
    language: str
    places: int
    hold_until: datetime | None
    status: str
    reason: str
    booking_id: UUID | None
    created_at: datetime
    invited_at: datetime | None
    reminded_at: datetime | None
    answered_at: datetime | None
    link_version: int
    seats: Mapping[str, int]
    people: tuple[str, ...]

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def is_silent(self) -> bool:
        """Was asked and has not answered."""
        return self.status == "invited"


async def invitations_of(event_id: UUID) -> list[InvitationView]:
    """By institution and name; two statements however many."""
    return await _views("i.event = {}", event_id)


async def invitation_by_id(id: UUID) -> InvitationView | None:
    found = await _views("i.id = {}", id)
    return found[0] if found else None


async def silent_invitations(event_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many were asked and have not answered, by event; those with none are missing."""
    ids = list(event_ids)
    if not ids:
        return {}
    marks = ", ".join("{}" for _ in ids)
    rows = await Invitation.raw(
        "SELECT i.event AS event, COUNT(*) AS silent FROM invitation i "
        f"WHERE i.status = 'invited' AND i.event IN ({marks}) GROUP BY i.event",
        *ids,
    )
    return {UUID(str(row["event"])): row["silent"] for row in rows}


def invitation_token(id: UUID, version: int) -> str:
    return links.derive(settings().secret_key, "invitation", id, version)


def invitation_address(id: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/einladung/{invitation_token(id, version)}"


async def invitation_behind(token: str) -> UUID:
    """Raises NotFound for what we never gave out and Gone for a link that was renewed."""
    given = links.read(token)
    if given is None:
        raise NotFound
    row = await Invitation.select(Invitation.link_version).where(Invitation.id == given.id).first()
    answer = links.check(settings().secret_key, "invitation", token, row["link_version"]) if row else "unknown"
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return given.id


async def _views(where: str, value: UUID) -> list[InvitationView]:
    rows = await Invitation.raw(_LIST.replace("WHERE_", where), value)
    people = await _people([UUID(str(row["booking_id"])) for row in rows if row["booking_id"]])
    return [_view(row, people.get(_id(row["booking_id"]), ())) for row in rows]


def _id(stored: object) -> UUID | None:
    return UUID(str(stored)) if stored else None


async def _people(bookings: Sequence[UUID]) -> dict[UUID | None, list[dict[str, Any]]]:
    """By booking, those who are registered; a booking of an invitation is for its event only."""
    found: dict[UUID | None, list[dict[str, Any]]] = {}
    for start in range(0, len(bookings), 500):
        some = bookings[start : start + 500]
        marks = ", ".join("{}" for _ in some)
        for row in await Registration.raw(_PEOPLE.replace("MARKS", marks), *some):
            if is_active(row["status"]):
                found.setdefault(UUID(str(row["booking"])), []).append(row)
    return found


def _view(row: dict[str, Any], people: Sequence[dict[str, Any]]) -> InvitationView:
    seats = Counter(one["status"] for one in people)
    # Without a key nobody has been named yet.
    names = [full_name(one["given_name"], one["family_name"]) for one in people if one["person_key"]]
    return InvitationView(
        **{name: row[name] for name in _PLAIN},
        id=UUID(str(row["id"])),
        event_id=UUID(str(row["event_id"])),
        organisation_id=_id(row["organisation_id"]),
        booking_id=_id(row["booking_id"]),
        organisation_name=row["known_name"] or row["organisation_name"],
        seats=dict(seats),
        people=tuple(names),
    )


_COMPUTED = ("id", "event_id", "organisation_id", "booking_id", "organisation_name", "seats", "people")
_PLAIN = tuple(field.name for field in fields(InvitationView) if field.name not in _COMPUTED)
_LIST = (
    "SELECT i.id AS id, i.event AS event_id, i.email, i.given_name, i.family_name, i.organisation AS organisation_id, "
    "i.organisation_name, o.name AS known_name, i.language, i.places, i.hold_until, i.status, i.reason, "
    "i.booking AS booking_id, i.created_at, i.invited_at, i.reminded_at, i.answered_at, i.link_version "
    "FROM invitation i LEFT JOIN organisation o ON o.id = i.organisation WHERE WHERE_ "
    "ORDER BY COALESCE(o.name, i.organisation_name), i.family_name, i.given_name, i.email"
)
_PEOPLE = (
    "SELECT r.booking AS booking, r.status, r.person_key, p.given_name, p.family_name FROM registration r "
    "JOIN participant p ON p.id = r.participant WHERE r.booking IN (MARKS) ORDER BY p.position"
)
