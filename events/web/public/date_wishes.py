"""„Termin folgt“: leaving an address to hear when the date is fixed, proving it, and taking it back."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound
from events.kit.translation import current_language
from events.programme.queries import EventView, event_by_id, event_by_slug
from events.registration.date_wish_forms import DateWishForm
from events.registration.date_wishes import confirm_wish, may_wish, take_back_wish, wish_behind, wish_for_date
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused_by_spam_checks, typed_again
from events.web.template_words import link
from events.web.templating import page

PATH = "/veranstaltungen/{slug:str}/bescheid"


@get(PATH, include_in_schema=False)
async def show_form(slug: FromPath[str]) -> Response[Any]:
    event = await _event(slug)
    return _form(event, blank()) if may_wish(event) else _to_event(slug)


@post(PATH, status_code=303, include_in_schema=False)
async def leave_address(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    event = await _event(slug)
    if not may_wish(event):
        return _to_event(slug)
    sent = await request.form()
    form, errors = parse_form(DateWishForm, sent)
    if form is None:
        return _form(event, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, f"date-wish:{slug}")
    if stopped is not None:
        return _form(event, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    await wish_for_date(event.id, form.email, current_language(), now=now())
    return Redirect(link(f"/veranstaltungen/{slug}/bescheid/eingang"), status_code=303)


@get(PATH + "/eingang", include_in_schema=False)
async def show_receipt(slug: FromPath[str]) -> Response[bytes]:
    """The same for everybody: nothing on it depends on the address that was typed."""
    return page("public/date_wishes/receipt.html", headers=NEVER_KEPT, event=await _event(slug))


@get("/bescheid/{token:str}", include_in_schema=False)
async def show_wish(token: FromPath[str]) -> Response[bytes]:
    wish = await wish_behind(token)
    event = await event_by_id(wish.event_id)
    if event is None or not event.is_reachable:
        raise NotFound
    return page(
        "public/date_wishes/show.html", headers=NEVER_KEPT, wish=wish, event=event, token=token, is_open=may_wish(event)
    )


@post("/bescheid/{token:str}/bestaetigen", status_code=303, include_in_schema=False)
async def confirm(token: FromPath[str]) -> Response[Any]:
    await confirm_wish(await wish_behind(token), now=now())
    return Redirect(link(f"/bescheid/{token}"), status_code=303)


@post("/bescheid/{token:str}/abbestellen", status_code=303, include_in_schema=False)
async def take_back(token: FromPath[str]) -> Response[Any]:
    await take_back_wish(await wish_behind(token))
    return Redirect(link("/bescheid/abbestellt"), status_code=303)


@get("/bescheid/abbestellt", include_in_schema=False)
async def show_taken_back() -> Response[bytes]:
    return page("public/date_wishes/taken_back.html", headers=NEVER_KEPT)


async def _event(slug: str) -> EventView:
    event = await event_by_slug(slug)
    if event is None:
        raise NotFound
    return event


def _to_event(slug: str) -> Response[Any]:
    """There the date stands, or why there will be none."""
    return Redirect(link(f"/veranstaltungen/{slug}"), status_code=303)


def _form(event: EventView, form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        "public/date_wishes/form.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, event=event, form=form
    )


handlers = (show_form, leave_address, show_receipt, show_wish, confirm, take_back, show_taken_back)
