"""The questions asked after the events of a programme, and whether they are asked at all: one form."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.feedback.forms import question_rows, question_values, read_questions, row
from events.feedback.forms_kept import questions_of, save_questions
from events.feedback.rounds import ask_after_events
from events.feedback.rules import MOST_OPTIONS, MOST_QUESTIONS
from events.feedback.wording import KINDS, refusal_text
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext
from events.programme.queries import ProgrammeView, programmes
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/programme/{slug:str}/feedback"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("plan")])
async def show_form(staff: SignedIn, slug: FromPath[str], meldung: Text = "") -> Response[bytes]:
    programme = await _programme(slug)
    questions = await questions_of(programme.id)
    values = {**question_values(questions), "asks": programme.policy.feedback}
    rows = [row(number) for number in range(len(questions))]
    return _page(staff, programme, Filled(values), _and_one_more(rows), notice=meldung)


@post(PATH, guards=[needs("plan")])
async def save(request: Request[Any, Any, Any], staff: SignedIn, slug: FromPath[str]) -> Response[Any]:
    """The button for one more question shows the form again with an empty row."""
    programme, sent = await _programme(slug), await request.form()
    rows = question_rows(sent)
    if sent.getall("more", []):
        return _page(staff, programme, Filled(typed(sent)), _and_one_more(rows))
    questions, errors = read_questions(sent, await questions_of(programme.id))
    if errors:
        return _page(staff, programme, Filled(typed(sent), errors), rows, 422)
    try:
        await save_questions(programme.id, questions, by=staff.actor, now=now())
    except Refused as refused:
        said = {"": " ".join(refusal_text(one) for one in refused.reasons)}
        return _page(staff, programme, Filled(typed(sent), said), rows, 409)
    await ask_after_events(programme.id, bool(sent.getall("asks", [])), by=staff.actor, now=now())
    return see(f"/team/programme/{programme.slug}/feedback", "gespeichert")


def _page(
    staff: SignedIn, programme: ProgrammeView, form: Filled, rows: Sequence[str], status: int = 200, notice: str = ""
) -> Response[bytes]:
    return staff_page(
        "staff/feedback/questions.html",
        staff,
        status=status,
        notice=notice,
        programme=programme,
        form=form,
        rows=rows or [row(0)],
        may_have_more=len(rows) < MOST_QUESTIONS,
        kinds=[(code, gettext(text)) for code, text in KINDS.items()],
        other_languages=other_languages(),
        most=MOST_QUESTIONS,
        most_options=MOST_OPTIONS,
        labels=_labels(rows),
    )


def _labels(rows: Sequence[str]) -> dict[str, str]:
    """How the summary of errors calls the fields."""
    parts = {"text": gettext("Frage"), "options": gettext("Antworten"), "place": gettext("Reihenfolge")}
    found = {}
    for number, prefix in enumerate(rows, start=1):
        for name, words in parts.items():
            for begin in ("", *(f"{code}-" for code, _name, _dir in other_languages())):
                found[f"{prefix}{begin}{name}"] = f"{number}. {words}"
    return found


def _and_one_more(rows: Sequence[str]) -> list[str]:
    if len(rows) >= MOST_QUESTIONS:
        return list(rows)
    numbers = [int(prefix.split("-")[1]) for prefix in rows]
    return [*rows, row(max(numbers, default=-1) + 1)]


async def _programme(slug: str) -> ProgrammeView:
    found = next((one for one in await programmes() if one.slug == slug), None)
    if found is None:
        raise NotFound
    return found


handlers = (team(show_form, save),)
