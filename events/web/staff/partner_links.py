"""The link with which a partner enters its numbers: who gets it, again, a new one, ended."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from events.kit.clock import now
from events.kit.forms import EmailAddress, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.programme.partner_actions import ask_partner, end_partner_link, renew_partner_link, send_partner_link
from events.programme.partners import PartnerLink, partner_links
from events.programme.queries import EventView
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.sharing import SHARING, here, said

PARTNER = SHARING + "/partner/{partner_id:uuid}"


class ContactForm(Struct, kw_only=True):
    """Who counts at the partner's, and in which language they read."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    email: EmailAddress
    language: Annotated[str, Meta(max_length=8)] = "de"


@get(PARTNER, guards=[needs("plan")])
async def show_contact(staff: SignedIn, event: EventInSight, partner_id: FromPath[UUID]) -> Response[bytes]:
    partner = await _of_event(event, partner_id)
    values = {"name": partner.contact_name, "email": partner.contact_email, "language": partner.language}
    return _page(staff, event, partner, Filled(values))


@post(PARTNER, guards=[needs("plan")])
async def ask(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, partner_id: FromPath[UUID]
) -> Response[Any]:
    partner, sent = await _of_event(event, partner_id), await request.form()
    form, errors = parse_form(ContactForm, sent)
    if form is not None and form.language not in LANGUAGES:
        form, errors = None, {"language": _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")}
    if form is None:
        return _page(staff, event, partner, Filled(typed(sent), errors), 422)
    try:
        await ask_partner(partner.id, form.name, form.email, form.language, by=staff.actor, now=now())
    except Refused as refused:
        return _page(staff, event, partner, Filled(typed(sent), said(refused)), 409)
    return see(here(event), "link_gesendet")


@post(PARTNER + "/senden", guards=[needs("plan")])
async def send_again(staff: SignedIn, event: EventInSight, partner_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(send_partner_link, staff, event, partner_id, "link_gesendet")


@post(PARTNER + "/erneuern", guards=[needs("plan")])
async def renew(staff: SignedIn, event: EventInSight, partner_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(renew_partner_link, staff, event, partner_id, "link_erneuert")


@post(PARTNER + "/beenden", guards=[needs("plan")])
async def end(staff: SignedIn, event: EventInSight, partner_id: FromPath[UUID]) -> Response[Any]:
    return await _changed(end_partner_link, staff, event, partner_id, "zugang_beendet")


async def _changed(
    change: Callable[..., Awaitable[None]], staff: SignedIn, event: EventView, partner_id: UUID, notice: str
) -> Response[Any]:
    partner = await _of_event(event, partner_id)
    await change(partner.id, by=staff.actor, now=now())
    return see(here(event), notice)


async def _of_event(event: EventView, partner_id: UUID) -> PartnerLink:
    found = next((one for one in await partner_links(event.id) if one.id == partner_id), None)
    if found is None:
        raise NotFound
    return found


def _page(staff: SignedIn, event: EventView, partner: PartnerLink, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/sharing/contact.html",
        staff,
        status=status,
        event=event,
        partner=partner,
        languages=[(code, language.name) for code, language in LANGUAGES.items()],
        form=form,
    )


handlers = (team(show_contact, ask, send_again, renew, end),)
