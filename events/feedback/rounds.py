"""Asking the people of an event: its round, opened by the clock or by hand, and whether events are asked about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.feedback.forms_kept import current_form
from events.feedback.questions import Question, read_stored
from events.feedback.rules import OPENED_WITHIN, State, span_of, state_of, why_not_open
from events.feedback.tables import FeedbackRound
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.loading import load_events
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.tables import Event, Programme


@dataclass(frozen=True)
class Round:
    """With the questions it asks, whatever became of the programme's form since."""

    id: UUID
    event_id: UUID
    questions: tuple[Question, ...]
    opened_at: datetime
    closes_at: datetime
    link_version: int

    def state(self, now: datetime) -> State:
        return state_of(self.opened_at, self.closes_at, now)


async def round_of(event_id: UUID) -> Round | None:
    return await _round(FeedbackRound.event == event_id)


async def round_by_id(id: UUID) -> Round | None:
    return await _round(FeedbackRound.id == id)


async def open_round(event_id: UUID, *, by: Actor, now: datetime) -> UUID:
    """The round of the event; opening it again changes nothing. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        event = await event_by_id(event_id)
        if event is None:
            raise NotFound
        known = await round_of(event_id)
        if known is not None:
            return known.id
        refuse_if(why_not_open(event.status, event.has_dates, event.ends_at, now))
        opened_at, closes_at = span_of(event.ends_at, event.starts_at, now)
        row = FeedbackRound(
            id=uuid4(), event=event_id, form=await current_form(event.programme_id, now), opened_at=opened_at,
            closes_at=closes_at,
        )  # fmt: skip
        await FeedbackRound.insert(row)
        await note(entry("feedback_opened", row, by=by, now=now, context=event_id))
    id: UUID = row.id
    return id


async def close_round(event_id: UUID, *, by: Actor, now: datetime) -> None:
    """Nobody can answer any more, and it stays so: the results are read now. Raises NotFound, Refused."""
    async with transaction():
        if not await lock_events([event_id]):
            raise NotFound
        known = await round_of(event_id)
        if known is None or known.state(now) != "open":
            raise Refused(Refusal("feedback_not_open"))
        closed: dict[Any, Any] = {FeedbackRound.closes_at: now}
        await FeedbackRound.update(closed).where(FeedbackRound.id == known.id)
        await note(entry("feedback_closed", FeedbackRound, id=known.id, by=by, now=now, context=event_id))


async def open_due_rounds(*, by: Actor, now: datetime) -> int:
    """For events that have just ended and that are to be asked about; how many it opened."""
    due = await _ended_without_round(now)
    for event in due:
        await open_round(event.id, by=by, now=now)
    return len(due)


async def ask_after_events(programme_id: UUID, asks: bool, *, by: Actor, now: datetime) -> None:
    """For all events of the programme that say nothing else themselves. Raises NotFound."""
    async with transaction():
        await _switch(Programme, programme_id, asks, by, now)


async def ask_after_event(event_id: UUID, asks: bool, *, by: Actor, now: datetime) -> None:
    """For this event, whatever its programme says. Raises NotFound."""
    async with transaction():
        await lock_events([event_id])
        await _switch(Event, event_id, asks, by, now)


async def _switch(table: type[Programme | Event], id: UUID, asks: bool, by: Actor, now: datetime) -> None:
    row = await table.select(table.policy).where(table.id == id).first()
    if row is None:
        raise NotFound
    policy = json.dumps(json.loads(row["policy"] or "{}") | {"feedback": asks})
    if policy != row["policy"]:
        await table.update({table.policy: policy}).where(table.id == id)
        await note(entry("edited", table, id=id, by=by, now=now, facts={"changed": ["policy"]}))


async def _ended_without_round(now: datetime) -> list[EventView]:
    ended = (Event.ends_at <= now) & (Event.ends_at > now - OPENED_WITHIN)
    events = await load_events(Event.status == "published", ended, entries=False)
    asking = [event for event in events if event.policy.feedback]
    if not asking:
        return []
    rows = await FeedbackRound.select(FeedbackRound.event).where(
        FeedbackRound.event.is_in([event.id for event in asking])
    )
    known = {row["event"] for row in rows}
    return [event for event in asking if event.id not in known]


async def _round(where: Any) -> Round | None:
    row = await FeedbackRound.select(
        *FeedbackRound.all_columns(), FeedbackRound.form.questions.as_alias("questions")
    ).where(where).first()  # fmt: skip
    return round_view(row) if row else None


def round_view(row: Mapping[str, Any]) -> Round:
    """From a row of FeedbackRound with the questions of its form beside it."""
    same = {name: row[name] for name in ("id", "opened_at", "closes_at", "link_version")}
    return Round(**same, event_id=row["event"], questions=read_stored(row["questions"]))
