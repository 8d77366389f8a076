"""Signing in with the password, and out. The second factor and other ways are beside."""

from typing import Annotated, Any
from urllib.parse import quote

import structlog
from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from events.accounts.actions import awaits_code, session_of, sign_in, sign_out
from events.accounts.devices import browser_family
from events.accounts.forms import SignInForm
from events.accounts.rules import TOKENS
from events.accounts.wording import refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import Refused
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.settings import settings
from events.web.guards import SIGN_IN, cookie_name, local_path, own_cookie, session_cookie
from events.web.staff.frame import Filled
from events.web.templating import page

_log: structlog.stdlib.BoundLogger = structlog.get_logger("web")

NEVER_KEPT = {"Cache-Control": "no-store"}
CODE = SIGN_IN + "/code"

NOTICES = {
    "passwort": N_("Ihr Passwort ist gesetzt. Bitte melden Sie sich damit an."),
    "link": N_("Wenn es zu dieser Adresse einen Zugang gibt, ist jetzt eine Mail mit einem Link unterwegs."),
    "vorbei": N_("Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an."),
    "dienst": N_("Die Anmeldung über den Anmeldedienst hat nicht geklappt. Bitte versuchen Sie es noch einmal."),
    "unbekannt": N_("Zu Ihrer Adresse beim Anmeldedienst gibt es hier keinen Zugang. Bitte fragen Sie im Büro nach."),
}


@get(SIGN_IN, include_in_schema=False)
async def show_sign_in(
    request: Request[Any, Any, Any],
    weiter: Annotated[str, QueryParameter(max_length=2000)] = "",
    meldung: Annotated[str, QueryParameter(max_length=60)] = "",
) -> Response[Any]:
    token = request.cookies.get(cookie_name())
    if token and await session_of(token, now()):
        return Redirect(local_path(weiter), status_code=303)
    return _form(Filled({"weiter": local_path(weiter)}), notice=_(NOTICES[meldung]) if meldung in NOTICES else "")


@post(SIGN_IN, status_code=303, include_in_schema=False)
async def do_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(SignInForm, sent)
    kept = {"email": sent.get("email", ""), "weiter": local_path(str(sent.get("weiter", "")))}
    if form is None:
        return _form(Filled(kept, errors), 422)
    try:
        token = await sign_in(form.email, form.password, address_of(request), now(), device_of(request))
    except Refused as refused:
        log_sign_in("password", refused)
        return _form(*refused_form(kept, refused))
    log_sign_in("password")
    await sign_out(request.cookies.get(cookie_name(), ""))
    return lead_on(token, kept["weiter"])


@post("/team/abmelden", status_code=303, include_in_schema=False)
async def do_sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    await sign_out(request.cookies.get(cookie_name(), ""))
    # The browser forgets pages about people that it may have kept.
    headers = {**NEVER_KEPT, "Clear-Site-Data": '"cache", "storage"'}
    return Redirect(SIGN_IN, status_code=303, cookies=[session_cookie("")], headers=headers)


def lead_on(token: str, wished: str) -> Response[Any]:
    """In, or to the question for the second factor: until it is answered there is no session."""
    if awaits_code(token):
        where = f"{CODE}?weiter={quote(wished, safe='/')}"
        return Redirect(where, status_code=303, cookies=[pending_cookie(token), session_cookie("")], headers=NEVER_KEPT)
    cookies = [session_cookie(token), pending_cookie("")]
    return Redirect(wished, status_code=303, cookies=cookies, headers=NEVER_KEPT)


def log_sign_in(way: str, refused: Refused | None = None) -> None:
    """For the operator: that somebody tried, never who."""
    if refused:
        _log.warning("sign_in_refused", way=way, reason=refused.reasons[0].code)
    else:
        _log.info("signed_in", way=way)


def pending_name() -> str:
    return "__Host-team-code" if settings().is_https else "team-code"


def pending_cookie(token: str) -> Any:
    """Between the password and the second factor."""
    return own_cookie(pending_name(), token, TOKENS["second_factor"])


def address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def device_of(request: Request[Any, Any, Any]) -> str:
    return browser_family(request.headers.get("user-agent", ""))


def refused_form(kept: dict[str, Any], refused: Refused, field: str = "") -> tuple[Filled, int, dict[str, str]]:
    """The form again, its status and its headers."""
    refusal = refused.reasons[0]
    if refusal.code == "too_many_tries":
        return Filled(kept, {"": refusal_text(refusal)}), 429, {"Retry-After": str(refusal.facts["seconds"])}
    return Filled(kept, {field: refusal_text(refusal)}), 422, {}


def _form(form: Filled, status: int = 200, headers: dict[str, str] | None = None, notice: str = "") -> Response[bytes]:
    headers = {**NEVER_KEPT, **(headers or {})}
    has_provider = settings().oidc is not None
    return page(
        "staff/sign_in.html", status=status, headers=headers, form=form, notice=notice, has_provider=has_provider
    )


handlers = (show_sign_in, do_sign_in, do_sign_out)
