"""Who gets the link to an organisation's own page; the link sent, renewed, ended."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.groups.forms import ContactForm
from events.groups.institution_actions import (
    end_institution_link,
    renew_institution_link,
    send_institution_link,
    set_contact,
)
from events.groups.institutions import InstitutionPage, institution_by_id
from events.groups.wording import told_by_field
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=60)]
CONTACT = "/team/organisationen/{organisation_id:uuid}/kontakt"


@get(CONTACT, guards=[needs("plan")])
async def show_contact(staff: SignedIn, organisation_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return _page(staff, await _found(organisation_id), notice=meldung)


@post(CONTACT, guards=[needs("plan")])
async def save_contact(
    request: Request[Any, Any, Any], staff: SignedIn, organisation_id: FromPath[UUID]
) -> Response[Any]:
    found, sent = await _found(organisation_id), await request.form()
    form, errors = parse_form(ContactForm, sent)
    if form is None:
        return _page(staff, found, Filled(typed(sent), errors), 422)
    await set_contact(found.id, form.contact_name, form.contact_email, by=staff.actor, now=now())
    return see(_here(found), "gespeichert")


@post(CONTACT + "/senden", guards=[needs("plan")])
async def send(staff: SignedIn, organisation_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(send_institution_link, staff, organisation_id, "link_gesendet")


@post(CONTACT + "/erneuern", guards=[needs("plan")])
async def renew(staff: SignedIn, organisation_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(renew_institution_link, staff, organisation_id, "link_erneuert")


@post(CONTACT + "/beenden", guards=[needs("plan")])
async def end(staff: SignedIn, organisation_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(end_institution_link, staff, organisation_id, "zugang_beendet")


async def _changed(
    change: Callable[..., Awaitable[None]], staff: SignedIn, organisation_id: UUID, notice: str
) -> Response[Any]:
    found = await _found(organisation_id)
    try:
        await change(found.id, by=staff.actor, now=now())
    except Refused as refused:
        return _page(staff, found, Filled(_values(found), told_by_field(refused)), 409)
    return see(_here(found), notice)


async def _found(organisation_id: UUID) -> InstitutionPage:
    found = await institution_by_id(organisation_id)
    if found is None:
        raise NotFound
    return found


def _page(
    staff: SignedIn, found: InstitutionPage, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    return staff_page(
        "staff/groups/contact.html",
        staff,
        status=status,
        notice=notice,
        institution=found,
        form=form or Filled(_values(found)),
    )


def _values(found: InstitutionPage) -> dict[str, str]:
    return {"contact_name": found.contact_name, "contact_email": found.contact_email}


def _here(found: InstitutionPage) -> str:
    return CONTACT.replace("{organisation_id:uuid}", str(found.id))


handlers = (team(show_contact, save_contact, send, renew, end),)
