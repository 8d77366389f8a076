"""What an event asks of everybody who signs up: the questions in their order, adding, changing, moving, removing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.kit.clock import now
from events.kit.forms import Form, typed
from events.kit.refusals import NotFound, Refused
from events.programme.details import QuestionDetails
from events.programme.queries import EventView
from events.programme.question_actions import add_question, move_question
from events.programme.question_forms import (
    FIRST_ROWS,
    option_rows,
    question_values,
    read_question,
    refused_fields,
    row,
)
from events.programme.question_rules import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    NOBODY,
    Answered,
    why_not_move,
    why_not_remove,
)
from events.programme.questions import questions_of
from events.programme.views import QuestionView
from events.programme.wording import refusal_text
from events.registration.capacity import change_question, remove_question
from events.registration.occupancy import answered
from events.registration.queries import seats
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import QUESTION_KINDS, other_languages, question_kinds
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.question_words import condition_choices, condition_in_words, preview

Text = Annotated[str, QueryParameter(max_length=200)]
QuestionId = FromPath[UUID]


@dataclass(frozen=True)
class Row:
    """A question in the list, with how far it is in use and what may happen to it."""

    question: QuestionView
    use: Answered
    condition: str
    may_go_up: bool
    may_go_down: bool


@get("/team/veranstaltungen/{event_id:uuid}/fragen", guards=[needs("plan")])
async def list_questions(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    asked = (await questions_of([event.id]))[event.id]
    use = await answered([one.id for one in asked], now())
    return staff_page(
        "staff/questions/list.html",
        staff,
        notice=meldung,
        event=event,
        rows=[_row(one, asked, use[one.id]) for one in asked],
        kinds=QUESTION_KINDS,
        is_full=len(asked) >= MOST_QUESTIONS,
        **preview(event, asked),
    )


@get("/team/veranstaltungen/{event_id:uuid}/fragen/neu", guards=[needs("plan")])
async def new_question(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _form(staff, event, Filled({"keep_days": "90"}))


@post("/team/veranstaltungen/{event_id:uuid}/fragen/neu", guards=[needs("plan")])
async def add(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    return await _save(await request.form(), staff, event, None)


@get("/team/veranstaltungen/{event_id:uuid}/fragen/{question_id:uuid}", guards=[needs("plan")])
async def edit_form(staff: SignedIn, event: EventInSight, question_id: QuestionId) -> Response[bytes]:
    question, _asked = await _found(event, question_id)
    filled = [row(number) for number, _option in enumerate(question.options)]
    return await _form(staff, event, Filled(question_values(question)), question, filled)


@post("/team/veranstaltungen/{event_id:uuid}/fragen/{question_id:uuid}", guards=[needs("plan")])
async def change(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, question_id: QuestionId
) -> Response[Any]:
    question, _asked = await _found(event, question_id)
    return await _save(await request.form(), staff, event, question)


@post("/team/veranstaltungen/{event_id:uuid}/fragen/{question_id:uuid}/verschieben", guards=[needs("plan")])
async def move(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, question_id: QuestionId
) -> Response[Any]:
    sent = await request.form()
    is_up = "up" in sent.getall("direction", [])
    await move_question(event.id, question_id, up=is_up, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}/fragen#frage-{question_id}")


@get("/team/veranstaltungen/{event_id:uuid}/fragen/{question_id:uuid}/entfernen", guards=[needs("plan")])
async def ask_before_removing(staff: SignedIn, event: EventInSight, question_id: QuestionId) -> Response[bytes]:
    return await _before_removing(staff, event, question_id, Filled())


@post("/team/veranstaltungen/{event_id:uuid}/fragen/{question_id:uuid}/entfernen", guards=[needs("plan")])
async def remove(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, question_id: QuestionId
) -> Response[Any]:
    is_sure = bool((await request.form()).getall("confirmed", []))
    try:
        await remove_question(event.id, question_id, with_answers=is_sure, by=staff.actor, now=now())
    except Refused as refused:
        fields = {"question_answered": "confirmed"}
        said = {fields.get(one.code, ""): refusal_text(one) for one in refused.reasons}
        return await _before_removing(staff, event, question_id, Filled({}, said), 409)
    return see(f"/team/veranstaltungen/{event.id}/fragen", "frage_entfernt")


async def _save(sent: Form, staff: SignedIn, event: EventView, question: QuestionView | None) -> Response[Any]:
    """Adds or changes it; the button for one more answer shows the form again with an empty row."""
    if sent.getall("more", []):
        return await _form(staff, event, Filled(typed(sent)), question, _one_more(sent))
    details, errors = read_question(sent, await _earlier(event, question))
    status: Literal[409, 422] = 422
    if details is not None:
        try:
            await _store(details, staff, event, question)
            return see(f"/team/veranstaltungen/{event.id}/fragen", "frage")
        except Refused as refused:
            errors, status = refused_fields(refused.reasons, sent), 409
    return await _form(staff, event, Filled(typed(sent), errors), question, option_rows(sent), status)


async def _store(details: QuestionDetails, staff: SignedIn, event: EventView, question: QuestionView | None) -> None:
    if question is None:
        await add_question(event.id, details, by=staff.actor, now=now())
    else:
        await change_question(event.id, question.id, details, by=staff.actor, now=now())


def _row(question: QuestionView, asked: Sequence[QuestionView], use: Answered) -> Row:
    return Row(
        question,
        use,
        condition_in_words(question, asked),
        may_go_up=not why_not_move(question.id, True, asked),
        may_go_down=not why_not_move(question.id, False, asked),
    )


async def _found(event: EventView, question_id: UUID) -> tuple[QuestionView, Sequence[QuestionView]]:
    """The question and all of the event. Raises NotFound."""
    asked = (await questions_of([event.id]))[event.id]
    found = next((one for one in asked if one.id == question_id), None)
    if found is None:
        raise NotFound
    return found, asked


async def _earlier(event: EventView, question: QuestionView | None) -> list[QuestionView]:
    """What is asked before it; before a new one everything."""
    asked = (await questions_of([event.id]))[event.id]
    return list(takewhile(lambda one: question is None or one.id != question.id, asked))


def _one_more(sent: Form) -> list[str]:
    """The rows there are and an empty one, with the next number."""
    numbers = [int(prefix.split("-")[1]) for prefix in option_rows(sent)]
    return [*option_rows(sent), row(max(numbers, default=-1) + 1)]


async def _form(
    staff: SignedIn,
    event: EventView,
    form: Filled,
    question: QuestionView | None = None,
    rows: Sequence[str] = (),
    status: Literal[200, 409, 422] = 200,
) -> Response[bytes]:
    use = (await answered([question.id], now()))[question.id] if question else NOBODY
    taken = (await seats([event.id], now()))[event.id]
    return staff_page(
        "staff/questions/form.html",
        staff,
        status=status,
        event=event,
        question=question,
        form=form,
        rows=rows or [row(number) for number in range(FIRST_ROWS)],
        may_have_more=len(rows) < MOST_OPTIONS,
        taken={str(id): seats for id, seats in use.taken.items()},
        answers=use.answers,
        kinds=question_kinds(),
        conditions=list(condition_choices(await _earlier(event, question))),
        other_languages=other_languages(),
        is_late=question is None and bool(taken.taken or taken.waiting),
    )


async def _before_removing(
    staff: SignedIn, event: EventView, question_id: UUID, form: Filled, status: Literal[200, 409] = 200
) -> Response[bytes]:
    question, asked = await _found(event, question_id)
    use = (await answered([question.id], now()))[question.id]
    against = why_not_remove(question.id, asked, use, with_answers=True)
    return staff_page(
        "staff/questions/remove.html",
        staff,
        status=status,
        event=event,
        question=question,
        answers=use.answers,
        against=[refusal_text(one) for one in against],
        form=form,
    )


handlers = (team(list_questions, new_question, add, edit_form, change, move, ask_before_removing, remove),)
