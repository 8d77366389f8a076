"""The steps for action as they are shown: of an event, of a series in public, of all events for the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.outcomes.rules import OutcomeDetails, is_overdue
from events.outcomes.status import PENDING
from events.outcomes.tables import Outcome
from events.programme.brief import BriefEvent, brief_events
from events.programme.loading import load_events
from events.programme.queries import EventView
from events.programme.tables import Event

FAR = datetime.max.replace(tzinfo=UTC)
"""Where an event without a date stands in the order of time."""

MOST_FOLLOWERS = 200
"""Later events to choose from: several months of a busy county."""


@dataclass(frozen=True)
class OutcomeView:
    """`responsible_id` when that institution is one of ours; its name is in `details` in any case."""

    id: UUID
    event: EventView
    position: int
    status: str
    details: OutcomeDetails
    responsible_id: UUID | None
    followed_by: EventView | None
    released_at: datetime | None
    changed_at: datetime
    reminded_at: datetime | None

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    def is_overdue(self, day: date) -> bool:
        return is_overdue(self.status, self.details.due_on, day)


@dataclass(frozen=True)
class OverdueStep:
    """As a list of what is owed shows it, without its event."""

    id: UUID
    step: str
    responsible: str
    due_on: date
    status: str


async def outcomes_of(event_id: UUID) -> list[OutcomeView]:
    """In the order the office gave them."""
    return await _outcomes(Outcome.event == event_id)


async def outcome_by_id(id: UUID) -> OutcomeView | None:
    found = await _outcomes(Outcome.id == id)
    return found[0] if found else None


async def all_outcomes() -> list[OutcomeView]:
    """Of every event, the newest events first."""
    return sorted(await _outcomes(), key=_start, reverse=True)


async def released_of_series(series_id: UUID) -> list[OutcomeView]:
    """What everybody may read, the newest event first; of an event that became a draft again nothing."""
    found = await _outcomes(Outcome.event.series == series_id, Outcome.released_at.is_not_null())
    return sorted((one for one in found if one.event.is_reachable), key=_start, reverse=True)


async def has_released(series_id: UUID | None) -> bool:
    if series_id is None:
        return False
    is_shown = Outcome.released_at.is_not_null() & (Outcome.event.status != "draft")
    return await Outcome.exists().where((Outcome.event.series == series_id) & is_shown)


async def pending_until(day: date) -> list[OutcomeView]:
    """What the office still waits for and what is due on this day or before, the longest overdue first."""
    found = await _outcomes(Outcome.status.is_in(sorted(PENDING)), Outcome.due_on <= day)
    return sorted(found, key=lambda one: (one.details.due_on or day, one.position))


async def overdue_outcomes(today: date) -> list[OverdueStep]:
    """See `rules.is_overdue`; the longest overdue first, in one light statement."""
    rows = (
        await Outcome.select(
            Outcome.id, Outcome.step, Outcome.responsible_name.as_alias("responsible"), Outcome.due_on, Outcome.status
        )
        .where(Outcome.status.is_in(sorted(PENDING)), Outcome.due_on < today)
        .order_by(Outcome.due_on, Outcome.position)
    )
    return [OverdueStep(**row) for row in rows]


async def may_follow(outcome: OutcomeView) -> list[BriefEvent]:
    """Events that may have come of it: later ones, the next first, and the one that is chosen already."""
    starts_at = outcome.event.starts_at
    later = Event.starts_at.is_null() if starts_at is None else Event.starts_at > starts_at
    found = await brief_events((Event.id != outcome.event.id) & (Event.status != "draft") & later, most=MOST_FOLLOWERS)
    chosen = outcome.followed_by
    if chosen is None or any(one.id == chosen.id for one in found):
        return found
    return [BriefEvent(chosen.id, chosen.title, chosen.starts_at, chosen.ends_at), *found]


def _start(one: OutcomeView) -> datetime:
    return one.event.starts_at or FAR


async def _outcomes(*where: Combinable) -> list[OutcomeView]:
    query = Outcome.select()
    rows = await (query.where(*where) if where else query)
    events = await _events({row[name] for row in rows for name in ("event", "followed_by") if row[name]})
    found = [_view(row, events) for row in rows]
    return sorted(found, key=lambda one: (_start(one), one.event.slug, one.position, str(one.id)))


async def _events(ids: set[UUID]) -> dict[UUID, EventView]:
    found = await load_events(Event.id.is_in(list(ids)), entries=False, partners=False) if ids else []
    return {event.id: event for event in found}


def _view(row: Mapping[str, Any], events: Mapping[UUID, EventView]) -> OutcomeView:
    texts = ("field", "step", "contact", "recommendation", "adopted_by", "measure")
    days = ("adopted_on", "due_on", "followed_by")
    same = ("id", "position", "status", "released_at", "changed_at", "reminded_at")
    return OutcomeView(
        **{name: row[name] for name in same},
        event=events[row["event"]],
        details=OutcomeDetails(**{name: row[name] for name in (*texts, *days)}, responsible=row["responsible_name"]),
        responsible_id=row["responsible"],
        followed_by=events.get(row["followed_by"]),
    )
