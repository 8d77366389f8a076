"""Signing up for one event: the form, sending it, and what the person sees afterwards."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.kit.translation import current_language
from events.programme.bookable import BookableEvent, bookable_event
from events.programme.queries import EventView, event_by_slug
from events.registration import rules
from events.registration.actions import register
from events.registration.covered import institutions_for
from events.registration.forms import together
from events.registration.links import receipt_token
from events.registration.reading import asked_by, read_sign_up
from events.registration.receipts import receipt_behind
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused, refused_by_spam_checks, typed_again
from events.web.public.other_people import with_other_people
from events.web.public.sign_up_page import sign_up_page
from events.web.template_words import link
from events.web.templating import page

FORM = "public/registration/form.html"
PATH = "/veranstaltungen/{slug:str}/anmeldung"


@get(PATH, include_in_schema=False)
async def show_form(slug: FromPath[str]) -> Response[bytes]:
    event = await _event(slug)
    reason = rules.why_not_sign_up(event, now())
    if reason is not None:
        raise Refused(reason)
    return await sign_up_page(FORM, [event], blank(), event=event)


@post(PATH, status_code=303, include_in_schema=False)
async def sign_up(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    event = await _bookable(slug)
    sent = await request.form()
    changed = with_other_people(sent, together([event.policy]).max_people)
    if changed is not None:
        return await _again(slug, changed)
    read, errors = read_sign_up(asked_by([event], await institutions_for([event])), sent, current_language())
    if read is None:
        return await _again(slug, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, read.form, slug)
    if stopped is not None:
        return await _again(slug, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    try:
        receipt = await register(read.sign_up, by=SYSTEM, now=now())
    except Refused as refusal:
        return await _again(slug, typed_again(sent, refused(refusal)), 409)
    return Redirect(
        link(f"/veranstaltungen/{slug}/anmeldung/eingang/{receipt_token(receipt.booking)}"), status_code=303
    )


@get(PATH + "/eingang/{receipt:str}", include_in_schema=False)
async def show_receipt(slug: FromPath[str], receipt: FromPath[str]) -> Response[bytes]:
    shown = await receipt_behind(receipt, slug)
    return page("public/registration/receipt.html", headers=NEVER_KEPT, receipt=shown, back=f"/veranstaltungen/{slug}")


async def _event(slug: str) -> EventView:
    event = await event_by_slug(slug)
    if event is None:
        raise NotFound
    return event


async def _bookable(slug: str) -> BookableEvent:
    event = await bookable_event(slug)
    if event is None:
        raise NotFound
    return event


async def _again(
    slug: str, form: Filled, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    event = await _event(slug)
    return await sign_up_page(FORM, [event], form, status, headers, event=event)


handlers = (show_form, sign_up, show_receipt)
