"""The way to the county's identity provider and back. Only there where one is configured."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any

import structlog
from litestar import Request, Response, get
from litestar.params import QueryParameter
from litestar.response import Redirect

from events.accounts.actions import sign_out
from events.accounts.sign_on import LIVES, RETURN, arrive, depart
from events.kit.clock import now
from events.kit.refusals import Refusal, Refused
from events.settings import settings
from events.web.guards import SIGN_IN, cookie_name, local_path, own_cookie
from events.web.staff.sign_in import NEVER_KEPT, address_of, device_of, lead_on, log_sign_in

Asked = Request[Any, Any, Any]

_log: structlog.stdlib.BoundLogger = structlog.get_logger("web")


@get(SIGN_IN + "/oidc", include_in_schema=False)
async def leave(request: Asked, weiter: Annotated[str, QueryParameter(max_length=2000)] = "") -> Response[Any]:
    """A link and no form: our pages send forms to no other site."""
    try:
        departure = await depart(address_of(request), now())
    except Refused as refused:
        return _back(refused.reasons[0])
    onward = urlsafe_b64encode(local_path(weiter).encode()).decode()
    cookie = own_cookie(_name(), f"{departure.ticket}.{onward}", LIVES)
    return Redirect(departure.address, status_code=303, cookies=[cookie], headers=NEVER_KEPT)


@get(RETURN, include_in_schema=False)
async def come_back(request: Asked) -> Response[Any]:
    state, code, issuer = (request.query_params.get(name, "") for name in ("state", "code", "iss"))
    ticket, _dot, onward = request.cookies.get(_name(), "").partition(".")
    try:
        token = await arrive(ticket, state, code, issuer, address_of(request), now(), device_of(request))
    except Refused as refused:
        return _back(refused.reasons[0])
    log_sign_in("oidc")
    await sign_out(request.cookies.get(cookie_name(), ""))
    answer = lead_on(token, _wished(onward))
    answer.cookies.append(own_cookie(_name(), "", LIVES))
    return answer


def _wished(onward: str) -> str:
    try:
        return local_path(urlsafe_b64decode(onward).decode())
    except ValueError:
        return local_path("")


def _back(refusal: Refusal) -> Response[Any]:
    """The reason stands in the log for the operator; it names nobody."""
    is_unknown = refusal.code == "sign_on_unknown"
    _log.warning("sign_on_refused", reason=refusal.code, why=refusal.facts.get("why", ""))
    where = f"{SIGN_IN}?meldung={'unbekannt' if is_unknown else 'dienst'}"
    return Redirect(where, status_code=303, cookies=[own_cookie(_name(), "", LIVES)], headers=NEVER_KEPT)


def _name() -> str:
    return "__Host-team-oidc" if settings().is_https else "team-oidc"


handlers = (leave, come_back)
