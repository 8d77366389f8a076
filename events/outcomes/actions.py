"""Writing down what a workshop agreed on, changing it, releasing it. Each action is one transaction with history."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.text import fold
from events.outcomes import rules
from events.outcomes.queries import OutcomeView, may_follow, outcome_by_id, outcomes_of
from events.outcomes.rules import OutcomeDetails
from events.outcomes.tables import Outcome
from events.programme.locking import lock_events
from events.programme.tables import Organisation

TYPED = ("field", "step", "contact", "recommendation", "adopted_by", "adopted_on", "due_on", "measure", "followed_by")


async def add_outcome(event_id: UUID, id: UUID, details: OutcomeDetails, *, by: Actor, now: datetime) -> None:
    """Behind the others of the event. `id` comes with the form: sent twice, it is one step. Raises NotFound."""
    async with transaction():
        if not await lock_events([event_id]):
            raise NotFound
        if (known := await outcome_by_id(id)) is not None:
            _of_event(known, event_id)
            return
        last = max((one.position for one in await outcomes_of(event_id)), default=0)
        row = Outcome(
            id=id, event=event_id, position=last + 1, status="open", created_at=now, changed_at=now,
            **await _columns(details),
        )  # fmt: skip
        await Outcome.insert(row)
        await note(entry("added", row, by=by, now=now, context=event_id))


async def edit_outcome(
    id: UUID, details: OutcomeDetails, status: str, seen: datetime, *, by: Actor, now: datetime
) -> None:
    """`seen`: how old what was edited is; Refused when somebody changed it since. What is public stays free of
    people. A new last day is reminded of anew. Raises NotFound (also for an event that cannot follow), Refused."""
    async with transaction():
        known = await _locked(id)
        refuse_if(rules.why_outdated(seen, known.changed_at), rules.why_not_move(known.status, status))
        if known.is_released:
            refuse_if(*rules.why_not_public(details))
        if details.followed_by not in {None, *(event.id for event in await may_follow(known))}:
            raise NotFound
        values = await _columns(details) | {"status": status}
        before = await _columns(known.details) | {"status": known.status}
        changed = [name for name in values if values[name] != before[name]]
        if not changed:
            return
        if "due_on" in changed:
            values["reminded_at"] = None
        await _change(known, values, now)
        facts: dict[str, object] = {"changed": [name for name in changed if name != "status"]}
        if "status" in changed:
            facts["status"] = [known.status, status]
        await _note("edited", known, by, now, facts)


async def release_outcomes(event_id: UUID, ids: Collection[UUID], *, by: Actor, now: datetime) -> int:
    """Shows these to everybody on the page of the series; how many are new there. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([event_id])
        chosen = [one for one in await outcomes_of(event_id) if one.id in ids]
        if len(chosen) < len(set(ids)):
            raise NotFound
        new = [one for one in chosen if not one.is_released]
        refuse_if(None if chosen else Refusal("outcome_none_chosen"))
        for one in new:
            refuse_if(rules.why_no_page(one.event.status, one.event.series_id), *rules.why_not_public(one.details))
        for one in new:
            await _change(one, {"released_at": now}, now)
            await _note("published", one, by, now)
    return len(new)


async def take_back_outcome(id: UUID, *, by: Actor, now: datetime) -> None:
    """Nobody outside reads it any more; it stays with the office. Raises NotFound."""
    async with transaction():
        known = await _locked(id)
        if known.is_released:
            await _change(known, {"released_at": None}, now)
            await _note("taken_back", known, by, now)


async def move_outcome(id: UUID, up: bool) -> None:
    """One place up or down among those of its event; the first stays first. Raises NotFound."""
    async with transaction():
        known = await _locked(id)
        order = [one.id for one in await outcomes_of(known.event.id)]
        place = order.index(id)
        other = max(0, place - 1) if up else min(len(order) - 1, place + 1)
        order[place], order[other] = order[other], order[place]
        for position, each in enumerate(order, start=1):
            await Outcome.update(position=position).where(Outcome.id == each)


async def remove_outcome(id: UUID, *, by: Actor, now: datetime) -> None:
    """Gone for good. What is public has to be taken back before. Raises NotFound, Refused."""
    async with transaction():
        known = await _locked(id)
        refuse_if(rules.why_not_remove(known.released_at))
        await Outcome.delete().where(Outcome.id == id)
        await _note("removed", known, by, now)


async def _locked(id: UUID) -> OutcomeView:
    """By the lock of its event, which it never changes: what is read from now on stays."""
    row = await Outcome.select(Outcome.event).where(Outcome.id == id).first()
    if row is not None:
        await lock_events([row["event"]])
    known = await outcome_by_id(id)
    if known is None:
        raise NotFound
    return known


def _of_event(known: OutcomeView, event_id: UUID) -> None:
    if known.event.id != event_id:
        raise NotFound


async def _columns(details: OutcomeDetails) -> dict[str, Any]:
    """An institution from our list is found by its name; it keeps the one it had then."""
    values: dict[str, Any] = {name: getattr(details, name) for name in TYPED}
    rows = await Organisation.select(Organisation.id).where(Organisation.folded_name == fold(details.responsible))
    is_ours = bool(details.responsible) and len(rows) == 1
    return values | {
        "responsible": rows[0]["id"] if is_ours else None,
        "responsible_name": details.responsible,
    }


async def _change(known: OutcomeView, values: Mapping[str, Any], now: datetime) -> None:
    changed_at = rules.next_change(known.changed_at, now)
    await Outcome.update(**values, changed_at=changed_at).where(Outcome.id == known.id)


async def _note(
    verb: str, known: OutcomeView, by: Actor, now: datetime, facts: Mapping[str, object] | None = None
) -> None:
    await note(entry(verb, Outcome, id=known.id, by=by, now=now, context=known.event.id, facts=facts))
