"""Wishes for topics: what others would like to hear about, backing one, a wish of one's own. By mail, no account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.clock import now
from events.kit.forms import Form, parse_form
from events.kit.refusals import NotFound, Refused
from events.kit.translation import current_language
from events.topics.actions import back_topic, propose_topic, prove_voice, withdraw_voice
from events.topics.forms import BackForm, ProposeForm
from events.topics.queries import TopicView, public_topics, topic_by_id, voice_behind
from events.topics.status import NAMES
from events.topics.wording import refusal_text
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused_by_spam_checks, typed_again
from events.web.template_words import link
from events.web.templating import page

TOPICS = "/themenwuensche"
OWN = TOPICS + "/{token:str}"
Asked = Request[Any, Any, Any]


@get(TOPICS, opt={"kept": True}, include_in_schema=False)
async def show_topics() -> Response[bytes]:
    return page("public/topics/list.html", topics=await public_topics(), names=NAMES)


@get(TOPICS + "/neu", include_in_schema=False)
async def new_topic() -> Response[bytes]:
    return _proposal(blank(id=str(uuid4())))


@post(TOPICS + "/neu", status_code=303, include_in_schema=False)
async def propose(request: Asked) -> Response[Any]:
    """The answer is the same whether or not the address is known."""
    sent = await request.form()
    form, errors = parse_form(ProposeForm, sent)
    if form is None:
        return _proposal(_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, "themenwuensche")
    if stopped is not None:
        return _proposal(_again(sent, stopped.errors), stopped.status, stopped.headers)
    await propose_topic(form.id, form.title, form.details, form.email, current_language(), now=now())
    return Redirect(link(TOPICS + "/eingang"), status_code=303)


@get(TOPICS + "/eingang", include_in_schema=False)
async def show_receipt() -> Response[bytes]:
    """The same for everybody: nothing on it depends on what was typed."""
    return page("public/topics/receipt.html", headers=NEVER_KEPT)


@get(TOPICS + "/danke", include_in_schema=False)
async def show_withdrawn() -> Response[bytes]:
    return page("public/topics/withdrawn.html", headers=NEVER_KEPT)


@get(TOPICS + "/stimme/{topic_id:uuid}", include_in_schema=False)
async def ask_for_voice(topic_id: FromPath[UUID]) -> Response[bytes]:
    return _voice(await _public(topic_id), blank())


@post(TOPICS + "/stimme/{topic_id:uuid}", status_code=303, include_in_schema=False)
async def back(request: Asked, topic_id: FromPath[UUID]) -> Response[Any]:
    topic, sent = await _public(topic_id), await request.form()
    form, errors = parse_form(BackForm, sent)
    if form is None:
        return _voice(topic, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, "themenwuensche")
    if stopped is not None:
        return _voice(topic, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    try:
        await back_topic(topic.id, form.email, current_language(), now=now())
    except Refused as refused:
        return _voice(topic, typed_again(sent, {"": " ".join(map(refusal_text, refused.reasons))}), 409)
    return Redirect(link(TOPICS + "/eingang"), status_code=303)


@get(OWN, include_in_schema=False)
async def show_own(token: FromPath[str]) -> Response[bytes]:
    return page("public/topics/own.html", headers=NEVER_KEPT, voice=await voice_behind(token), token=token, names=NAMES)


@post(OWN + "/bestaetigen", status_code=303, include_in_schema=False)
async def prove(token: FromPath[str]) -> Response[Any]:
    await prove_voice(await voice_behind(token), now=now())
    return Redirect(link(f"{TOPICS}/{token}"), status_code=303)


@post(OWN + "/zuruecknehmen", status_code=303, include_in_schema=False)
async def withdraw(token: FromPath[str]) -> Response[Any]:
    await withdraw_voice(await voice_behind(token))
    return Redirect(link(TOPICS + "/danke"), status_code=303)


async def _public(topic_id: UUID) -> TopicView:
    topic = await topic_by_id(topic_id)
    if topic is None or not topic.is_public:
        raise NotFound
    return topic


def _proposal(form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page("public/topics/form.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, form=form)


def _voice(topic: TopicView, form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        "public/topics/voice.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, form=form, topic=topic
    )


def _again(sent: Form, errors: Mapping[str, str]) -> Filled:
    """With an id of its own where none came with the form."""
    filled = typed_again(sent, errors)
    return filled if filled.values.get("id") else Filled({**filled.values, "id": str(uuid4())}, filled.errors)


handlers = (
    show_topics, new_topic, propose, show_receipt, show_withdrawn, ask_for_voice, back, show_own, prove, withdraw,
)  # fmt: skip
