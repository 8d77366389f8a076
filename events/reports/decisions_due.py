"""What of coming events waits for somebody in the team: requests, people who never confirmed, too few registrations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from events.programme.policy import effective_policy
from events.programme.queries import EventView, events_by_ids
from events.programme.tables import Event
from events.registration.queries import seats
from events.registration.tables import Registration

UNCONFIRMED_AFTER = timedelta(hours=24)
"""Most people confirm within minutes; after a day the mail may have ended up in spam."""

LOOK_AHEAD = timedelta(days=7)
"""So long before its decision date an event below its minimum is shown."""


SILENT_WITHIN = timedelta(days=14)
"""So long before an event somebody should ask those who have not answered their invitation."""


@dataclass(frozen=True)
class Due:
    """Registrations of one coming event that wait for something; how many of each."""

    event: EventView
    requested: int
    unconfirmed: int
    waiting: int


async def registrations_due(now: datetime, only: Collection[UUID] | None = None) -> list[Due]:
    """By start of the event, however many in the same number of statements. `only` limits it to these events."""
    rows = await Registration.raw(_COUNTED, now - UNCONFIRMED_AFTER, now)
    counts = {UUID(str(row["event"])): row for row in rows if only is None or UUID(str(row["event"])) in only}
    events = await events_by_ids(counts, partners=False)
    found = [
        Due(event, counts[id]["requested"], counts[id]["unconfirmed"], counts[id]["waiting"])
        for id, event in events.items()
    ]
    return sorted(found, key=lambda one: one.event.starts_at or now)


async def silent_invitees(now: datetime) -> list[tuple[EventView, int]]:
    """Events that begin soon with invitations nobody answered, and how many; the first one first."""
    rows = await Registration.raw(_SILENT, now, now + SILENT_WITHIN)
    counts = {UUID(str(row["event"])): row["silent"] for row in rows}
    events = await events_by_ids(counts, partners=False)
    return sorted(((event, counts[id]) for id, event in events.items()), key=lambda one: one[0].starts_at or now)


async def below_minimum(now: datetime, only: Collection[UUID] | None = None) -> list[EventView]:
    """Coming events with fewer seats taken than they need, whose decision date is near or past; the first one first."""
    ids = [id for id in await _with_minimum(now) if only is None or id in only]
    near = [event for event in (await events_by_ids(ids, partners=False)).values() if _is_near(event, now)]
    taken = await seats([event.id for event in near], now)
    found = [event for event in near if taken[event.id].taken < (event.policy.minimum or 0)]
    return sorted(found, key=lambda event: event.starts_at or now)


async def _with_minimum(now: datetime) -> list[UUID]:
    """Coming events that name a minimum, or whose programme does; read without their dates."""
    rows = await Event.select(Event.id, Event.policy, Event.programme.policy.as_alias("programme_policy")).where(
        (Event.status == "published") & (Event.starts_at > now)
    )
    return [row["id"] for row in rows if effective_policy(row["programme_policy"], row["policy"]).minimum]


def decide_by(event: EventView) -> datetime | None:
    """Until when it is to be decided whether the event takes place; None without a minimum or a date."""
    if not event.policy.minimum or event.starts_at is None:
        return None
    return event.starts_at - timedelta(hours=event.policy.decide_minimum_hours)


def _is_near(event: EventView, now: datetime) -> bool:
    until = decide_by(event)
    return until is not None and until <= now + LOOK_AHEAD


_SILENT = (
    "SELECT i.event AS event, COUNT(*) AS silent FROM invitation i JOIN event e ON e.id = i.event "
    "WHERE i.status = 'invited' AND e.status = 'published' AND e.starts_at > {} AND e.starts_at <= {} GROUP BY i.event"
)
_COUNTED = (
    "SELECT r.event AS event, SUM(CASE WHEN r.status = 'requested' THEN 1 ELSE 0 END) AS requested, "
    "SUM(CASE WHEN r.status = 'unconfirmed' AND r.registered_at < {} THEN 1 ELSE 0 END) AS unconfirmed, "
    "SUM(CASE WHEN r.status = 'waiting' THEN 1 ELSE 0 END) AS waiting "
    "FROM registration r JOIN event e ON e.id = r.event WHERE e.status = 'published' AND e.starts_at > {} "
    "AND r.status IN ('requested', 'unconfirmed', 'waiting') GROUP BY r.event"
)
