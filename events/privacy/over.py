"""Events after which nobody's name is kept any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.programme.policy import effective_policy
from events.programme.tables import Event

_POLICIES = (
    "SELECT policy FROM programme "
    "UNION ALL SELECT policy FROM event WHERE CAST(policy AS VARCHAR(4000)) LIKE '%keep_days%'"
)
"""Of programmes, and of events that have a time of their own."""


async def events_over(now: datetime) -> list[UUID]:
    """Two statements. Only those are read that any policy could have let go by now."""
    shortest = min((_days("{}", row["policy"]) for row in await Event.raw(_POLICIES)), default=0)
    columns = (Event.id, Event.ends_at, Event.policy, Event.programme.policy.as_alias("defaults"))
    rows: Sequence[Mapping[str, Any]] = await Event.select(*columns).where(
        Event.ends_at <= now - timedelta(days=shortest)
    )
    return [row["id"] for row in rows if row["ends_at"] + timedelta(days=_days(row["defaults"], row["policy"])) <= now]


def _days(defaults: str, own: str) -> int:
    return effective_policy(defaults, own).keep_days
