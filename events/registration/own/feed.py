"""One's own calendar as a choice: give it a new address, switch it off, switch it on again. Each is one transaction
with history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.registration.links import Access
from events.registration.tables import Booking, Participant

Owner = type[Booking] | type[Participant]


async def renew_feed(access: Access, *, by: Actor, now: datetime) -> None:
    """The old address answers 410 from now on. Raises NotFound."""
    table, _ = _owner(access)
    await _change(
        access, {table.feed_version: table.feed_version + 1, table.feed_ended_at: None}, "feed_renewed", by, now
    )


async def end_feed(access: Access, *, by: Actor, now: datetime) -> None:
    """Every address it ever had answers 410 from now on. Raises NotFound."""
    table, _ = _owner(access)
    await _change(access, {table.feed_ended_at: now}, "feed_ended", by, now)


async def resume_feed(access: Access, *, by: Actor, now: datetime) -> None:
    """Under its last address. Raises NotFound."""
    table, _ = _owner(access)
    await _change(access, {table.feed_ended_at: None}, "feed_resumed", by, now)


def _owner(access: Access) -> tuple[Owner, UUID]:
    return (Booking, access.booking) if access.participant is None else (Participant, access.participant)


async def _change(access: Access, values: dict[Any, Any], verb: str, by: Actor, now: datetime) -> None:
    table, id = _owner(access)
    async with transaction():
        if not await table.update(values).where(table.id == id).returning(table.id):
            raise NotFound
        await note(entry(verb, table, id=id, by=by, now=now))
