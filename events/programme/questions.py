"""What an event asks of everybody who signs up: read in one statement, changed under its seat lock."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from events.programme.tables import Question
from events.programme.views import OptionView, QuestionView

_ALL = (
    "SELECT q.id AS id, q.event AS event, q.kind, q.text, q.hint, q.required, q.purpose, q.keep_days, "
    "q.only_if AS only_if, q.only_if_value, o.id AS option, o.text AS option_text, o.places AS places "
    "FROM question q LEFT JOIN answer_option o ON o.question = q.id "
    "WHERE q.event IN ({}) ORDER BY q.position, q.id, o.position, o.id"
)


async def questions_of(event_ids: Collection[UUID]) -> dict[UUID, tuple[QuestionView, ...]]:
    """In the order they are asked; every one of the events is in the answer. One statement."""
    if not event_ids:
        return {}
    marks = ", ".join("{}" for _ in event_ids)
    rows: dict[UUID, list[dict[str, Any]]] = {}
    for row in await Question.raw(_ALL.replace("{}", marks), *event_ids):
        rows.setdefault(UUID(str(row["id"])), []).append(row)
    found: dict[UUID, list[QuestionView]] = {id: [] for id in event_ids}
    for id, of_question in rows.items():
        view = _view(id, of_question)
        found[view.event_id].append(view)
    return {id: tuple(questions) for id, questions in found.items()}


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
