"""Changing one's own booking: details of a person, how many come, who comes instead, further dates, the language."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from events.kit.clock import now
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import NotFound, refuse_if
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.registration import changing
from events.registration.change_rules import why_not_substitute
from events.registration.own.forms import (
    ChosenForm,
    JoinForm,
    LanguageForm,
    LoosePersonForm,
    NamedPersonForm,
    PartyForm,
    SubstituteForm,
    person_from,
)
from events.registration.own.language import change_language
from events.registration.own.views import OwnPerson, OwnRegistration
from events.web.public.filled import NEVER_KEPT, Filled, too_many_others
from events.web.public.own_access import NOTHING_TYPED, OWN, Opened, back, opened, shown
from events.web.templating import page

Sending = Request[Any, Any, Any]


@get(OWN + "/aendern", include_in_schema=False)
async def show_changes(
    token: FromPath[str], person: FromQuery[UUID | None] = None, anmeldung: FromQuery[UUID | None] = None
) -> Response[bytes]:
    """The details of a person (of the only one, if none is named), or how many come to an event."""
    own = await opened(token)
    if anmeldung is not None:
        chosen = own.page.registration(anmeldung)
        return _party_form(token, chosen, Filled({"party": chosen.party}))
    meant = own.page.person(person or next((one.id for one in own.page.people), None))
    return _person_form(token, own, meant, Filled(_details(meant)))


@post(OWN + "/aendern", status_code=303, include_in_schema=False)
async def change(request: Sending, token: FromPath[str]) -> Response[Any]:
    """Which of the forms it was shows in its fields."""
    own, sent = await opened(token), await request.form()
    if "registration" in sent:
        return await _change_party(token, own, sent)
    if "language" in sent:
        return await _change_language(token, own, sent)
    return await _correct(token, own, sent)


async def _change_party(token: str, own: Opened, sent: Form) -> Response[Any]:
    chosen = await _registration(own, sent)
    form, errors = parse_form(PartyForm, sent)
    if form is None:
        return _party_form(token, chosen, Filled(typed(sent), errors), 422)
    await changing.change_party(chosen.id, form.party, by=own.by, now=now())
    return back(token, "geaendert")


async def _change_language(token: str, own: Opened, sent: Form) -> Response[Any]:
    form, _errors = parse_form(LanguageForm, sent)
    if form is None or own.access.participant is not None:
        raise NotFound
    await change_language(own.access.booking, form.language, by=own.by, now=now())
    return back(token, "geaendert")


async def _correct(token: str, own: Opened, sent: Form) -> Response[Any]:
    before = own.page.person(_id(sent, "participant"))
    form, errors = parse_form(NamedPersonForm if before.given_name else LoosePersonForm, sent)
    if form is None:
        return _person_form(token, own, before, Filled(typed(sent), errors), 422)
    await changing.correct_person(before.id, person_from(form, before), by=own.by, now=now())
    return back(token, "geaendert")


@get(OWN + "/vertretung", include_in_schema=False)
async def show_substitution(token: FromPath[str], anmeldung: FromQuery[UUID | None] = None) -> Response[bytes]:
    chosen = (await opened(token)).page.registration(anmeldung)
    refuse_if(why_not_substitute(chosen.event, chosen.status, now()))
    return _substitute_form(token, chosen, NOTHING_TYPED)


@post(OWN + "/vertretung", status_code=303, include_in_schema=False)
async def substitute(request: Sending, token: FromPath[str]) -> Response[Any]:
    own, sent = await opened(token), await request.form()
    chosen = await _registration(own, sent)
    form, errors = parse_form(SubstituteForm, sent)
    if form is None:
        return _substitute_form(token, chosen, Filled(typed(sent), errors), 422)
    stopped = await too_many_others(request, f"booking:{own.access.booking}", form.email)
    if stopped is not None:
        return _substitute_form(token, chosen, Filled(typed(sent), stopped.errors), stopped.status, stopped.headers)
    await changing.substitute_person(chosen.id, person_from(form, email=form.email), by=own.by, now=now())
    return back(token, "vertretung")


@post(OWN + "/dazu", status_code=303, include_in_schema=False)
async def join(request: Sending, token: FromPath[str]) -> Response[Any]:
    """Only the contact adds events, and only those that the page offers."""
    own, sent = await opened(token), await request.form()
    if own.access.participant is not None:
        raise NotFound
    form, errors = parse_form(JoinForm, sent)
    if form is None:
        wrong = {"events": _("Bitte wählen Sie mindestens einen Termin.")} if errors else {}
        return shown(token, own, form=Filled(typed(sent), wrong), status=422)
    await changing.join_events(own.access.booking, form.events, by=own.by, now=now())
    return back(token, "dazu")


async def _registration(own: Opened, sent: Form) -> OwnRegistration:
    """A link changes its own registrations only. Raises NotFound."""
    form, _errors = parse_form(ChosenForm, sent)
    return own.page.registration(form.registration if form else None)


def _id(sent: Form, name: str) -> UUID:
    try:
        return UUID(next(iter(sent.getall(name, [""]))))
    except (ValueError, AttributeError, StopIteration) as error:
        raise NotFound from error


def _details(one: OwnPerson) -> Mapping[str, Any]:
    return {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "phone": one.phone,
        "organization": one.organisation,
        "city": one.city,
        "role": one.role,
        "needs": list(one.needs),
    }


def _person_form(token: str, own: Opened, person: OwnPerson, form: Filled, status: int = 200) -> Response[bytes]:
    return page(
        "public/booking/person.html",
        status=status,
        headers=NEVER_KEPT,
        token=token,
        booking=own.page,
        person=person,
        form=form,
        mail_languages=[(one.code, one.name) for one in LANGUAGES.values()],
    )


def _party_form(token: str, one: OwnRegistration, form: Filled, status: int = 200) -> Response[bytes]:
    return page("public/booking/party.html", status=status, headers=NEVER_KEPT, token=token, one=one, form=form)


def _substitute_form(
    token: str, one: OwnRegistration, form: Filled, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    all_headers = {**NEVER_KEPT, **(headers or {})}
    return page("public/booking/substitute.html", status=status, headers=all_headers, token=token, one=one, form=form)


handlers = (show_changes, change, show_substitution, substitute, join)
