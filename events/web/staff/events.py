"""Events for staff: the list, one event, making, changing, publishing and calling off."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromQuery, QueryParameter

from events.accounts.rules import may, sees_only_own_events
from events.attendance.sheets.printing import leaders_of
from events.evidence.queries import why_settled
from events.invitations.actions import call_off_event, edit_event, publish_event
from events.invitations.changes.affected import is_told_off, who_hears_of_calling_off, who_is_affected
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused, refuse_if
from events.kit.translation import gettext
from events.programme.actions import create_event
from events.programme.conflicts import conflicts_of
from events.programme.forms import NewForm, ReasonForm, event_values, read_event
from events.programme.overview import View, own_policy, staff_list
from events.programme.previews import preview_address
from events.programme.queries import EventView, event_by_id
from events.programme.questions import questions_of
from events.programme.rules import why_not_publish
from events.programme.tables import Event
from events.programme.trainers import events_led_by
from events.programme.translated import states_of
from events.programme.versions import version_of
from events.registration.queries import seats
from events.web.errors import refusal_text
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.choices import event_choices, programme_filter
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.planning_bulk import ACTIONS
from events.web.staff.planning_checklist import todo_of
from events.web.staff.planning_fields import event_fields, event_words
from events.web.staff.planning_versions import SEEN, Difference, differences, is_outdated, last_saved, seen_in
from events.web.staff.rule_words import rules_in_words

Text = Annotated[str, QueryParameter(max_length=200)]

TEAM = "/team/"
"""Whose words refusals are told in."""

_FIELDS = {"capacity_below_taken": "capacity", "capacity_negative": "capacity", "programme_fixed": "programme"}
"""Where the form tells a refusal of the programme."""


@get("/team/veranstaltungen", guards=[needs("read")])
async def list_events(
    staff: SignedIn,
    ansicht: FromQuery[View] = "kommende",
    suche: Text = "",
    programm: Text = "",
    seite: FromQuery[int] = 1,
    alle: FromQuery[bool] = False,
    meldung: Text = "",
) -> Response[bytes]:
    """With `alle` every event of the page is ticked, so that it goes without scripts."""
    moment = now()
    only = await events_led_by(staff.id, moment) if sees_only_own_events(staff.role) else None
    found = await staff_list(ansicht, moment, search=suche, programme=programm, only=only, page=seite)
    return staff_page(
        "staff/events/list.html",
        staff,
        notice=meldung,
        found=found,
        seats=await seats([event.id for event in found.events], moment),
        view=ansicht,
        all_ticked=alle,
        actions=[(code, gettext(text)) for code, text in ACTIONS.items()],
        filters=Filled({"suche": suche, "programm": programm}),
        programmes=await programme_filter(),
        moment=moment,
    )


@get("/team/veranstaltungen/{event_id:uuid}", guards=[needs("read")])
async def show_event(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    moment = now()
    return staff_page(
        "staff/events/event.html",
        staff,
        notice=meldung,
        event=event,
        seats=(await seats([event.id], moment))[event.id],
        moment=moment,
        missing=[refusal_text(one, TEAM) for one in why_not_publish(event, dates_to_follow=False)],
        is_told_off=event.is_called_off and await is_told_off(event.id),
        affected=await who_is_affected(event, moment) if event.is_called_off else None,
        own_rules=rules_in_words(await own_policy(event.id)),
        questions=len((await questions_of([event.id]))[event.id]),
        conflicts=await conflicts_of(event, moment),
        preview="" if event.is_reachable else preview_address(event),
        leaders=(leaders := await leaders_of(event, moment)),
        todo=await todo_of(event, bool(leaders), moment) if may(staff.role, "plan") else None,
    )


@get("/team/veranstaltungen/neu", guards=[needs("plan")])
async def new_event(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled({"format": "training", "id": str(uuid4())}))


@post("/team/veranstaltungen/neu", guards=[needs("plan")])
async def add_event(request: Request[Any, Any, Any], staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    (details, errors), (new, _wrong) = read_event(sent, {}), parse_form(NewForm, sent)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    event_id = await create_event(details, id=new.id if new else None, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event_id}/termine/neu", "angelegt")


@get("/team/veranstaltungen/{event_id:uuid}/bearbeiten", guards=[needs("plan")])
async def edit_form(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _form(staff, Filled(await _stored(event)), event)


@post("/team/veranstaltungen/{event_id:uuid}/bearbeiten", guards=[needs("plan")])
async def save_event(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    details, errors = read_event(sent, await own_policy(event.id))
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), event, 422)
    try:
        await edit_event(event.id, details, by=staff.actor, now=now(), seen=seen_in(sent))
    except Refused as refused:
        return await _refused(staff, event.id, typed(sent), refused)
    return see(f"/team/veranstaltungen/{event.id}", "gespeichert")


@post("/team/veranstaltungen/{event_id:uuid}/veroeffentlichen", guards=[needs("plan")])
async def publish(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    await publish_event(event.id, dates_to_follow="dates_to_follow" in sent, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "doch" if event.is_called_off else "veroeffentlicht")


@get("/team/veranstaltungen/{event_id:uuid}/absagen", guards=[needs("plan")])
async def call_off_form(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _call_off(staff, event, Filled())


@post("/team/veranstaltungen/{event_id:uuid}/absagen", guards=[needs("plan")])
async def call_off(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    refuse_if(await why_settled(event.dates))
    form, errors = parse_form(ReasonForm, sent := await request.form())
    if form is None:
        return await _call_off(staff, event, Filled(typed(sent), errors), 422)
    await call_off_event(event.id, {"de": form.reason} if form.reason else {}, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "abgesagt")


async def _stored(event: EventView) -> dict[str, Any]:
    """What stands in the fields, and which version that is."""
    return {**event_values(event, await own_policy(event.id)), SEEN: await version_of(Event, event.id)}


async def _refused(staff: SignedIn, id: UUID, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """A rule about the whole event is told above the form; nothing typed is lost. After somebody else's change theirs
    stands beside it; saving again is knowing it."""
    found = await event_by_id(id)
    if found is None:
        raise NotFound
    said = {_FIELDS.get(one.code, ""): refusal_text(one, TEAM) for one in refused.reasons}
    if not is_outdated(refused):
        return await _form(staff, Filled(sent, said), found, 409)
    stored, words = await _stored(found), event_words(await event_choices())
    between = differences(stored, sent, event_fields(), words)
    return await _form(staff, Filled({**sent, SEEN: stored[SEEN]}, said), found, 409, between)


async def _form(
    staff: SignedIn,
    form: Filled,
    event: EventView | None = None,
    status: Literal[200, 409, 422] = 200,
    between: Sequence[Difference] = (),
) -> Response[bytes]:
    return staff_page(
        "staff/events/form.html",
        staff,
        status=status,
        form=form,
        event=event,
        choices=await event_choices(),
        outdated=[code for code, state in states_of(event).items() if state == "outdated"] if event else [],
        differences=between,
        saved=await last_saved("event", event.id) if event else "",
    )


async def _call_off(
    staff: SignedIn, event: EventView, form: Filled, status: Literal[200, 422] = 200
) -> Response[bytes]:
    refuse_if(await why_settled(event.dates))
    affected = await who_hears_of_calling_off(event, now())
    return staff_page("staff/events/call_off.html", staff, status=status, event=event, affected=affected, form=form)


handlers = (
    team(list_events, show_event, new_event, add_event, edit_form, save_event, publish, call_off_form, call_off),
)
