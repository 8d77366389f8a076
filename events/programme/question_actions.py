"""What can happen to the questions of an event. Each is one transaction: seat lock, rule, change, history."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.locking import lock_events
from events.programme.question_rules import (
    NOBODY,
    WITH_OPTIONS,
    Answered,
    moved_by_one,
    why_not_add,
    why_not_change,
    why_not_move,
    why_not_remove,
)
from events.programme.questions import questions_of
from events.programme.tables import AnswerOption, Question
from events.programme.views import QuestionView


async def add_question(event_id: UUID, details: QuestionDetails, *, by: Actor, now: datetime) -> UUID:
    """Comes last. Who is registered already is not asked any more. Raises NotFound, Refused."""
    async with transaction():
        asked = await _locked(event_id)
        refuse_if(*why_not_add(details, asked))
        row = Question(**_columns(details), id=uuid4(), event=event_id, position=await _next_position(event_id))
        await Question.insert(row)
        await _save_options(row.id, details, known=frozenset())
        facts = {"question": details.text["de"]}
        await note(entry("question_added", row, by=by, now=now, context=event_id, facts=facts))
    id: UUID = row.id
    return id


async def edit_question(
    event_id: UUID, question_id: UUID, details: QuestionDetails, *, by: Actor, now: datetime, use: Answered = NOBODY
) -> None:
    """Options that are not named are removed. `registration.capacity.change_question` counts `use` under the lock and
    passes freed places on. Raises NotFound, Refused."""
    async with transaction():
        asked = await _locked(event_id)
        before = _found(question_id, asked)
        refuse_if(*why_not_change(question_id, details, asked, use))
        changed = _changed(before, details)
        if not changed:
            return
        await Question.update(**_columns(details)).where(Question.id == question_id)
        await _save_options(question_id, details, known=frozenset(one.id for one in before.options))
        facts = {"question": details.text["de"], "changed": changed}
        await note(entry("edited", Question, id=question_id, by=by, now=now, context=event_id, facts=facts))


async def remove_question(
    event_id: UUID, question_id: UUID, *, by: Actor, now: datetime, use: Answered = NOBODY, with_answers: bool = False
) -> None:
    """The answers are gone before: `registration.capacity.remove_question` sees to it. Raises NotFound, Refused."""
    async with transaction():
        asked = await _locked(event_id)
        before = _found(question_id, asked)
        refuse_if(*why_not_remove(question_id, asked, use, with_answers))
        await Question.delete().where(Question.id == question_id)
        facts: dict[str, object] = {"question": before.text["de"]}
        if use.answers:
            facts["answers"] = use.answers
        await note(entry("question_removed", Question, id=question_id, by=by, now=now, context=event_id, facts=facts))


async def move_question(event_id: UUID, question_id: UUID, *, up: bool, by: Actor, now: datetime) -> None:
    """By one place. Raises NotFound, Refused."""
    async with transaction():
        asked = await _locked(event_id)
        before = _found(question_id, asked)
        refuse_if(*why_not_move(question_id, up, asked))
        for position, one in enumerate(moved_by_one(question_id, up, asked) or ()):
            await Question.update({Question.position: position}).where(Question.id == one.id)
        facts = {"question": before.text["de"]}
        await note(entry("question_moved", Question, id=question_id, by=by, now=now, context=event_id, facts=facts))


async def _locked(event_id: UUID) -> tuple[QuestionView, ...]:
    """The questions as they are while we hold the seat lock: sign-ups read them under it too."""
    if event_id not in await lock_events([event_id]):
        raise NotFound
    return (await questions_of([event_id]))[event_id]


def _found(question_id: UUID, asked: Sequence[QuestionView]) -> QuestionView:
    found = next((one for one in asked if one.id == question_id), None)
    if found is None:
        raise NotFound
    return found


async def _next_position(event_id: UUID) -> int:
    last = await Question.select(Question.position).where(Question.event == event_id).order_by(
        Question.position, ascending=False
    ).first()  # fmt: skip
    return last["position"] + 1 if last else 0


async def _save_options(question_id: UUID, details: QuestionDetails, known: frozenset[UUID]) -> None:
    """In the order they are named; what is known and not named is removed."""
    options = details.options if details.kind in WITH_OPTIONS else ()
    gone = known - {one.id for one in options}
    if gone:
        await AnswerOption.delete().where(AnswerOption.id.is_in(list(gone)))
    for position, one in enumerate(options):
        values = _option_columns(one, position)
        if one.id in known:
            await AnswerOption.update(**values).where(AnswerOption.id == one.id)
        else:
            await AnswerOption.insert(AnswerOption(**values, id=uuid4(), question=question_id))


def _option_columns(option: OptionDetails, position: int) -> dict[str, Any]:
    return {"position": position, "text": _json(option.text), "places": option.places}


def _columns(details: QuestionDetails) -> dict[str, Any]:
    return {
        "kind": details.kind,
        "text": _json(details.text),
        "hint": _json(details.hint),
        "required": details.required,
        "purpose": details.purpose.strip(),
        "keep_days": details.keep_days,
        "only_if": details.only_if,
        "only_if_value": details.only_if_value,
    }


def _changed(before: QuestionView, details: QuestionDetails) -> list[str]:
    """The names of what differs, as the history tells them."""
    names = ("kind", "text", "hint", "required", "purpose", "keep_days")
    changed = [name for name in names if getattr(before, name) != getattr(details, name)]
    if (before.only_if, before.only_if_value) != (details.only_if, details.only_if_value):
        changed.append("only_if")
    options = details.options if details.kind in WITH_OPTIONS else ()
    if [(one.id, one.text, one.places) for one in before.options] != [(o.id, o.text, o.places) for o in options]:
        changed.append("options")
    return changed


def _json(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)
