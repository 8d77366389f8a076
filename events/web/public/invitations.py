"""Answering an invitation by its link: yes with names, no, or somebody else comes. Only buttons change anything."""

from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from events.invitations import answers
from events.invitations.accepting import accept_with_details, people_of
from events.invitations.rules import why_not_answer, why_not_delegate
from events.kit.clock import now
from events.kit.forms import EmailAddress, GivenName, MultilineText, Name, parse_form, typed
from events.kit.refusals import NotFound, Refused, refuse_if
from events.kit.text import fold
from events.kit.translation import current_language
from events.kit.translation import gettext as _
from events.programme.bookable import BookableEvent, bookable_event
from events.registration.covered import institutions_for
from events.registration.forms import InvitedForm, Terms
from events.registration.reading import PEOPLE, Asked, read_sign_up
from events.registration.signup import Person
from events.web.public.filled import Filled, blank, too_many_others, typed_again
from events.web.public.invitation_page import (
    INVITATION,
    Opened,
    back,
    form_page,
    in_words,
    numbered,
    opened,
    shown,
)
from events.web.public.other_people import with_other_people
from events.web.public.sign_up_page import sign_up_page

Sending = Request[Any, Any, Any]

ACCEPT = "public/invitations/accept.html"
DECLINE = "public/invitations/decline.html"
DELEGATE = "public/invitations/delegate.html"


class DeclineForm(msgspec.Struct, kw_only=True):
    reason: Annotated[MultilineText, Meta(max_length=1000)] = ""


class DelegateForm(msgspec.Struct, kw_only=True):
    """Who comes instead; without an address nobody could confirm."""

    given_name: GivenName
    family_name: Name = ""
    email: EmailAddress


@get(INVITATION, include_in_schema=False)
async def show_invitation(token: FromPath[str], meldung: FromQuery[str] = "") -> Response[bytes]:
    return await shown(await opened(token), _notice(meldung))


@get(INVITATION + "/zusagen", include_in_schema=False)
async def ask_who_comes(token: FromPath[str]) -> Response[bytes]:
    found = await opened(token)
    refuse_if(why_not_answer(found.invitation, found.event, now()))
    return await _accept_page(found, blank(**await _known_of(found)))


@post(INVITATION + "/zusagen", status_code=303, include_in_schema=False)
async def accept(request: Sending, token: FromPath[str]) -> Response[Any]:
    found, sent = await opened(token), await request.form()
    changed = with_other_people(sent, found.invitation.places)
    if changed is not None:
        return await _accept_page(found, changed)
    read, errors = read_sign_up(await _asked(found), sent, current_language(), InvitedForm)
    if read is None:
        return await _accept_page(found, typed_again(sent, errors), 422)
    try:
        people = [_of_institution(person, found) for person in read.sign_up.people]
        await accept_with_details(found.invitation.id, people, by=found.by, now=now())
    except Refused as refused:
        return await _accept_page(found, typed_again(sent, in_words(refused)), 409)
    return back(found, "zugesagt")


@get(INVITATION + "/absagen", include_in_schema=False)
async def ask_why(token: FromPath[str]) -> Response[bytes]:
    found = await opened(token)
    refuse_if(why_not_answer(found.invitation, found.event, now()))
    return form_page(DECLINE, found, Filled({}))


@post(INVITATION + "/absagen", status_code=303, include_in_schema=False)
async def decline(request: Sending, token: FromPath[str]) -> Response[Any]:
    found, sent = await opened(token), await request.form()
    form, errors = parse_form(DeclineForm, sent)
    if form is None:
        return form_page(DECLINE, found, Filled(typed(sent), errors), 422)
    await answers.decline(found.invitation.id, form.reason, by=found.by, now=now())
    return back(found, "abgesagt")


@get(INVITATION + "/vertretung", include_in_schema=False)
async def ask_for_delegate(token: FromPath[str]) -> Response[bytes]:
    found = await opened(token)
    refuse_if(why_not_delegate(found.invitation, found.event, now()))
    return form_page(DELEGATE, found, Filled({}))


@post(INVITATION + "/vertretung", status_code=303, include_in_schema=False)
async def delegate(request: Sending, token: FromPath[str]) -> Response[Any]:
    found, sent = await opened(token), await request.form()
    form, errors = parse_form(DelegateForm, sent)
    if form is None:
        return form_page(DELEGATE, found, Filled(typed(sent), errors), 422)
    stopped = await too_many_others(request, f"invitation:{found.invitation.id}", form.email)
    if stopped is not None:
        return form_page(DELEGATE, found, Filled(typed(sent), stopped.errors), stopped.status)
    person = Person(given_name=form.given_name, family_name=form.family_name, email=form.email)
    try:
        await answers.delegate(found.invitation.id, person, by=found.by, now=now())
    except Refused as refused:
        return form_page(DELEGATE, found, Filled(typed(sent), in_words(refused)), 409)
    return back(found, "vertretung")


async def _accept_page(found: Opened, form: Filled, status: int = 200) -> Response[bytes]:
    return await sign_up_page(
        ACCEPT,
        [found.event],
        form,
        status,
        terms=_terms(found),
        event=found.event,
        invitation=found.invitation,
        token=found.token,
    )


async def _asked(found: Opened) -> Asked:
    event: BookableEvent | None = await bookable_event(found.event.slug)
    if event is None:
        raise NotFound
    return Asked((event.id,), _terms(found), event.questions, await institutions_for([event]))


def _terms(found: Opened) -> Terms:
    """Who is invited says who comes, one by one, and need not choose an institution that has an agreement."""
    return Terms(needs_email=True, max_party=1, max_people=found.invitation.places, agreement="not_needed")


def _of_institution(person: Person, found: Opened) -> Person:
    """Left as it was written on the form: the institution of the invitation itself, not one that is called so."""
    is_the_same = fold(person.organisation_name) == fold(found.invitation.organisation_name)
    return replace(person, organisation_name="") if is_the_same else person


async def _known_of(found: Opened) -> dict[str, Any]:
    """What the form begins with: who comes so far, else whom the invitation names."""
    one, people = found.invitation, await people_of(found.invitation)
    if not people:
        return {
            "given_name": one.given_name,
            "family_name": one.family_name,
            "organization": one.organisation_name,
        }
    first = people[0]
    return {
        "given_name": first.given_name,
        "family_name": first.family_name,
        "phone": first.phone,
        "organization": first.organisation_name or one.organisation_name,
        "city": first.city,
        "role": first.role,
        **dict(numbered(people[1:], PEOPLE)),
    }


def _notice(code: str) -> str:
    notices = {
        "zugesagt": _("Vielen Dank. Ihre Zusage ist angekommen."),
        "abgesagt": _("Danke für die Nachricht. Ihre Absage ist angekommen."),
        "vertretung": _("Danke. Wir haben der Person geschrieben. Sie muss noch selbst bestätigen."),
    }
    return notices.get(code, "")


handlers = (show_invitation, ask_who_comes, accept, ask_why, decline, ask_for_delegate, delegate)
