"""Signing somebody up who is on the phone: a few fields, the keyboard alone, then the same empty form again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.links import random_token
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.queries import EventView, OrganisationView, organisations
from events.programme.questions import questions_of
from events.programme.views import QuestionView
from events.registration.actions import register
from events.registration.answers import field_name, read_answers
from events.registration.known_organisations import organisation_named, suggestions
from events.registration.look_alikes import is_the_same, look_alikes
from events.registration.queries import RegistrationView, booking_of, seats
from events.registration.rules import OVERRIDABLE
from events.registration.signup import GivenAnswer, Person, SignUp, full_name
from events.registration.staff_forms import PhoneForm
from events.registration.wording import refusal_text, status_word
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

NEW = "/team/veranstaltungen/{event_id:uuid}/anmeldungen/neu"
OFFICE_LANGUAGE = "de"


@dataclass(frozen=True)
class Done:
    """Who was signed up just now, as it is said on the phone."""

    name: str
    status: str
    code: str
    address: str


@dataclass(frozen=True)
class Objection:
    """Why it did not work yet: rules against it, or people registered already who look the same."""

    refused: Refused | None = None
    alike: Sequence[RegistrationView] = ()
    is_the_same: bool = False

    @property
    def may_be_set_aside(self) -> bool:
        return self.refused is not None and {reason.code for reason in self.refused.reasons} <= OVERRIDABLE


@get(NEW, guards=[needs("handle_registrations")])
async def new_sign_up(
    staff: SignedIn, event: EventInSight, neu: Annotated[str, QueryParameter(max_length=40)] = ""
) -> Response[bytes]:
    blank = Filled({"party": 1, "submission": random_token()})
    return await _form(staff, event, blank, done=await _done(event, neu))


@post(NEW, guards=[needs("handle_registrations")])
async def sign_up(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(PhoneForm, sent)
    questions = (await questions_of([event.id]))[event.id]
    answers, wrong = read_answers(questions, sent)
    # Who is on the phone need not answer everything.
    errors |= {name: sentence for name, sentence in wrong.items() if any(map(str.strip, typed(sent).get(name, [])))}
    if form is not None and event.policy.needs_email and not form.names_somebody:
        errors["given_name"] = _("Bitte geben Sie einen Namen oder eine Telefonnummer an.")
    if form is None or errors:
        return await _form(staff, event, Filled(typed(sent), errors), 422)
    person = _person(form, await organisations(), answers)
    alike = await look_alikes(event.id, person, form.email, form.submission)
    same = any(is_the_same(one, person, form.email) for one in alike)
    if alike and (same or not form.anyway):
        return await _form(staff, event, Filled(typed(sent)), 409, objection=Objection(alike=alike, is_the_same=same))
    try:
        receipt = await register(_sign_up(event, form, person), by=staff.actor, now=now())
    except Refused as refused:
        return await _form(staff, event, Filled(typed(sent)), 409, objection=Objection(refused))
    return see(f"/team/veranstaltungen/{event.id}/anmeldungen/neu?neu={receipt.booking}")


def _person(form: PhoneForm, known: Sequence[OrganisationView], answers: tuple[GivenAnswer, ...]) -> Person:
    organisation = organisation_named(form.organization, known)
    return Person(
        given_name=form.given_name,
        family_name=form.family_name,
        phone=form.phone or "",
        organisation=organisation,
        organisation_name="" if organisation else form.organization,
        party=form.party,
        answers=answers,
    )


def _sign_up(event: EventView, form: PhoneForm, person: Person) -> SignUp:
    return SignUp(
        events=(event.id,),
        people=(person,),
        contact_email=form.email,
        language=OFFICE_LANGUAGE,
        submission=form.submission,
        source="office",
        override=form.override,
    )


async def _done(event: EventView, booking_id: str) -> Done | None:
    """Of a sign-up for this event only."""
    try:
        booking = await booking_of(UUID(booking_id)) if booking_id else None
    except ValueError:
        return None
    made = [one for one in booking.registrations if one.event == event.id] if booking else []
    if not booking or not made:
        return None
    who = booking.people[0]
    name = (
        f"{who.given_name} {who.family_name[:1]}."
        if who.given_name and who.family_name
        else full_name(who.given_name, who.family_name)
    )
    address = f"/team/veranstaltungen/{event.id}/anmeldungen/{made[0].id}"
    return Done(name, status_word(made[0].status), who.code or "", address)


async def _form(
    staff: SignedIn,
    event: EventView,
    form: Filled,
    status: int = 200,
    *,
    done: Done | None = None,
    objection: Objection | None = None,
) -> Response[bytes]:
    questions: Sequence[QuestionView] = (await questions_of([event.id]))[event.id]
    against = objection.refused.reasons if objection and objection.refused else ()
    return staff_page(
        "staff/registrations/new.html",
        staff,
        status=status,
        event=event,
        form=form,
        done=done,
        objection=objection,
        against=[refusal_text(reason) for reason in against],
        has_started="already_started" in {reason.code for reason in against},
        seats=(await seats([event.id], now()))[event.id],
        suggestions=suggestions(await organisations()),
        questions=[(field_name(one), one) for one in questions],
    )


handlers = (team(new_sign_up, sign_up),)
