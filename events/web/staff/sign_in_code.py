"""The second step of signing in: the code of the app, or one of the paper."""

from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from events.accounts.forms import CodeForm
from events.accounts.second_factor import finish_sign_in, may_give_code
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import Refused
from events.web.guards import SIGN_IN, local_path
from events.web.staff.frame import Filled
from events.web.staff.sign_in import (
    CODE,
    NEVER_KEPT,
    device_of,
    lead_on,
    log_sign_in,
    pending_cookie,
    pending_name,
    refused_form,
)
from events.web.templating import page

Asked = Request[Any, Any, Any]


@get(CODE, include_in_schema=False)
async def show_code_form(request: Asked, weiter: Annotated[str, QueryParameter(max_length=2000)] = "") -> Response[Any]:
    if not await may_give_code(request.cookies.get(pending_name(), ""), now()):
        return _back(local_path(weiter))
    return _form(Filled({"weiter": local_path(weiter)}))


@post(CODE, status_code=303, include_in_schema=False)
async def give_code(request: Asked) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(CodeForm, sent)
    kept = {"weiter": local_path(str(sent.get("weiter", "")))}
    if form is None:
        return _form(Filled(kept, errors), 422)
    try:
        token = await finish_sign_in(request.cookies.get(pending_name(), ""), form.code, now(), device_of(request))
    except Refused as refused:
        log_sign_in("code", refused)
        is_over = refused.reasons[0].code == "sign_in_over"
        return _back(kept["weiter"]) if is_over else _form(*refused_form(kept, refused, "code"))
    log_sign_in("code")
    return lead_on(token, kept["weiter"])


def _back(wished: str) -> Response[Any]:
    where = f"{SIGN_IN}?meldung=vorbei&weiter={quote(wished, safe='/')}"
    return Redirect(where, status_code=303, cookies=[pending_cookie("")], headers=NEVER_KEPT)


def _form(form: Filled, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page("staff/accounts/code.html", status=status, headers={**NEVER_KEPT, **(headers or {})}, form=form)


handlers = (show_code_form, give_code)
