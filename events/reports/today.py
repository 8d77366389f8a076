"""What the team should know this morning: what takes place, who waits, which mails are stuck, what is not closed.

What somebody has to decide or to do is in `decisions_due`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from events.evidence.queries import unclosed_dates
from events.invitations.changes.call_views import open_calls
from events.kit.clock import BERLIN, berlin
from events.mail.queries import OutboxState, outbox_state
from events.mail.reply_words import Standstill, why_paused
from events.programme.queries import DateView, EventView, events_between
from events.registration.queries import seats
from events.registration.signup import Seats
from events.reports.decisions_due import Due, below_minimum, registrations_due

Dated = tuple[DateView, EventView]

STUCK_AFTER = timedelta(minutes=30)
"""A mail usually leaves within a minute; after this long somebody should look."""


@dataclass(frozen=True)
class Today:
    """`seats` holds those of every event named here."""

    today: Sequence[Dated]
    this_week: Sequence[Dated]
    requested: Sequence[Due]
    below_minimum: Sequence[EventView]
    unconfirmed: Sequence[Due]
    waiting: Sequence[Due]
    unclosed: Sequence[Dated]
    seats: Mapping[UUID, Seats]
    open_calls: int


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
    """Today and the six days after it, in Berlin. `only` limits everything to these events."""
    day = now.astimezone(BERLIN).date()
    tomorrow, end = (berlin(day + timedelta(days=days), time()) for days in (1, 7))
    coming = _dates(await events_between(berlin(day, time()), end), berlin(day, time()), end, only)
    due = await registrations_due(now, only)
    minimums = await below_minimum(now, only)
    unclosed = [one for one in await unclosed_dates(now) if only is None or one[1].id in only]
    named = {event.id for _date, event in coming} | {one.event.id for one in due} | {event.id for event in minimums}
    return Today(
        today=[one for one in coming if one[0].start < tomorrow],
        this_week=[one for one in coming if one[0].start >= tomorrow],
        requested=[one for one in due if one.requested],
        below_minimum=minimums,
        unconfirmed=[one for one in due if one.unconfirmed],
        waiting=[one for one in due if one.waiting],
        unclosed=unclosed,
        seats=await seats(named, now),
        open_calls=await open_calls(now, only),
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


def _dates(events: Sequence[EventView], start: datetime, end: datetime, only: Collection[UUID] | None) -> list[Dated]:
    found = [
        (date, event)
        for event in events
        if event.status == "published" and (only is None or event.id in only)
        for date in event.coming_dates
        if start <= date.start < end
    ]
    return sorted(found, key=lambda one: one[0].start)
