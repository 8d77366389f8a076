"""Asking for one's own links: the same answer after the same time, whether or not the address is known."""

import asyncio
import time
from typing import Any

from litestar import Request, Response, get, post

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.translation import gettext as _
from events.registration.own.forms import AddressForm
from events.registration.own.links import seconds_to_wait_for_links, send_my_links
from events.web.public.filled import Filled
from events.web.public.own_access import NOTHING_TYPED, back_to_start
from events.web.templating import page

SECONDS = 0.25
"""Every answer takes as long: writing a mail must not be told from writing none."""


@get("/anmeldung/links", include_in_schema=False)
async def show_links_form() -> Response[bytes]:
    return _form(NOTHING_TYPED)


@post("/anmeldung/links", status_code=303, include_in_schema=False)
async def send_links(request: Request[Any, Any, Any]) -> Response[Any]:
    began = time.perf_counter()
    sent = await request.form()
    form, errors = parse_form(AddressForm, sent)
    if form is None:
        return _form(Filled(typed(sent), errors), 422)
    ip = request.client.host if request.client else ""
    seconds = await seconds_to_wait_for_links(form.email, ip, now())
    if seconds is not None:
        too_many = {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}
        return _form(Filled(typed(sent), too_many), 429, {"Retry-After": str(seconds)})
    await send_my_links(form.email, now=now())
    await asyncio.sleep(max(0.0, began + SECONDS - time.perf_counter()))
    return back_to_start("links")


def _form(form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        "public/booking/code.html", status=status, headers=headers, form=NOTHING_TYPED, links_form=form, notice=""
    )


handlers = (show_links_form, send_links)
