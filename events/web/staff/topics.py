"""Wishes for topics for staff: reading what came in, publishing, answering, naming the event that came of it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.programme.brief import coming_events
from events.topics.actions import edit_topic, remove_topic
from events.topics.forms import AnswerForm, answer_values, milliseconds
from events.topics.queries import TopicView, topic_by_id, topics
from events.topics.status import MOVES, NAMES, STATUSES
from events.topics.wording import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told

PATH = "/team/themenwuensche"
TOPIC = PATH + "/{topic_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]

FIELDS = {"topic_without_answer": "answer", "topic_without_event": "event", "topic_event_is_draft": "event"}
"""Where the form tells a refusal."""


@get(PATH, guards=[needs("read_figures")])
async def list_topics(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    """Those nobody has read yet come first."""
    found = sorted(await topics(), key=lambda one: STATUSES.index(one.status))
    return staff_page(
        "staff/topics/list.html",
        staff,
        notice=meldung,
        groups=[(_(NAMES[status]), some) for status in STATUSES if (some := _of(found, status))],
    )


@get(TOPIC, guards=[needs("read_figures")])
async def show_topic(staff: SignedIn, topic_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return await _page(staff, await _found(topic_id), notice=meldung)


@post(TOPIC, guards=[needs("plan")])
async def save_topic(request: Request[Any, Any, Any], staff: SignedIn, topic_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _found(topic_id), await request.form()
    form, errors = parse_form(AnswerForm, sent)
    if form is None:
        return await _page(staff, found, Filled(typed(sent), errors), 422)
    try:
        await edit_topic(
            found.id, form.title, form.details, form.answer, form.status, form.seen_at, by=staff.actor, now=now(),
            event_id=form.event,
        )  # fmt: skip
    except Refused as refused:
        return await _refused(staff, found.id, typed(sent), refused)
    return see(TOPIC.replace("{topic_id:uuid}", str(found.id)), "gespeichert")


@post(TOPIC + "/loeschen", guards=[needs("plan")])
async def remove(staff: SignedIn, topic_id: FromPath[UUID]) -> Response[Any]:
    await remove_topic(topic_id, by=staff.actor, now=now())
    return see(PATH, "wunsch_weg")


def _of(found: list[TopicView], status: str) -> list[TopicView]:
    return [one for one in found if one.status == status]


async def _refused(staff: SignedIn, id: UUID, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """With what was typed; after somebody else's change saving again is knowing it."""
    found = await _found(id)
    if any(one.code == "topic_changed" for one in refused.reasons):
        sent = {**sent, "seen": [str(milliseconds(found.changed_at))]}
    said = {FIELDS.get(one.code, ""): refusal_text(one) for one in refused.reasons}
    return await _page(staff, found, Filled(sent, said), 409)


async def _found(topic_id: UUID) -> TopicView:
    found = await topic_by_id(topic_id)
    if found is None or not found.is_backed:
        raise NotFound
    return found


async def _page(
    staff: SignedIn, found: TopicView, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    reachable = [code for code in STATUSES if code == found.status or code in MOVES[found.status]]
    return staff_page(
        "staff/topics/one.html",
        staff,
        status=status,
        notice=notice,
        topic=found,
        form=form or Filled(answer_values(found)),
        state=_(NAMES[found.status]),
        statuses=[(code, _(NAMES[code])) for code in reachable],
        events=await _events(found),
        lines=await told(await history_of("topic_proposal", found.id)),
    )


async def _events(found: TopicView) -> list[tuple[str, str]]:
    """Those that come, and the one that is named already."""
    choices = {str(event.id): event.with_day for event in await coming_events(now())}
    if found.event is not None:
        choices.setdefault(str(found.event.id), localized(found.event.title).text)
    return list(choices.items())


handlers = (team(list_topics, show_topic, save_topic, remove),)
