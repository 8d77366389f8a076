"""The link a trainer was mailed: looking at it changes nothing, the button signs them in. Nobody else is signed in."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from events.accounts.actions import sign_out
from events.accounts.trainer_access import accounts
from events.kit.clock import now
from events.kit.refusals import NotFound, Refusal, Refused
from events.office.queries import office
from events.programme.trainer_actions import open_trainer_link
from events.programme.trainer_links import charge_behind
from events.programme.trainer_mails import events_led
from events.programme.trainers import Charge
from events.programme.wording import refusal_text
from events.web.guards import HOME, cookie_name, local_path, session_cookie
from events.web.staff.sign_in import NEVER_KEPT
from events.web.templating import page

ACCESS = "/team/zugang/{token:str}"
OWN_DATES = "/team/termine"
Onward = Annotated[str, QueryParameter(max_length=200)]


@get(ACCESS, include_in_schema=False)
async def show_access(token: FromPath[str], weiter: Onward = "") -> Response[bytes]:
    charge = await charge_behind(token)
    return await _page(charge, token, weiter)


@post(ACCESS, status_code=303, include_in_schema=False)
async def open_access(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    charge = await charge_behind(token)
    wished = str((await request.form()).get("weiter", ""))
    try:
        session = await open_trainer_link(charge, request.client.host if request.client else "", now())
    except Refused as refused:
        return await _page(charge, token, wished, refused.reasons[0])
    if session is None:
        return await _page(charge, token, wished)
    await sign_out(request.cookies.get(cookie_name(), ""))
    return Redirect(_onward(wished), status_code=303, cookies=[session_cookie(session)], headers=NEVER_KEPT)


async def _page(charge: Charge, token: str, wished: str, refusal: Refusal | None = None) -> Response[bytes]:
    account = (await accounts({charge.staff_id})).get(charge.staff_id)
    if account is None:
        raise NotFound
    is_open = charge.is_running(now()) and account.active
    status = 410 if not is_open else 429 if refusal else 200
    return page(
        "staff/sharing/access.html",
        status=status,
        headers={**NEVER_KEPT, "X-Robots-Tag": "noindex"},
        token=token,
        wished=_onward(wished),
        first_name=account.name.split()[0] if account.name.split() else "",
        signs_in_by_link=account.signs_in_by_link,
        is_open=is_open,
        ends_at=charge.ends_at,
        events=await events_led(charge) if is_open else [],
        refusal=refusal_text(refusal) if refusal else "",
        office=await office(),
    )


def _onward(wished: str) -> str:
    path = local_path(wished)
    return OWN_DATES if path == HOME else path


handlers = (show_access, open_access)
