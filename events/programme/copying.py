"""Making an event like another one: texts, rules, questions, quotas, partners; nobody who is registered, no links.

The rules for its mails are copied by `invitations.copying`, which knows them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.programme.actions import create_event
from events.programme.details import DateDetails, EventDetails
from events.programme.locking import lock_events
from events.programme.overview import own_policy
from events.programme.queries import EventView, event_by_id
from events.programme.tables import AnswerOption, Event, EventPartner, Question, Quota
from events.programme.translated import made_from
from events.programme.views import DateView


async def copy_event(
    source_id: UUID, new_id: UUID, title: str, dates: Sequence[DateDetails], *, by: Actor, now: datetime,
    series_id: UUID | None = None,
) -> bool:  # fmt: skip
    """A draft with these dates; False when `new_id` exists already: the same form sent twice. `series_id`: another
    series than that of the source. Raises NotFound, Refused."""
    async with transaction():
        await lock_events([source_id])  # the same form sent twice waits here
        source = await event_by_id(source_id)
        if source is None:
            raise NotFound
        if await Event.exists().where(Event.id == new_id):
            return False
        details = details_of(source, await own_policy(source_id))
        details = replace(details, title={**details.title, "de": title}, series_id=series_id or details.series_id)
        await create_event(details, dates=dates, id=new_id, by=by, now=now)
        # A translation that did not fit the source does not fit the copy, nor one of another title.
        stamped = json.dumps(dict(made_from(source, details)))
        await Event.update({Event.translated_from: stamped}).where(Event.id == new_id)
        await _copy_questions(source_id, new_id)
        await _copy_quotas(source, new_id, dates)
        await _copy_partners(source_id, new_id)
        facts = {"source": source.title.get("de", "")}
        await note(entry("copied", Event, id=new_id, by=by, now=now, context=new_id, facts=facts))
    return True


def details_of(event: EventView, policy: Mapping[str, object]) -> EventDetails:
    """What would make it again; `policy` are its own rules. The address is free to be another."""
    return EventDetails(
        programme_id=event.programme_id,
        title=event.title,
        summary=event.summary,
        description=event.description,
        format=event.format,
        audiences=event.audiences,
        languages=event.languages,
        hints=event.hints,
        capacity=event.capacity,
        policy=policy,
        series_id=event.series_id,
    )


def date_details(date: DateView) -> DateDetails:
    """What would make it again; the link to dial in is not repeated, it is mostly another one."""
    return DateDetails(date.start, date.end, date.break_minutes, date.venue_id, date.room, date.is_online)


async def _copy_questions(source_id: UUID, new_id: UUID) -> None:
    """Conditions name the copies of questions and options."""
    rows = await Question.select().where(Question.event == source_id).order_by(Question.position, Question.id)
    new_ids = {row["id"]: uuid4() for row in rows}
    options = await AnswerOption.select().where(AnswerOption.question.is_in(list(new_ids))) if rows else []
    new_options = {row["id"]: uuid4() for row in options}
    chosen = {str(old): str(new) for old, new in new_options.items()}
    for row in rows:
        changed = {
            "id": new_ids[row["id"]],
            "event": new_id,
            "only_if": new_ids.get(row["only_if"]),
            "only_if_value": chosen.get(row["only_if_value"], row["only_if_value"]),
        }
        await Question.insert(Question(**{**row, **changed}))
    for row in options:
        copied = {**row, "id": new_options[row["id"]], "question": new_ids[row["question"]]}
        await AnswerOption.insert(AnswerOption(**copied))


async def _copy_quotas(source: EventView, new_id: UUID, dates: Sequence[DateDetails]) -> None:
    """They are released as long before the start as those of the source; without a new start never by themselves."""
    start = min((one.start for one in dates), default=None)
    for row in await Quota.select().where(Quota.event == source.id):
        before: timedelta | None = None
        if row["release_at"] and source.starts_at:
            before = source.starts_at - row["release_at"]
        release_at = start - before if start and before is not None else None
        await Quota.insert(Quota(**{**row, "id": uuid4(), "event": new_id, "release_at": release_at}))


async def _copy_partners(source_id: UUID, new_id: UUID) -> None:
    for row in await EventPartner.select().where(EventPartner.event == source_id):
        await EventPartner.insert(
            EventPartner(id=uuid4(), event=new_id, organisation=row["organisation"], role=row["role"])
        )
