"""Events that ask something, or that ask for an agreement: made through the actions, with sensible defaults."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.details import OptionDetails, QuestionDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question
from events.programme.questions import questions_of
from events.programme.views import QuestionView
from events.registration.answers import field_name
from events.registration.tables import Answer


async def make_question(
    event: EventView, kind: str, text: str, *options: str | tuple[str, int], only_if: QuestionView | None = None,
    only_if_value: str = "yes", **details: Any,
) -> QuestionView:  # fmt: skip
    """An option is its text, or text and places."""
    named = [(option, None) if isinstance(option, str) else option for option in options]
    asked = QuestionDetails(
        kind,
        {"de": text},
        options=tuple(OptionDetails({"de": words}, places) for words, places in named),
        purpose=details.pop("purpose", "Damit planen wir die Veranstaltung."),
        only_if=only_if.id if only_if else None,
        only_if_value=only_if_value if only_if else "",
        **details,
    )
    id = await add_question(event.id, asked, by=SYSTEM, now=now())
    return next(one for one in (await questions_of([event.id]))[event.id] if one.id == id)


async def make_agreement(programme: UUID, organisation: UUID, *, days: tuple[int, int | None] = (-30, None)) -> UUID:
    """From and to so many days from today."""
    first, last = ((now() + timedelta(days=day)).date() if day is not None else None for day in days)
    assert first is not None
    return await create_agreement(AgreementDetails(organisation, programme, first, last), by=SYSTEM, now=now())


def answered(question: QuestionView, value: str = "", prefix: str = "", option: int | None = None) -> dict[str, str]:
    """The field of a form in which this was answered; `option` is the place of the chosen one."""
    return {field_name(question, prefix): value if option is None else str(question.options[option].id)}


async def stored_answers() -> list[tuple[UUID, str, UUID | None]]:
    """Question, text and option of everything that was answered."""
    return [(one.question, one.text, one.option) for one in await Answer.objects().order_by(Answer.question.position)]
