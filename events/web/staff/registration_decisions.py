"""What the office decides: yes or no to requests, many at once; the waiting list past its order."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import gettext as _
from events.programme.queries import EventView
from events.registration import deciding
from events.registration.queries import RegistrationView, registrations_of, seats
from events.registration.requests import looked_at
from events.registration.staff_forms import DecisionForm, ReasonNeededForm
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.registrations import registration_in, registration_page, registrations_page

LIST = "/team/veranstaltungen/{event_id:uuid}/anmeldungen"
ONE = LIST + "/{registration_id:uuid}"


@post(LIST + "/entscheiden", guards=[needs("handle_registrations")])
async def decide(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    """First the page that says whom it concerns, then the decision."""
    sent = await request.form()
    form, errors = parse_form(DecisionForm, sent)
    if form is None:
        return await registrations_page(staff, event, "requested", wrong=next(iter(errors.values())), status=422)
    here = f"/team/veranstaltungen/{event.id}/anmeldungen?stand=requested"
    if form.confirmed == "back":
        return see(here)
    chosen = await _chosen(event, form)
    if not chosen:
        nobody = _("Bitte wählen Sie mindestens eine Person.")
        return await registrations_page(staff, event, "requested", wrong=nobody, status=422)
    if form.confirmed != "yes":
        return await _ask_first(staff, event, chosen, form, Filled(typed(sent)))
    try:
        return see(here, await _decided(staff, chosen, form))
    except Refused as refused:
        if "agreement_reason_needed" not in {reason.code for reason in refused.reasons}:
            raise
        missing = {"reason": _("Bitte schreiben Sie, warum es ohne Vereinbarung geht.")}
        return await _ask_first(staff, event, chosen, form, Filled(typed(sent), missing), 422)


@post(ONE + "/warteliste", guards=[needs("handle_registrations")])
async def put_on_waiting_list(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(ReasonNeededForm, sent, "waiting-")
    if form is None:
        return await registration_page(staff, event, found, Filled(typed(sent), errors), status=422)
    await deciding.put_on_waiting_list(found.id, by=staff.actor, now=now(), reason=form.reason)
    return see(f"/team/veranstaltungen/{event.id}/anmeldungen/{found.id}", "warteliste")


@post(ONE + "/nachruecken", guards=[needs("handle_registrations")])
async def move_up(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(ReasonNeededForm, sent, "moving-")
    if form is None:
        return await registration_page(staff, event, found, Filled(typed(sent), errors), status=422)
    await deciding.move_up(found.id, by=staff.actor, now=now(), reason=form.reason)
    return see(f"/team/veranstaltungen/{event.id}/anmeldungen/{found.id}", "nachgerueckt")


async def _chosen(event: EventView, form: DecisionForm) -> list[RegistrationView]:
    """Raises NotFound for registrations of other events, and Refused for what is no request any more."""
    here = {one.id: one for one in await registrations_of(event.id)}
    if form.everyone:
        return [one for one in here.values() if one.status == "requested"]
    if not here.keys() >= set(form.registrations):
        raise NotFound
    chosen = [here[id] for id in form.registrations]
    if any(one.status != "requested" for one in chosen):
        raise Refused(Refusal("not_requested", {"event": event.slug}))
    return chosen


async def _decided(staff: SignedIn, chosen: list[RegistrationView], form: DecisionForm) -> str:
    """Does it; the notice to show."""
    ids = [one.id for one in chosen]
    if form.decision == "decline":
        await deciding.decline_registrations(ids, by=staff.actor, now=now(), message=form.message)
        return "abgelehnt"
    counted = await deciding.approve_registrations(
        ids, by=staff.actor, now=now(), message=form.message, reason=form.reason
    )
    return "angenommen_warteliste" if counted["waiting"] else "angenommen"


async def _ask_first(
    staff: SignedIn,
    event: EventView,
    chosen: list[RegistrationView],
    form: DecisionForm,
    filled: Filled,
    status: int = 200,
) -> Response[bytes]:
    moment = now()
    return staff_page(
        "staff/registrations/decide.html",
        staff,
        status=status,
        event=event,
        decision=form.decision,
        request=await looked_at(event, chosen, moment),
        seats=(await seats([event.id], moment))[event.id],
        form=filled,
    )


handlers = (team(decide, put_on_waiting_list, move_up),)
