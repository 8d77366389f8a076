"""The questions after an event, behind a mailed code or the link of the room. No names, no sign-in, no traces."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.accounts.throttle import too_many
from events.feedback.answering import Way, take_answer, way_behind
from events.feedback.answers import field_of, read_answers
from events.feedback.questions import SCALES, Question
from events.kit.addresses import address_prefix
from events.kit.clock import now
from events.kit.forms import Form, typed
from events.kit.links import random_token
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.programme.queries import event_by_id
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.template_words import link
from events.web.templating import page

FEEDBACK = "/feedback/{token:str}"
FROM_ONE_NETWORK = (200, timedelta(hours=1))
"""A whole room answers through one network."""

LONGEST_SUBMISSION = 64


@get("/feedback/danke", include_in_schema=False)
async def thank() -> Response[bytes]:
    return page("public/feedback/thanks.html", headers=NEVER_KEPT)


@get(FEEDBACK, include_in_schema=False)
async def ask(token: FromPath[str]) -> Response[bytes]:
    way = await way_behind(token)
    return _closed(way) or await _form(way, token, Filled({"submission": random_token()}))


@post(FEEDBACK, status_code=303, include_in_schema=False)
async def answer(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    way, sent = await way_behind(token), await request.form()
    if way.round.state(now()) != "open":
        return _closed(way) or _used()
    answers, errors = read_answers(way.round.questions, sent)
    if errors:
        return await _form(way, token, _again(sent, errors), 422)
    ip = request.client.host if request.client else ""
    seconds = await too_many(f"feedback:{way.round.id}:{address_prefix(ip)}", *FROM_ONE_NETWORK, now())
    if seconds is not None:
        errors = {"": _("Von hier kamen gerade sehr viele Antworten. Bitte versuchen Sie es etwas später noch einmal.")}
        return await _form(way, token, _again(sent, errors), 429, {"Retry-After": str(seconds)})
    try:
        await take_answer(way, answers, _submission(sent), now=now())
    except Refused:
        return _used()
    return Redirect(link("/feedback/danke"), status_code=303, headers=NEVER_KEPT)


async def _form(
    way: Way, token: str, form: Filled, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    event = await event_by_id(way.round.event_id)
    if event is None:
        raise NotFound
    return page(
        "public/feedback/form.html",
        status=status,
        headers={**NEVER_KEPT, **(headers or {})},
        form=form,
        event=event,
        here=link(f"/feedback/{token}"),
        questions=[(question, field_of(question), _choices(question)) for question in way.round.questions],
        labels={field_of(one): localized(one.text).text for one in way.round.questions},
        once=way.code is not None,
        until=way.round.closes_at,
    )


def _closed(way: Way) -> Response[bytes] | None:
    """Why there is nothing to fill in, if so."""
    state = way.round.state(now())
    if state == "open":
        return _used() if way.is_used else None
    status = 409 if state == "ahead" else 410
    return page("public/feedback/closed.html", status=status, headers=NEVER_KEPT, why=state, way=way)


def _used() -> Response[bytes]:
    return page("public/feedback/closed.html", status=409, headers=NEVER_KEPT, why="used")


def _choices(question: Question) -> list[tuple[str, Any]]:
    if question.is_scale:
        words = SCALES[question.kind]
        return [(str(value), _(words[int(value) - 1])) for value in question.values]
    return [(one.code, localized(one.text)) for one in question.options]


def _again(sent: Form, errors: Mapping[str, str]) -> Filled:
    return Filled({**typed(sent), "submission": _submission(sent)}, errors)


def _submission(sent: Form) -> str:
    """The one of the form, so that sending it twice counts once."""
    found = [text for text in sent.getall("submission", []) if isinstance(text, str)]
    return found[-1] if found and 0 < len(found[-1]) <= LONGEST_SUBMISSION else random_token()


handlers = (thank, ask, answer)
