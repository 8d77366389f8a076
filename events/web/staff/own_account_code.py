"""The own second factor: setting it up with a QR code, the recovery codes told once, switching it off."""

from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from litestar import Request, Response, get, post

from events.accounts.forms import CodeForm, SetUpForm
from events.accounts.queries import staff_by_id
from events.accounts.rules import why_not_switch_off_code
from events.accounts.second_factor import codes_left, secret_of, setup_address, switch_off, switch_on
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refused
from events.office.queries import office
from events.settings import settings
from events.web.guards import SECOND_FACTOR, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.sign_in import refused_form

Asked = Request[Any, Any, Any]
OPEN_TO_ALL = [needs("read", without_second_factor=True)]


@get(SECOND_FACTOR, guards=OPEN_TO_ALL)
async def show_second_factor(staff: SignedIn) -> Response[bytes]:
    return await _page(staff)


@get(SECOND_FACTOR + "/qr.svg", guards=OPEN_TO_ALL)
async def show_qr_code(staff: SignedIn) -> Response[bytes]:
    """Of its own address because pages here hold no pictures inside them; kept by nobody."""
    if staff.by_link:
        raise NotFound
    address = await setup_address(staff.id, staff.email, (await office()).name)
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", light="#fff", border=4, scale=4)
    return Response(picture.getvalue(), media_type="image/svg+xml")


@post(SECOND_FACTOR + "/an", guards=OPEN_TO_ALL, status_code=200)
async def set_up(request: Asked, staff: SignedIn) -> Response[Any]:
    """Answers with the recovery codes themselves: a page to be led on to would have to keep them readable."""
    form, errors = parse_form(SetUpForm, await request.form())
    if form is None or staff.by_link or staff.has_second_factor:
        return await _page(staff, Filled({}, errors), 422)
    try:
        codes = await switch_on(staff.id, form.code, form.password, _here(staff), now())
    except Refused as refused:
        field = "password" if refused.reasons[0].code == "wrong_old_password" else "code"
        return await _page(staff, *refused_form({}, refused, field))
    return staff_page("staff/accounts/recovery_codes.html", staff, codes=codes)


@post(SECOND_FACTOR + "/aus", guards=OPEN_TO_ALL, status_code=303)
async def turn_off(request: Asked, staff: SignedIn) -> Response[Any]:
    form, errors = parse_form(CodeForm, await request.form())
    if form is None or not staff.has_second_factor:
        return await _page(staff, Filled({}, errors), 422)
    try:
        await switch_off(staff.id, staff.role, form.code, now())
    except Refused as refused:
        if refused.reasons[0].code == "second_factor_required":
            raise
        return await _page(staff, *refused_form({}, refused, "code"))
    return see("/team/konto", "zwei_faktor_aus")


def _here(staff: SignedIn) -> UUID:
    if staff.session_id is None:
        raise NotFound
    return staff.session_id


async def _page(
    staff: SignedIn, form: Filled | None = None, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    required, member = settings().require_totp, await staff_by_id(staff.id)
    answer = staff_page(
        "staff/accounts/second_factor.html",
        staff,
        status=status,
        form=form or Filled(),
        asks_password=member is not None and member.has_password,
        is_on=staff.has_second_factor,
        by_link=staff.by_link,
        is_required=why_not_switch_off_code(staff.role, required) is not None,
        secret="" if staff.has_second_factor or staff.by_link else await secret_of(staff.id),
        codes_left=await codes_left(staff.id),
    )
    answer.headers.update(headers or {})
    return answer


handlers = (team(show_second_factor, show_qr_code, set_up, turn_off),)
