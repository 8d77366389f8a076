"""Signing in and out."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from events.accounts.actions import session_of, sign_in, sign_out
from events.accounts.forms import SignInForm
from events.accounts.wording import refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import Refused
from events.web.guards import SIGN_IN, cookie_name, local_path, session_cookie
from events.web.staff.frame import Filled
from events.web.templating import page

NEVER_KEPT = {"Cache-Control": "no-store"}


@get(SIGN_IN, include_in_schema=False)
async def show_sign_in(
    request: Request[Any, Any, Any], weiter: Annotated[str, QueryParameter(max_length=2000)] = ""
) -> Response[Any]:
    token = request.cookies.get(cookie_name())
    if token and await session_of(token, now()):
        return Redirect(local_path(weiter), status_code=303)
    return _form(Filled({"weiter": local_path(weiter)}))


@post(SIGN_IN, status_code=303, include_in_schema=False)
async def do_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(SignInForm, sent)
    kept = {"email": sent.get("email", ""), "weiter": local_path(str(sent.get("weiter", "")))}
    if form is None:
        return _form(Filled(kept, errors), 422)
    try:
        token = await sign_in(form.email, form.password, _address(request), now())
    except Refused as refused:
        return _refused(kept, refused)
    await sign_out(request.cookies.get(cookie_name(), ""))
    return Redirect(kept["weiter"], status_code=303, cookies=[session_cookie(token)], headers=NEVER_KEPT)


@post("/team/abmelden", status_code=303, include_in_schema=False)
async def do_sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    await sign_out(request.cookies.get(cookie_name(), ""))
    # The browser forgets pages about people that it may have kept.
    headers = {**NEVER_KEPT, "Clear-Site-Data": '"cache", "storage"'}
    return Redirect(SIGN_IN, status_code=303, cookies=[session_cookie("")], headers=headers)


def _form(form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page("staff/sign_in.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, form=form)


def _refused(kept: dict[str, Any], refused: Refused) -> Response[bytes]:
    refusal = refused.reasons[0]
    form = Filled(kept, {"": refusal_text(refusal)})
    if refusal.code == "too_many_tries":
        return _form(form, 429, {"Retry-After": str(refusal.facts["seconds"])})
    return _form(form, 422)


def _address(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


handlers = (show_sign_in, do_sign_in, do_sign_out)
