"""The form of a programme: the questions asked from now on. Editing keeps the versions that were answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.feedback.default_questions import DEFAULT
from events.feedback.questions import Question, read_stored, stored
from events.feedback.rules import why_not_ask
from events.feedback.tables import FeedbackForm
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.programme.tables import Programme

_LOCK = "UPDATE programme SET position = position WHERE id = {} RETURNING id"


async def questions_of(programme_id: UUID) -> tuple[Question, ...]:
    """What is asked after its events; ours while the office has written none."""
    row = await _active(programme_id)
    return read_stored(row["questions"]) if row else DEFAULT


async def save_questions(programme_id: UUID, questions: Sequence[Question], *, by: Actor, now: datetime) -> None:
    """Asked in rounds that open from now on. Raises NotFound, Refused."""
    refuse_if(why_not_ask(questions))
    async with transaction():
        if not await Programme.raw(_LOCK, programme_id):
            raise NotFound
        before = await _active(programme_id)
        if before and before["questions"] == stored(questions):
            return
        row = await _insert(programme_id, questions, now)
        await note(entry("edited", row, by=by, now=now, context=programme_id))


async def current_form(programme_id: UUID, now: datetime) -> UUID:
    """The id of the form a new round asks; with ours one is made. Call it in the transaction of the round."""
    await Programme.raw(_LOCK, programme_id)
    row = await _active(programme_id)
    id: UUID = row["id"] if row else (await _insert(programme_id, DEFAULT, now)).id
    return id


async def _insert(programme_id: UUID, questions: Sequence[Question], now: datetime) -> FeedbackForm:
    """The next version, from now on the only active one."""
    versions = await FeedbackForm.select(FeedbackForm.version).where(FeedbackForm.programme == programme_id)
    off: dict[Any, Any] = {FeedbackForm.active: False}
    await FeedbackForm.update(off).where(FeedbackForm.programme == programme_id)
    row = FeedbackForm(
        id=uuid4(), programme=programme_id, version=1 + max([0, *(one["version"] for one in versions)]),
        questions=stored(questions), active=True, created_at=now,
    )  # fmt: skip
    await FeedbackForm.insert(row)
    return row


async def _active(programme_id: UUID) -> dict[str, Any] | None:
    return await FeedbackForm.select(FeedbackForm.id, FeedbackForm.questions).where(
        (FeedbackForm.programme == programme_id) & FeedbackForm.active.eq(True)
    ).first()  # fmt: skip
