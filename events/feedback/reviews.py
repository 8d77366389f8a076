"""What whoever led an event says about it: written as long as they like, final once signed with their name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.feedback.rules import why_not_sign, why_not_write
from events.feedback.tables import LecturerReview
from events.history.actions import entry, note
from events.kit.actor import staff
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.text import one_line
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.trainers import charges_for


@dataclass(frozen=True)
class ReviewView:
    """`answers` by what was asked (`forms.REVIEW`); `name` as signed, empty before."""

    id: UUID
    event_id: UUID
    staff_id: UUID
    name: str
    answers: Mapping[str, str]
    changed_at: datetime
    signed_at: datetime | None

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


async def leads(staff_id: UUID, event: EventView) -> bool:
    """Whether this person was named for the event or its series, however long ago."""
    return any(one.staff_id == staff_id for one in await charges_for(event))


async def reviews_of(event_id: UUID) -> list[ReviewView]:
    """Drafts too; the oldest first."""
    rows = await LecturerReview.select().where(LecturerReview.event == event_id).order_by(LecturerReview.changed_at)
    return [_view(row) for row in rows]


async def write_review(
    event_id: UUID, staff_id: UUID, answers: Mapping[str, str], *, signed_as: str | None = None, now: datetime
) -> None:
    """Keeps the draft, or signs it with this name. Raises Refused once it is signed, NotFound."""
    name = one_line(signed_as or "")
    if signed_as is not None:
        refuse_if(None if name else Refusal("review_without_name"), None if answers else Refusal("review_empty"))
    async with transaction():
        if not await lock_events([event_id]):
            raise NotFound
        own = next((one for one in await reviews_of(event_id) if one.staff_id == staff_id), None)
        refuse_if(why_not_write(own is not None and own.is_signed))
        if name:
            event = await event_by_id(event_id)
            refuse_if(why_not_sign(event.starts_at if event else None, now))
        row = LecturerReview(
            id=own.id if own else uuid4(), event=event_id, staff=staff_id, name=name, changed_at=now,
            answers=json.dumps(dict(answers), ensure_ascii=False), signed_at=now if name else None,
        )  # fmt: skip
        await _keep(row, is_new=own is None)
        if name:
            await note(entry("review_signed", row, by=staff(staff_id), now=now, context=event_id))


async def _keep(row: LecturerReview, *, is_new: bool) -> None:
    if is_new:
        await LecturerReview.insert(row)
        return
    values: dict[Any, Any] = {
        LecturerReview.answers: row.answers, LecturerReview.name: row.name, LecturerReview.changed_at: row.changed_at,
        LecturerReview.signed_at: row.signed_at,
    }  # fmt: skip
    await LecturerReview.update(values).where(LecturerReview.id == row.id)


def _view(row: Mapping[str, Any]) -> ReviewView:
    same = ("id", "name", "changed_at", "signed_at")
    return ReviewView(
        **{name: row[name] for name in same}, event_id=row["event"], staff_id=row["staff"],
        answers=json.loads(row["answers"]),
    )  # fmt: skip
