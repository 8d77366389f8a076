"""What the upcoming events ask, and what the invented people answer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.demo.plans import QuestionPlan
from events.kit.actor import Actor
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.question_actions import add_question
from events.programme.questions import questions_of
from events.registration.signup import GivenAnswer


async def ask(event_id: UUID, plans: Sequence[QuestionPlan], *, by: Actor, now: datetime) -> None:
    ids: list[UUID] = []
    for plan in plans:
        details = QuestionDetails(
            kind=plan.kind,
            text=plan.text,
            required=plan.required,
            purpose=plan.purpose,
            keep_days=plan.keep_days,
            only_if=None if plan.only_if is None else ids[plan.only_if - 1],
            only_if_value="" if plan.only_if is None else "yes",
            options=tuple(OptionDetails(option.text, option.places) for option in plan.options),
        )
        ids.append(await add_question(event_id, details, by=by, now=now))


async def answers(event_id: UUID, number: int) -> tuple[GivenAnswer, ...]:
    """The first question that offers a choice is answered, by turns; nothing where an event asks nothing."""
    for question in (await questions_of([event_id]))[event_id]:
        if question.kind == "choice":
            return (GivenAnswer(question.id, (question.options[number % len(question.options)].id,)),)
    return ()
