"""Changing one invitation for staff: an answer given on the phone, another address or spelling, taking it back."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from events.invitations import answers
from events.invitations.forms import InviteeForm, NoForm, YesForm, invitee_from
from events.invitations.invited import InvitationView
from events.invitations.inviting import correct_invitation, withdraw_invitation
from events.invitations.rules import why_not_withdraw
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused, refuse_if
from events.programme.queries import EventView, organisations
from events.registration.known_organisations import organisation_named, suggestions
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.invitations import (
    ONE,
    address_of_list,
    in_words,
    invitation_in,
    invitation_page,
    language_choices,
)

Sending = Request[Any, Any, Any]


@post(ONE + "/zusagen", guards=[needs("handle_mails")])
async def note_yes(
    request: Sending, staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID]
) -> Response[Any]:
    one, sent = await invitation_in(event, invitation_id), await request.form()
    form, errors = parse_form(YesForm, sent)
    if form is None:
        return await invitation_page(staff, event, one, Filled(typed(sent), errors), status=422)
    try:
        await answers.accept(one.id, form.people, by=staff.actor, now=now())
    except Refused as refused:
        return await invitation_page(staff, event, one, Filled(typed(sent), in_words(refused)), status=409)
    return see(_address(event, one), "antwort")


@post(ONE + "/absagen", guards=[needs("handle_mails")])
async def note_no(
    request: Sending, staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID]
) -> Response[Any]:
    one, sent = await invitation_in(event, invitation_id), await request.form()
    form, errors = parse_form(NoForm, sent)
    if form is None:
        return await invitation_page(staff, event, one, Filled(typed(sent), errors), status=422)
    await answers.decline(one.id, form.reason, by=staff.actor, now=now())
    return see(_address(event, one), "antwort")


@get(ONE + "/daten", guards=[needs("handle_mails")])
async def ask_for_details(staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID]) -> Response[bytes]:
    one = await invitation_in(event, invitation_id)
    refuse_if(why_not_withdraw(one))
    values = {
        "email": one.email,
        "given_name": one.given_name,
        "family_name": one.family_name,
        "organization": one.organisation_name,
        "language": one.language,
    }
    return await _form(staff, event, one, Filled(values))


@post(ONE + "/daten", guards=[needs("handle_mails")])
async def correct(
    request: Sending, staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID]
) -> Response[Any]:
    one, sent = await invitation_in(event, invitation_id), await request.form()
    form, errors = parse_form(InviteeForm, sent)
    if form is None:
        return await _form(staff, event, one, Filled(typed(sent), errors), 422)
    invitee = invitee_from(form, organisation_named(form.organization, await organisations()), one.places)
    try:
        await correct_invitation(one.id, invitee, by=staff.actor, now=now())
    except Refused as refused:
        return await _form(staff, event, one, Filled(typed(sent), in_words(refused)), 409)
    return see(_address(event, one), "einladung_berichtigt")


@post(ONE + "/zurueckziehen", guards=[needs("handle_mails")])
async def withdraw(staff: SignedIn, event: EventInSight, invitation_id: FromPath[UUID]) -> Response[Any]:
    one = await invitation_in(event, invitation_id)
    await withdraw_invitation(one.id, by=staff.actor, now=now())
    return see(_address(event, one), "zurueckgezogen")


def _address(event: EventView, one: InvitationView) -> str:
    return address_of_list(event, f"/{one.id}")


async def _form(
    staff: SignedIn, event: EventView, one: InvitationView, form: Filled, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/invitations/edit.html",
        staff,
        status=status,
        event=event,
        one=one,
        form=form,
        suggestions=suggestions(await organisations()),
        languages=language_choices(),
    )


handlers = (team(note_yes, note_no, ask_for_details, correct, withdraw),)
