"""One wish for several events at once. Each is changed by itself, by the rules that hold for it; the answer says which
were and why the others were not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4, uuid5

from events.invitations.actions import call_off_event, edit_event, publish_event
from events.invitations.copying import copy_event
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.refusals import NotFound, Refusal, Refused
from events.programme.bulk import why_too_late, with_field, with_programme, with_series
from events.programme.copying import date_details
from events.programme.details import EventDetails
from events.programme.overview import own_policy
from events.programme.queries import EventView, event_by_id, events_by_ids
from events.programme.repeating import shifted
from events.programme.rules import why_not_call_off, why_not_edit, why_not_publish
from events.programme.tables import Event
from events.programme.versions import version_of

Name = Literal[
    "publish", "call_off", "copy", "programme", "series",
    "visibility", "waiting_list", "needs_email", "approval", "capacity",
]  # fmt: skip

MOST = 50


@dataclass(frozen=True)
class Wish:
    """`reason` of calling off; `weeks` by which the dates of copies are later; `target`: the programme or series, none
    takes out of the series; `value` of a field, None as in the programme."""

    name: Name
    submission: UUID
    reason: str = ""
    weeks: int = 0
    target: UUID | None = None
    value: Any = None


def why_not(name: Name, event: EventView, now: datetime) -> tuple[Refusal, ...]:
    """What speaks against it before anything else is chosen."""
    if name == "publish":
        return why_not_publish(event, dates_to_follow=False)
    if name == "call_off":
        refusal = why_not_call_off(event.status) or why_too_late(event, now)
        return (refusal,) if refusal else ()
    if name == "programme":
        return why_not_edit(event, with_programme(event, {}, uuid4()), now)
    return ()


async def fulfil(wish: Wish, ids: Collection[UUID], *, by: Actor, now: datetime) -> dict[UUID, Sequence[Refusal]]:
    """By event: nothing where it was done, else why it was not. Each is a transaction of its own. What is not there
    is left out. The same wish sent twice changes nothing more."""
    done: dict[UUID, Sequence[Refusal]] = {}
    for id, event in (await events_by_ids(list(ids)[:MOST])).items():
        try:
            if against := why_not(wish.name, event, now):
                raise Refused(*against)
            await _fulfil(wish, id, by, now)
        except Refused as refused:
            done[id] = refused.reasons
        else:
            done[id] = ()
    return done


async def _fulfil(wish: Wish, id: UUID, by: Actor, now: datetime) -> None:
    if wish.name == "publish":
        await publish_event(id, by=by, now=now)
    elif wish.name == "call_off":
        await call_off_event(id, {"de": wish.reason} if wish.reason else {}, by=by, now=now)
    elif wish.name == "copy":
        await _copy(wish, id, by, now)
    else:
        # Read first, then asked whether it is still so: nobody's change in between is lost.
        seen = await version_of(Event, id)
        event = await event_by_id(id)
        if event is None:
            raise NotFound
        await edit_event(id, _changed(wish, event, await own_policy(id)), by=by, now=now, seen=seen)


def _changed(wish: Wish, event: EventView, policy: Mapping[str, object]) -> EventDetails:
    if wish.name == "series":
        return with_series(event, policy, wish.target)
    if wish.name == "programme" and wish.target:
        return with_programme(event, policy, wish.target)
    return with_field(event, policy, wish.name, wish.value)


async def _copy(wish: Wish, id: UUID, by: Actor, now: datetime) -> None:
    event = await event_by_id(id)
    if event is None:
        raise NotFound
    dates = [date_details(one) for one in event.coming_dates]
    later = shifted(dates, _first_day(event) + timedelta(weeks=wish.weeks)) if dates else ()
    await copy_event(id, uuid5(wish.submission, str(id)), event.title.get("de", ""), later, by=by, now=now)


def _first_day(event: EventView) -> date:
    return min(one.start for one in event.coming_dates).astimezone(BERLIN).date()
