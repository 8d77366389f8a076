"""An event that was held without sign-up, entered in one go: made, counted and closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from events.attendance.actions import record_headcounts
from events.attendance.facts import Count
from events.evidence.actions import close_date
from events.evidence.wording import ORIGINS
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import Refusal, Refused
from events.kit.translation import gettext as _
from events.programme.actions import add_partner, create_event, publish_event
from events.programme.details import DateDetails, EventDetails
from events.programme.tables import EventDate

Origin = Literal["list", "count", "estimate"]


@dataclass(frozen=True, kw_only=True)
class HeldEvent:
    """`counts` are heads by (dimension, value); `origin`, where they come from, stands in the evidence."""

    programme_id: UUID
    title: str
    format: str
    start: datetime
    end: datetime
    break_minutes: int = 0
    venue_id: UUID | None = None
    is_online: bool = False
    partner_id: UUID | None = None
    partner_role: str = "cooperation"
    countable_minutes: int | None = None
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    origin: Origin = "count"


async def enter_held_event(held: HeldEvent, *, by: Actor, now: datetime) -> UUID:
    """The event's id; it stays out of the public lists. All or nothing. Raises Refused with the reasons."""
    if held.end > now:
        raise Refused(Refusal("held_in_the_future"))
    if not any(held.counts.values()):
        raise Refused(Refusal("nothing_counted"))
    async with transaction():
        event_id = await _make(held, by, now)
        date_id = (await EventDate.select(EventDate.id).where(EventDate.event == event_id))[0]["id"]
        counts = [
            Count(id=uuid4(), dimension=dimension, value=value, heads=heads)
            for (dimension, value), heads in held.counts.items()
        ]
        await record_headcounts(date_id, counts, by=by, now=now)
        note = _("Nachgetragen. Herkunft der Zahlen: %(origin)s.", origin=_(ORIGINS[held.origin]))
        await close_date(date_id, by=by, now=now, countable_minutes=held.countable_minutes, note=note)
    return event_id


async def _make(held: HeldEvent, by: Actor, now: datetime) -> UUID:
    details = EventDetails(
        programme_id=held.programme_id,
        title={"de": held.title},
        format=held.format,
        policy={"sign_up": False, "visibility": "hidden"},
    )
    date = DateDetails(
        held.start, held.end, break_minutes=held.break_minutes, venue_id=held.venue_id, is_online=held.is_online
    )
    event_id = await create_event(details, dates=[date], by=by, now=now)
    if held.partner_id:
        await add_partner(event_id, held.partner_id, held.partner_role, by=by, now=now)
    await publish_event(event_id, by=by, now=now)
    return event_id
