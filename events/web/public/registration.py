"""Signing up for one event: the form, sending it, and what the person sees afterwards."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refused
from events.kit.translation import current_language
from events.programme.queries import EventView, bookable_event, event_by_slug
from events.registration import rules
from events.registration.actions import register
from events.registration.forms import form_for, sign_up_from
from events.registration.links import receipt_token
from events.registration.queries import public_seats
from events.registration.receipts import receipt_behind
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused, refused_by_spam_checks, typed_again
from events.web.template_words import link
from events.web.templating import page

PATH = "/veranstaltungen/{slug:str}/anmeldung"


@get(PATH, include_in_schema=False)
async def show_form(slug: FromPath[str]) -> Response[bytes]:
    event = await _event(slug)
    reason = rules.why_not_sign_up(event, now())
    if reason is not None:
        raise Refused(reason)
    return await _form(event, blank())


@post(PATH, status_code=303, include_in_schema=False)
async def sign_up(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    event = await _event(slug, light=True)
    sent = await request.form()
    form, errors = parse_form(form_for(event.policy), sent)
    if form is None:
        return await _form(event, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, slug)
    if stopped is not None:
        return await _form(event, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    try:
        receipt = await register(sign_up_from(form, (event.id,), current_language()), by=SYSTEM, now=now())
    except Refused as refusal:
        return await _form(event, typed_again(sent, refused(refusal)), 409)
    return Redirect(
        link(f"/veranstaltungen/{slug}/anmeldung/eingang/{receipt_token(receipt.booking)}"), status_code=303
    )


@get(PATH + "/eingang/{receipt:str}", include_in_schema=False)
async def show_receipt(slug: FromPath[str], receipt: FromPath[str]) -> Response[bytes]:
    shown = await receipt_behind(receipt)
    return page("public/registration/receipt.html", headers=NEVER_KEPT, receipt=shown, back=f"/veranstaltungen/{slug}")


async def _event(slug: str, light: bool = False) -> EventView:
    event = await (bookable_event(slug) if light else event_by_slug(slug))
    if event is None:
        raise NotFound
    return event


async def _form(
    event: EventView, form: Filled, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    if not event.dates and event.starts_at:
        event = await _event(event.slug)
    return page(
        "public/registration/form.html",
        status=status,
        headers={**NEVER_KEPT, **(headers or {})},
        event=event,
        seats=(await public_seats([event.id], now()))[event.id],
        form=form,
        policy=event.policy,
    )


handlers = (show_form, sign_up, show_receipt)
