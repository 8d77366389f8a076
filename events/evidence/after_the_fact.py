"""An event that was held without sign-up, entered in one go: made, counted and closed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID, uuid4, uuid5

from events.attendance.actions import record_headcounts
from events.attendance.facts import Count
from events.attendance.tables import Headcount
from events.evidence.actions import close_date
from events.evidence.wording import ORIGINS
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import gettext as _
from events.programme.actions import add_partner, create_event, create_venue, publish_event
from events.programme.details import DateDetails, EventDetails, VenueDetails
from events.programme.tables import EventDate, Programme

Origin = Literal["list", "count", "estimate"]


@dataclass(frozen=True, kw_only=True)
class HeldEvent:
    """`counts` are heads by (dimension, value); `origin`, where they come from, stands in the evidence.

    A `new_venue` is made along with it and stands for `venue_id`. `submission` is that of the sent form: the same
    entry sent twice is one event.
    """

    programme_id: UUID
    title: str
    format: str
    start: datetime
    end: datetime
    break_minutes: int = 0
    venue_id: UUID | None = None
    new_venue: VenueDetails | None = None
    is_online: bool = False
    partner_id: UUID | None = None
    partner_role: str = "cooperation"
    countable_minutes: int | None = None
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    origin: Origin = "count"
    submission: UUID = field(default_factory=uuid4)


async def enter_held_event(held: HeldEvent, *, by: Actor, now: datetime) -> UUID:
    """The event's id; it stays out of the public lists. All or nothing. Raises NotFound for an unknown programme,
    Refused with the reasons."""
    if held.end > now:
        raise Refused(Refusal("held_in_the_future"))
    if not any(held.counts.values()):
        raise Refused(Refusal("nothing_counted"))
    counts = _counts(held)
    async with transaction():
        await _lock(held.programme_id)
        if earlier := await _entered_before(counts):
            return earlier
        event_id = await _make(held, by, now)
        date_id = (await EventDate.select(EventDate.id).where(EventDate.event == event_id))[0]["id"]
        await record_headcounts(date_id, counts, by=by, now=now)
        note = _("Nachgetragen. Herkunft der Zahlen: %(origin)s.", origin=_(ORIGINS[held.origin]))
        await close_date(
            date_id, by=by, now=now, countable_minutes=held.countable_minutes, note=note, origin=held.origin
        )
    return event_id


def _counts(held: HeldEvent) -> list[Count]:
    """Their ids follow from the form and all that was typed, so that they tell whether it was sent before."""
    said = {**asdict(held), "counts": sorted(held.counts.items())}
    content = sha256(repr(sorted(said.items())).encode()).hexdigest()
    return [
        Count(id=uuid5(held.submission, f"{content}\n{dimension}\n{value}"), dimension=dimension, value=value, heads=n)
        for (dimension, value), n in held.counts.items()
    ]


async def _lock(programme_id: UUID) -> None:
    """Two sendings of the same form come one after the other."""
    same = Programme.update({Programme.position: Programme.position}).where(Programme.id == programme_id)
    if not await same.returning(Programme.id):
        raise NotFound


async def _entered_before(counts: list[Count]) -> UUID | None:
    row = await Headcount.select(Headcount.event_date.event).where(Headcount.id == counts[0].id).first()
    return UUID(str(row["event_date.event"])) if row else None


async def _make(held: HeldEvent, by: Actor, now: datetime) -> UUID:
    details = EventDetails(
        programme_id=held.programme_id,
        title={"de": held.title},
        format=held.format,
        policy={"sign_up": False, "visibility": "hidden"},
    )
    venue_id = await create_venue(held.new_venue, by=by, now=now) if held.new_venue else held.venue_id
    date = DateDetails(
        held.start, held.end, break_minutes=held.break_minutes, venue_id=venue_id, is_online=held.is_online
    )
    event_id = await create_event(details, dates=[date], by=by, now=now)
    if held.partner_id:
        await add_partner(event_id, held.partner_id, held.partner_role, by=by, now=now)
    await publish_event(event_id, by=by, now=now)
    return event_id
