"""What closing a date would count, before anything is written."""

from events.attendance.queries import facts_of
from events.evidence.rules import HeldDate, Tally, tally


async def preview(date: HeldDate) -> Tally:
    """As `close_date` would count it now. The people in it are told apart, not hashed: never store it."""
    facts = await facts_of({date.id: date.event_id})
    return tally(facts[date.id], date.minutes, date.minutes, _as_it_is)


def _as_it_is(identity: str) -> str:
    return identity
