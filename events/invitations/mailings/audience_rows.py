"""The people a mailing may mean, as the database knows them: the registered, or the contacts of the Verteiler."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.contacts.tables import Contact
from events.registration.signup import full_name
from events.registration.tables import Registration


@dataclass(frozen=True)
class Reached:
    """One person of one event, or one contact. `email` may be empty; whoever is registered again comes again."""

    name: str
    email: str
    language: str
    city: str
    kind: str = ""  # of the organisation, when it is in our list
    event_slug: str = ""


async def registered_rows(
    source: str, ids: Sequence[UUID], statuses: Sequence[str], ends_after: datetime | None
) -> list[Reached]:
    """Of these events, series or programmes, by order of sign-up; who never proved the address is not among them."""
    if not statuses:
        return []
    ahead = "" if ends_after is None else " AND (e.ends_at IS NULL OR e.ends_at > {})"
    where = f"{_SCOPES[source]} IN ({_marks(ids)}) AND r.status IN ({_marks(statuses)}){ahead}"
    facts = [*ids, *statuses, *([] if ends_after is None else [ends_after])]
    rows = await Registration.raw(f"{_REGISTERED} AND {where} ORDER BY r.queue_number, p.position, r.id", *facts)
    return [_registered(row) for row in rows]


async def contact_rows(programmes: Sequence[UUID]) -> list[Reached]:
    """Whoever wants to hear of one of these, proved the address and has not left."""
    rows = await Contact.raw(f"{_CONTACTS} IN ({_marks(programmes)})) ORDER BY c.created_at, c.id", *programmes)
    return [Reached(**row) for row in rows]


def _registered(row: dict[str, Any]) -> Reached:
    return Reached(
        name=full_name(row["given_name"], row["family_name"]),
        email=row["email"] or row["contact_email"],
        language=row["language"],
        city=row["city"],
        kind=row["kind"] or "",
        # A draft has no page to lead to.
        event_slug="" if row["event_status"] == "draft" else row["slug"],
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("{}" for _ in values)


_SCOPES = {"events": "r.event", "series": "e.series", "programme": "e.programme"}

_REGISTERED = (
    "SELECT p.given_name, p.family_name, p.email, b.contact_email, b.language, p.city, o.kind AS kind, "
    "e.slug, e.status AS event_status FROM registration r "
    "JOIN participant p ON p.id = r.participant JOIN booking b ON b.id = r.booking JOIN event e ON e.id = r.event "
    "LEFT JOIN organisation o ON o.id = p.organisation WHERE b.address_proven_at IS NOT NULL"
)

_CONTACTS = (
    "SELECT c.name, c.email, c.language, c.city FROM contact c WHERE c.proven_at IS NOT NULL AND c.left_at IS NULL "
    "AND c.id IN (SELECT t.contact FROM contact_topic t WHERE t.programme"
)
