"""What the team should know this morning: what takes place, who waits, which mails are stuck, what is not closed.

Why an event is named is in `gathering`, what has to be decided in `decisions_due`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from events.invitations.changes.call_views import open_calls
from events.kit.clock import BERLIN, berlin
from events.mail.queries import OutboxState, outbox_state
from events.mail.reply_words import Standstill, why_paused
from events.programme.loading import load_events
from events.programme.queries import DateView, EventView
from events.programme.tables import Event
from events.registration.queries import seats
from events.registration.signup import Seats
from events.reports.decisions_due import Due, near_decision
from events.reports.gathering import Reason, reasons

Dated = tuple[DateView, EventView]

STUCK_AFTER = timedelta(minutes=30)
"""A mail usually leaves within a minute; after this long somebody should look."""

MOST_AHEAD, MOST_UNCLOSED = 5, 8
"""Lines of the lists that grow long; the page says how many more there are."""


@dataclass(frozen=True)
class Today:
    """`seats` holds those of every event named here; `further_…` are counted and not named."""

    today: Sequence[Dated]
    this_week: Sequence[Dated]
    further_this_week: int
    requested: Sequence[Due]
    below_minimum: Sequence[EventView]
    unconfirmed: Sequence[Due]
    waiting: Sequence[Due]
    silent: Sequence[tuple[EventView, int]]
    unclosed: Sequence[Dated]
    further_unclosed: int
    seats: Mapping[UUID, Seats]
    open_calls: int
    new_wishes: int


@dataclass(frozen=True)
class MailTrouble:
    """What is wrong with the mails; nothing when all leaves as it should. `standstill` while sending is paused."""

    outbox: OutboxState
    standstill: Standstill | None
    stuck_since: datetime | None

    @property
    def is_any(self) -> bool:
        counted = self.outbox.held + self.outbox.failed + self.outbox.undeliverable
        return bool(self.standstill or self.stuck_since or counted)


async def today_of(now: datetime, only: Collection[UUID] | None = None) -> Today:
    """Today and the six days after it, in Berlin; five statements. `only` limits everything to these events."""
    day = now.astimezone(BERLIN).date()
    start, tomorrow, end = (berlin(day + timedelta(days=days), time()) for days in (0, 1, 7))
    found = await reasons(start, end, now, only)
    taking_place, unclosed = found["date"], found["unclosed"]
    first = sum(one.at < tomorrow for one in taking_place)
    dates, minimums = taking_place[: first + MOST_AHEAD], near_decision(found["minimum"], now)
    events = await _events((*dates, *found["due"], *minimums, *found["silent"], *unclosed[:MOST_UNCLOSED]))
    held = await seats(events, now)
    due = [Due(events[one.event], one.requested, one.unconfirmed, one.waiting) for one in found["due"]]
    return Today(
        today=_dated(dates[:first], events),
        this_week=_dated(dates[first:], events),
        further_this_week=len(taking_place) - len(dates),
        requested=[one for one in due if one.requested],
        below_minimum=[events[one.event] for one in minimums if held[one.event].taken < (one.minimum or 0)],
        unconfirmed=[one for one in due if one.unconfirmed],
        waiting=[one for one in due if one.waiting],
        silent=[(events[one.event], one.silent) for one in found["silent"]],
        unclosed=_dated(unclosed[:MOST_UNCLOSED], events),
        further_unclosed=len(unclosed[MOST_UNCLOSED:]),
        seats=held,
        open_calls=await open_calls(now, only),
        new_wishes=len(found["wished"]),
    )


async def mail_trouble(now: datetime) -> MailTrouble:
    state = await outbox_state(now)
    return MailTrouble(state, why_paused(state.pause) if state.pause else None, _stuck_since(state, now))


def _stuck_since(state: OutboxState, now: datetime) -> datetime | None:
    """Somebody's own mail waits for long, or bulk is due and nothing at all has left meanwhile."""
    latest = now - STUCK_AFTER
    if state.waiting_since is not None and state.waiting_since < latest:
        return state.waiting_since
    nothing_left = state.last_sent_at is None or state.last_sent_at < latest
    due = state.bulk_due_since
    return due if due is not None and due < latest and nothing_left else None


async def _events(named: Iterable[Reason]) -> dict[UUID, EventView]:
    ids = {one.event for one in named}
    found = await load_events(Event.id.is_in(list(ids)), entries=False, partners=False) if ids else []
    return {event.id: event for event in found}


def _dated(meant: Iterable[Reason], events: Mapping[UUID, EventView]) -> list[Dated]:
    dates = {date.id: (date, event) for event in events.values() for date in event.dates}
    return [dates[one.date] for one in meant]
