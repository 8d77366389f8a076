"""One's own account: the password, and where one is signed in. The second factor is beside."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from msgspec import Struct

from events.accounts.forms import ChangePasswordForm
from events.accounts.own import change_password, end_other_sessions, end_session, sessions_of
from events.accounts.queries import StaffRow, staff_by_id
from events.accounts.rules import SHORTEST_PASSWORD
from events.accounts.second_factor import codes_left
from events.accounts.wording import ROLE_NAMES
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refused
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.sign_in import refused_form

PATH = "/team/konto"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


class SessionForm(Struct):
    """Without a session: all but the one it is sent from."""

    session: UUID | None = None


@get(PATH, guards=[needs("read")])
async def show_own_account(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, notice=meldung)


@post(PATH + "/kennwort", guards=[needs("read")], status_code=303)
async def set_own_password(request: Asked, staff: SignedIn) -> Response[Any]:
    form, errors = parse_form(ChangePasswordForm, await request.form())
    if form is None:
        return await _page(staff, Filled({}, errors), 422)
    try:
        await change_password(staff.id, form.old_password, form.password, _here(staff), now())
    except Refused as refused:
        is_old = refused.reasons[0].code == "wrong_old_password"
        return await _page(staff, *refused_form({}, refused, "old_password" if is_old else "password"))
    return see(PATH, "kennwort_neu")


@post(PATH + "/anmeldungen", guards=[needs("read")], status_code=303)
async def end_sessions(request: Asked, staff: SignedIn) -> Response[Any]:
    form, errors = parse_form(SessionForm, await request.form())
    if form is None:
        return await _page(staff, Filled({}, errors), 422)
    if form.session is None:
        await end_other_sessions(staff.id, _here(staff))
    else:
        await end_session(staff.id, form.session)
    return see(PATH, "anmeldung_beendet")


async def own_row(staff: SignedIn) -> StaffRow:
    found = await staff_by_id(staff.id)
    if found is None:
        raise NotFound
    return found


def _here(staff: SignedIn) -> UUID:
    if staff.session_id is None:
        raise NotFound
    return staff.session_id


async def _page(
    staff: SignedIn,
    form: Filled | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
    notice: str = "",
) -> Response[bytes]:
    answer = staff_page(
        "staff/accounts/own.html",
        staff,
        status=status,
        notice=notice,
        form=form or Filled(),
        own=await own_row(staff),
        here=staff.session_id,
        by_link=staff.by_link,
        sessions=await sessions_of(staff.id, now()),
        codes_left=await codes_left(staff.id),
        roles=ROLE_NAMES,
        shortest=SHORTEST_PASSWORD,
    )
    answer.headers.update(headers or {})
    return answer


handlers = (team(show_own_account, set_own_password, end_sessions),)
