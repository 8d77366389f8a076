"""Who is in charge of what, and for how long: people named for one event or a whole series. Only questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.programme.tables import Event, EventDate, EventTrainer
from events.programme.views import EventView

ACCESS_LASTS = timedelta(days=14)
"""How long after the last date people see what they led: time for the list on paper, the numbers and a review."""


@dataclass(frozen=True)
class Charge:
    """One person named for one event or one series; `last_end` is that of its last date, cancelled ones included."""

    id: UUID
    staff_id: UUID
    event_id: UUID | None
    series_id: UUID | None
    until: datetime | None
    last_end: datetime | None
    link_version: int
    invited_at: datetime | None
    substitute_for: UUID | None

    @property
    def ends_at(self) -> datetime | None:
        """None while there is no date yet."""
        return self.until or (self.last_end + ACCESS_LASTS if self.last_end else None)

    def is_running(self, now: datetime) -> bool:
        """The one rule for pages, lists, calendars and mails: whether this person is still in charge."""
        return self.ends_at is None or now < self.ends_at

    def concerns(self, event: EventView) -> bool:
        return self.event_id == event.id or (self.series_id is not None and self.series_id == event.series_id)


async def charges_of(staff_id: UUID) -> list[Charge]:
    """Ended ones too."""
    return await _charges(EventTrainer.staff == staff_id)


async def charges_for(event: EventView) -> list[Charge]:
    """Who leads this event, by itself or with its series; ended ones too, in the order they were named."""
    where: Combinable = EventTrainer.event == event.id
    return await _charges(where | (EventTrainer.series == event.series_id) if event.series_id else where)


async def charge_by_id(id: UUID) -> Charge | None:
    found = await _charges(EventTrainer.id == id)
    return found[0] if found else None


async def running_charges(now: datetime) -> list[Charge]:
    return [one for one in await _charges() if one.is_running(now)]


async def events_led_by(staff_id: UUID, now: datetime) -> frozenset[UUID]:
    """Ids of the events this person sees now."""
    running = [one for one in await charges_of(staff_id) if one.is_running(now)]
    series = [one.series_id for one in running if one.series_id]
    of_series = await Event.select(Event.id).where(Event.series.is_in(series)) if series else []
    return frozenset(one.event_id for one in running if one.event_id) | {row["id"] for row in of_series}


async def is_trainer_of(staff_id: UUID, event: EventView, now: datetime) -> bool:
    """Whether this person leads the event or its series, and still may see it."""
    return any(one.concerns(event) and one.is_running(now) for one in await charges_of(staff_id))


async def leads_anything(staff_id: UUID, now: datetime) -> bool:
    return any(one.is_running(now) for one in await charges_of(staff_id))


async def _charges(*where: Combinable) -> list[Charge]:
    rows = await EventTrainer.select().where(*where).order_by(EventTrainer.invited_at).order_by(EventTrainer.id)
    ends = await _last_ends(rows)
    return [_charge(row, ends.get(row["event"] or row["series"])) for row in rows]


def _charge(row: Mapping[str, Any], last_end: datetime | None) -> Charge:
    return Charge(
        id=row["id"],
        staff_id=row["staff"],
        event_id=row["event"],
        series_id=row["series"],
        until=row["until"],
        last_end=last_end,
        link_version=row["link_version"],
        invited_at=row["invited_at"],
        substitute_for=row["substitute_for"],
    )


async def _last_ends(rows: list[dict[str, Any]]) -> dict[UUID, datetime]:
    """By event and by series."""
    ends: dict[UUID, datetime] = {}
    events = [row["event"] for row in rows if row["event"]]
    series = [row["series"] for row in rows if row["series"]]
    of_event, of_series = EventDate.event, EventDate.event.series
    for column, ids in ((of_event, events), (of_series, series)):
        if ids:
            found = EventDate.select(column.as_alias("led"), EventDate.end)
            for row in await found.where(column.is_in(list(set(ids)))):
                ends[row["led"]] = max(ends.get(row["led"], row["end"]), row["end"])
    return ends
