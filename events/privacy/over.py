"""Events after which nobody's name is kept any more."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from events.programme.policy import effective_policy
from events.programme.tables import Event, Programme

_OF_ITS_OWN = WhereRaw('CAST("event"."policy" AS VARCHAR(4000)) LIKE \'%keep_days%\'')
"""The few events that have a time of their own; it may be longer than that of their programme, or shorter."""


async def events_over(now: datetime) -> list[UUID]:
    """Two statements. Each programme lets its events go after a time of its own; others are not even read."""
    defaults = {row["id"]: row["policy"] for row in await Programme.select(Programme.id, Programme.policy)}
    over: list[Combinable] = [
        (Event.programme == id) & (Event.ends_at <= now - timedelta(days=_days(policy, "{}")))
        for id, policy in defaults.items()
    ]
    over.append(_OF_ITS_OWN & (Event.ends_at <= now))
    rows = await Event.select(Event.id, Event.ends_at, Event.policy, Event.programme).where(reduce(or_, over))
    return [
        row["id"]
        for row in rows
        if row["ends_at"] + timedelta(days=_days(defaults[row["programme"]], row["policy"])) <= now
    ]


def _days(defaults: str, own: str) -> int:
    return effective_policy(defaults, own).keep_days
