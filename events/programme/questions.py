"""What an event asks of everybody who signs up, read in one statement; `question_actions` changes it."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from events.programme.tables import Question
from events.programme.views import OptionView, QuestionView

COLUMNS = (
    "q.id AS id, q.event AS event, q.kind, q.text, q.hint, q.required, q.purpose, q.keep_days, "
    "q.only_if AS only_if, q.only_if_value, o.id AS option, o.text AS option_text, o.places AS places"
)
ORDER = "q.position, q.id, o.position, o.id"
"""For statements that read questions (q) with their options (o); `question_views` takes the rows."""

_ALL = (
    f"SELECT {COLUMNS} FROM question q LEFT JOIN answer_option o ON o.question = q.id "
    f"WHERE q.event IN ({{}}) ORDER BY {ORDER}"
)


async def questions_of(event_ids: Collection[UUID]) -> dict[UUID, tuple[QuestionView, ...]]:
    """In the order they are asked; every one of the events is in the answer. One statement."""
    if not event_ids:
        return {}
    marks = ", ".join("{}" for _ in event_ids)
    found: dict[UUID, list[QuestionView]] = {id: [] for id in event_ids}
    for view in question_views(await Question.raw(_ALL.replace("{}", marks), *event_ids)):
        found[view.event_id].append(view)
    return {id: tuple(questions) for id, questions in found.items()}


def question_views(rows: Iterable[dict[str, Any]]) -> list[QuestionView]:
    """One row for each option, or for a question without any; the order stays."""
    by_question: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_question.setdefault(UUID(str(row["id"])), []).append(row)
    return [_view(id, of_question) for id, of_question in by_question.items()]


def _view(id: UUID, rows: list[dict[str, Any]]) -> QuestionView:
    first = rows[0]
    return QuestionView(
        id=id,
        event_id=UUID(str(first["event"])),
        kind=first["kind"],
        text=json.loads(first["text"]),
        hint=json.loads(first["hint"]),
        required=bool(first["required"]),
        purpose=first["purpose"],
        keep_days=first["keep_days"],
        only_if=UUID(str(first["only_if"])) if first["only_if"] else None,
        only_if_value=first["only_if_value"],
        options=tuple(
            OptionView(UUID(str(row["option"])), json.loads(row["option_text"]), row["places"])
            for row in rows
            if row["option"]
        ),
    )
