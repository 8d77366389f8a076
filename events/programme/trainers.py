"""Which events a trainer looks after: named for one event or for a whole series, until a moment."""

from datetime import datetime
from uuid import UUID

from events.programme.tables import Event, EventTrainer


async def events_led_by(staff_id: UUID, now: datetime) -> frozenset[UUID]:
    """Ids of the events this person sees now."""
    named = await EventTrainer.select(EventTrainer.event, EventTrainer.series, EventTrainer.until).where(
        EventTrainer.staff == staff_id
    )
    running = [row for row in named if row["until"] is None or row["until"] > now]
    series = [row["series"] for row in running if row["series"]]
    of_series = await Event.select(Event.id).where(Event.series.is_in(series)) if series else []
    return frozenset(row["event"] for row in running if row["event"]) | {row["id"] for row in of_series}
