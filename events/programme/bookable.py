"""What taking a sent sign-up form needs to know of its events, in one statement: terms and questions, no dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.programme.policy import Policy, effective_policy
from events.programme.questions import COLUMNS, ORDER, question_views
from events.programme.tables import Event
from events.programme.views import QuestionView


@dataclass(frozen=True)
class BookableEvent:
    id: UUID
    slug: str
    policy: Policy
    programme_id: UUID
    series_id: UUID | None
    starts_at: datetime | None
    questions: tuple[QuestionView, ...] = ()


_SELECT = (
    "SELECT e.id AS event_id, e.slug AS slug, e.policy AS event_policy, p.policy AS programme_policy, "
    f"e.programme AS programme, e.series AS series, e.starts_at AS starts_at, {COLUMNS} "
    "FROM event e JOIN programme p ON p.id = e.programme LEFT JOIN series s ON s.id = e.series "
    "LEFT JOIN question q ON q.event = e.id LEFT JOIN answer_option o ON o.question = q.id "
    "WHERE e.status <> 'draft' AND {} ORDER BY e.starts_at, e.slug, " + ORDER
)


async def bookable_event(slug: str) -> BookableEvent | None:
    """As `event_by_slug`: drafts are not found."""
    found = _events(await Event.raw(_SELECT.replace("{}", "e.slug = {}"), slug))
    return found[0] if found else None


async def bookable_series(slug: str) -> list[BookableEvent]:
    """The public events of a published series in the order of their start; empty where there is no such series."""
    events = _events(await Event.raw(_SELECT.replace("{}", "s.slug = {} AND s.published_at IS NOT NULL"), slug))
    return [event for event in events if event.policy.visibility == "public"]


def _events(rows: list[dict[str, Any]]) -> list[BookableEvent]:
    by_event: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_event.setdefault(UUID(str(row["event_id"])), []).append(row)
    return [_event(id, of_event) for id, of_event in by_event.items()]


def _event(id: UUID, rows: list[dict[str, Any]]) -> BookableEvent:
    first = rows[0]
    return BookableEvent(
        id=id,
        slug=first["slug"],
        policy=effective_policy(first["programme_policy"], first["event_policy"]),
        programme_id=UUID(str(first["programme"])),
        series_id=UUID(str(first["series"])) if first["series"] else None,
        starts_at=first["starts_at"],
        questions=tuple(question_views(row for row in rows if row["id"])),
    )
