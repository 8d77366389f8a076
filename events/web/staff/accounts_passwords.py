"""Without a sign-in: asking for a link to a new password, and setting it by that link or by an invitation."""

import asyncio
import time
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from events.accounts.forms import AddressForm, NewPasswordForm
from events.accounts.password_links import ask_for_link, behind_link, set_password_by_link
from events.accounts.rules import SHORTEST_PASSWORD, TokenKind
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Gone, Refused
from events.web.guards import SIGN_IN
from events.web.staff.frame import Filled, see
from events.web.staff.sign_in import NEVER_KEPT, address_of, refused_form
from events.web.templating import page

FORGOTTEN = "/team/kennwort-vergessen"
SECONDS = 0.25
"""Every answer takes as long: writing a mail must not be told from writing none."""

Asked = Request[Any, Any, Any]


@get(FORGOTTEN, include_in_schema=False)
async def show_forgotten() -> Response[bytes]:
    return _ask(Filled())


@post(FORGOTTEN, status_code=303, include_in_schema=False)
async def ask(request: Asked) -> Response[Any]:
    began = time.perf_counter()
    sent = await request.form()
    form, errors = parse_form(AddressForm, sent)
    if form is None:
        return _ask(Filled(typed(sent), errors), 422)
    try:
        await ask_for_link(form.email, address_of(request), now())
    except Refused as refused:
        return _ask(*refused_form(typed(sent), refused))
    await asyncio.sleep(max(0.0, began + SECONDS - time.perf_counter()))
    return see(SIGN_IN, "link")


@get("/team/kennwort/{token:str}", include_in_schema=False)
async def show_new_password(token: FromPath[str]) -> Response[bytes]:
    return await _form(token, "password")


@post("/team/kennwort/{token:str}", status_code=303, include_in_schema=False)
async def set_new_password(request: Asked, token: FromPath[str]) -> Response[Any]:
    return await _set(request, token, "password")


@get("/team/einladung/{token:str}", include_in_schema=False)
async def show_invitation(token: FromPath[str]) -> Response[bytes]:
    return await _form(token, "invitation")


@post("/team/einladung/{token:str}", status_code=303, include_in_schema=False)
async def accept_invitation(request: Asked, token: FromPath[str]) -> Response[Any]:
    return await _set(request, token, "invitation")


async def _set(request: Asked, token: str, kind: TokenKind) -> Response[Any]:
    form, errors = parse_form(NewPasswordForm, await request.form())
    if form is None:
        return await _form(token, kind, Filled({}, errors), 422)
    try:
        await set_password_by_link(token, kind, form.password, now())
    except Refused as refused:
        return await _form(token, kind, *refused_form({}, refused, "password")[:2])
    except Gone:
        return await _form(token, kind)
    return see(SIGN_IN, "passwort")


async def _form(token: str, kind: TokenKind, form: Filled | None = None, status: int = 200) -> Response[bytes]:
    try:
        member = await behind_link(token, kind, now())
    except Gone:
        return page("staff/accounts/link_over.html", status=410, headers=_UNLISTED, kind=kind)
    return page(
        "staff/accounts/new_password.html",
        status=status,
        headers=_UNLISTED,
        form=form or Filled(),
        member=member,
        kind=kind,
        shortest=SHORTEST_PASSWORD,
    )


_UNLISTED = {**NEVER_KEPT, "X-Robots-Tag": "noindex"}


def _ask(form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page("staff/accounts/forgotten.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, form=form)


handlers = (show_forgotten, ask, show_new_password, set_new_password, show_invitation, accept_invitation)
