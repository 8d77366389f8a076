"""What came back: of one event, and the events of a programme side by side. Everything in it is safe to show.

The content of a round is shown only once it is closed: two looks at a growing round would tell the last answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.feedback.answers import Answers
from events.feedback.forms_kept import questions_of
from events.feedback.questions import Question
from events.feedback.rounds import Round, round_view
from events.feedback.suppression import LEAST, Shown, shown_choice, shown_scale
from events.feedback.tables import Feedback, FeedbackRound
from events.kit.text import fold
from events.programme.queries import EventView, events_by_ids


@dataclass(frozen=True)
class QuestionResult:
    """`answered` is None where too few did; texts stand in the order of the alphabet."""

    question: Question
    answered: int | None
    shown: Shown
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """`forms` is None while there are fewer than five; no questions then, and none while the round is open."""

    forms: int | None
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True)
class ComparedEvent:
    """`tenths`: ten times the mean by code of the question; those that are withheld are missing."""

    event: EventView
    forms: int | None
    tenths: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """`forms` and `tenths` add up only what is shown of the events: nothing can be taken away from them."""

    questions: tuple[Question, ...]
    events: tuple[ComparedEvent, ...]
    forms: int
    tenths: Mapping[str, int]


async def results_of(one: Round, now: datetime) -> Results:
    answers = (await _answers([one.id]))[one.id]
    forms = len(answers) if len(answers) >= LEAST else None
    if forms is None or one.state(now) != "closed":
        return Results(forms, ())
    return Results(forms, tuple(_result(question, answers) for question in one.questions))


async def compared(programme_id: UUID, now: datetime) -> Comparison:
    """The closed rounds of the programme, the latest event first. Five statements, however many."""
    rounds = await _closed_rounds(programme_id, now)
    answers = await _answers([one.id for one in rounds])
    events = await events_by_ids([one.event_id for one in rounds], partners=False)
    questions = tuple(one for one in await questions_of(programme_id) if one.is_scale)
    lines = [_line(events[one.event_id], one, answers[one.id]) for one in rounds if one.event_id in events]
    lines.sort(key=lambda line: (line.event.starts_at or now, line.event.slug), reverse=True)
    total = sum(line.forms or 0 for line in lines)
    return Comparison(questions, tuple(lines), total, _together(questions, lines))


def _result(question: Question, answers: Sequence[Answers]) -> QuestionResult:
    given = [one[question.code] for one in answers if question.code in one]
    answered = len(given) if len(given) >= LEAST else None
    if question.kind == "text":
        texts = sorted({str(text) for text in given}, key=lambda text: (fold(text), text))
        return QuestionResult(question, answered, Shown(()), tuple(texts))
    values = tuple(reversed(question.values)) if question.is_scale else question.values
    counts = [given.count(value) for value in values]
    return QuestionResult(question, answered, shown_scale(counts) if question.is_scale else shown_choice(counts))


def _line(event: EventView, one: Round, answers: Sequence[Answers]) -> ComparedEvent:
    if len(answers) < LEAST:
        return ComparedEvent(event, None, {})
    found = [_result(question, answers) for question in one.questions if question.is_scale]
    tenths = {one.question.code: one.shown.tenths for one in found if one.shown.tenths is not None}
    return ComparedEvent(event, len(answers), tenths)


def _together(questions: Iterable[Question], lines: Sequence[ComparedEvent]) -> dict[str, int]:
    """Of the means that are shown, each as heavy as its event has answers; made of nothing else."""
    found = {}
    for question in questions:
        given = [(line.tenths[question.code], line.forms or 0) for line in lines if question.code in line.tenths]
        if given:
            heads = sum(forms for _tenths, forms in given)
            found[question.code] = round(sum(tenths * forms for tenths, forms in given) / heads)
    return found


async def _closed_rounds(programme_id: UUID, now: datetime) -> list[Round]:
    rows = await FeedbackRound.select(
        *FeedbackRound.all_columns(), FeedbackRound.form.questions.as_alias("questions")
    ).where((FeedbackRound.event.programme == programme_id) & (FeedbackRound.closes_at <= now))  # fmt: skip
    return [round_view(row) for row in rows]


async def _answers(rounds: Sequence[UUID]) -> dict[UUID, list[Answers]]:
    found: dict[UUID, list[Answers]] = {id: [] for id in rounds}
    if rounds:
        rows: list[dict[str, Any]] = await Feedback.select(Feedback.round, Feedback.answers).where(
            Feedback.round.is_in(list(rounds))
        )
        for row in rows:
            found[row["round"]].append(json.loads(row["answers"]))
    return found
