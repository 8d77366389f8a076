"""The institutions to choose from where an event asks for a cooperation agreement."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from events.kit.clock import BERLIN
from events.programme.agreements import covered_by
from events.programme.bookable import BookableEvent
from events.programme.queries import EventView
from events.programme.tables import Organisation


class Institution(NamedTuple):
    id: UUID
    name: str
    city: str


async def covered_institutions(programme_id: UUID, on: date) -> list[Institution]:
    """The bodies with an agreement for the programme that is valid on the day, and their children; by name."""
    bodies = await covered_by(programme_id, on)
    if not bodies:
        return []
    ids = list(bodies)
    rows = (
        await Organisation.select(Organisation.id, Organisation.name, Organisation.city)
        .where(Organisation.id.is_in(ids) | Organisation.parent.is_in(ids))
        .order_by(Organisation.folded_name, Organisation.id)
    )
    return [Institution(row["id"], row["name"], row["city"]) for row in rows]


async def institutions_for(events: Sequence[EventView] | Sequence[BookableEvent]) -> tuple[Institution, ...]:
    """For all events of one sign-up: of the last one that asks for an agreement. Nothing where none does.

    A series is one programme; whom the list offers for the last evening, each event judges for itself.
    """
    asking = [
        (event.starts_at, event.programme_id)
        for event in events
        if event.policy.agreement != "not_needed" and event.starts_at
    ]
    if not asking:
        return ()
    start, programme = max(asking)
    return tuple(await covered_institutions(programme, start.astimezone(BERLIN).date()))
