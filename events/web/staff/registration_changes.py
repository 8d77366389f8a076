"""What the office changes about one registration: number of people, person, details; and cancelling it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.forms import ReasonForm
from events.programme.queries import EventView, organisations
from events.registration import changing
from events.registration.actions import cancel_registration
from events.registration.known_organisations import organisation_named, suggestions
from events.registration.queries import RegistrationView
from events.registration.signup import Person
from events.registration.staff_forms import DetailsForm, PartyForm, SubstituteForm
from events.registration.wording import NEEDS, next_step, refusal_text
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.registration_file import ROLES
from events.web.staff.registrations import registration_in, registration_page

ONE = "/team/veranstaltungen/{event_id:uuid}/anmeldungen/{registration_id:uuid}"
HANDLE = [needs("handle_registrations")]


@post(ONE + "/absagen", guards=[needs("cancel_registrations")])
async def cancel(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(ReasonForm, sent)
    if form is None:
        return await registration_page(staff, event, found, Filled(typed(sent), errors), status=422)
    await cancel_registration(found.id, by=staff.actor, now=now(), reason=form.reason)
    return see(f"/team/veranstaltungen/{event.id}/anmeldungen", "storniert")


@post(ONE + "/personenzahl", guards=HANDLE)
async def change_party(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(PartyForm, sent)
    if form is None:
        return await registration_page(staff, event, found, Filled(typed(sent), errors), status=422)
    try:
        await changing.change_party(found.id, form.party, by=staff.actor, now=now())
    except Refused as refused:
        wrong = {"party": _in_words(refused)}
        return await registration_page(staff, event, found, Filled(typed(sent), wrong), status=409)
    return see(_address(event, found.id), "personenzahl")


@get(ONE + "/person", guards=HANDLE)
async def ask_for_substitute(staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]) -> Response[bytes]:
    return await _substitute(staff, event, await registration_in(event, registration_id), Filled())


@post(ONE + "/person", guards=HANDLE)
async def substitute(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(SubstituteForm, sent)
    if form is None:
        return await _substitute(staff, event, found, Filled(typed(sent), errors), 422)
    person = Person(
        given_name=form.given_name,
        family_name=form.family_name,
        email=form.email,
        phone=form.phone or "",
        **await _home(form.organization),
    )
    try:
        after = await changing.substitute_person(found.id, person, by=staff.actor, now=now())
    except Refused as refused:
        return await _substitute(staff, event, found, Filled(typed(sent), {"": _in_words(refused)}), 409)
    return see(_address(event, after), "ersetzt")


@get(ONE + "/daten", guards=HANDLE)
async def edit_details(staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]) -> Response[bytes]:
    found = await registration_in(event, registration_id)
    names = ("given_name", "family_name", "phone", "city", "role")
    values = {name: getattr(found, name) for name in names}
    values |= {"organization": found.organisation_name, "needs": list(found.needs)}
    return await _details(staff, event, found, Filled(values))


@post(ONE + "/daten", guards=HANDLE)
async def correct_details(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await registration_in(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(DetailsForm, sent)
    if form is None:
        return await _details(staff, event, found, Filled(typed(sent), errors), 422)
    person = Person(
        given_name=form.given_name,
        family_name=form.family_name,
        phone=form.phone or "",
        city=form.city,
        role=form.role,
        needs=tuple(form.needs),
        **await _home(form.organization),
    )
    try:
        await changing.correct_person(found.participant_id, person, by=staff.actor, now=now())
    except Refused as refused:
        return await _details(staff, event, found, Filled(typed(sent), {"": _in_words(refused)}), 409)
    return see(_address(event, found.id), "berichtigte_daten")


async def _home(typed_name: str) -> dict[str, Any]:
    """The organisation of our list, where it is clear which one is meant, else the name as it was typed."""
    known = organisation_named(typed_name, await organisations())
    return {"organisation": known, "organisation_name": "" if known else typed_name}


async def _substitute(
    staff: SignedIn, event: EventView, found: RegistrationView, form: Filled, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/registrations/substitute.html",
        staff,
        status=status,
        event=event,
        one=found,
        form=form,
        suggestions=suggestions(await organisations()),
    )


async def _details(
    staff: SignedIn, event: EventView, found: RegistrationView, form: Filled, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/registrations/details.html",
        staff,
        status=status,
        event=event,
        one=found,
        form=form,
        roles=[(code, _(text)) for code, text in ROLES.items()],
        needs=[(code, _(text)) for code, text in NEEDS.items()],
        suggestions=suggestions(await organisations()),
    )


def _in_words(refused: Refused) -> str:
    sentences = [f"{refusal_text(reason)} {next_step(reason)}".strip() for reason in refused.reasons]
    return " ".join(dict.fromkeys(sentences))


def _address(event: EventView, registration_id: UUID) -> str:
    return f"/team/veranstaltungen/{event.id}/anmeldungen/{registration_id}"


handlers = (team(cancel, change_party, ask_for_substitute, substitute, edit_details, correct_details),)
