"""What of coming events waits for somebody in the team: requests, people who never confirmed, too few registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.programme.queries import EventView
from events.reports.gathering import Reason

LOOK_AHEAD = timedelta(days=7)
"""So long before its decision date an event below its minimum is shown."""


@dataclass(frozen=True)
class Due:
    """Registrations of one coming event that wait for something; how many of each."""

    event: EventView
    requested: int
    unconfirmed: int
    waiting: int


def near_decision(with_minimum: Iterable[Reason], now: datetime) -> list[Reason]:
    """Those whose decision date is near or past."""
    return [one for one in with_minimum if one.minimum and one.decide_by <= now + LOOK_AHEAD]


def decide_by(event: EventView) -> datetime | None:
    """Until when it is to be decided whether the event takes place; None without a minimum or a date."""
    if not event.policy.minimum or event.starts_at is None:
        return None
    return event.starts_at - timedelta(hours=event.policy.decide_minimum_hours)
