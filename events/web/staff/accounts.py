"""Who may sign in: the list, an invitation, and what those who let people in change about one account."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.accounts.actions import drop_second_factor
from events.accounts.forms import InviteForm, RoleForm
from events.accounts.managing import (
    change_role,
    disable,
    enable,
    end_all_sessions_of,
    invite_staff,
    send_password_link,
)
from events.accounts.own import sessions_of
from events.accounts.queries import StaffRow, all_staff, staff_by_id
from events.accounts.rules import ROLES
from events.accounts.wording import ROLE_NAMES, refusal_text
from events.history.queries import history_of
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.paging import page_of

PATH = "/team/zugaenge"
ONE = PATH + "/{staff_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("manage_staff")])
async def list_accounts(staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = "") -> Response[bytes]:
    found = page_of(await all_staff(), seite)
    return staff_page("staff/accounts/list.html", staff, notice=meldung, found=found, roles=ROLE_NAMES)


@get(PATH + "/neu", guards=[needs("manage_staff")])
async def show_invite_form(staff: SignedIn) -> Response[bytes]:
    return _invite_form(staff, Filled())


@post(PATH + "/neu", guards=[needs("manage_staff")], status_code=303)
async def invite(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(InviteForm, sent)
    if form is None:
        return _invite_form(staff, Filled(typed(sent), errors), 422)
    try:
        await invite_staff(form.email, form.name, form.role, invited_by=staff.name, by=staff.actor, now=now())
    except Refused as refused:
        return _invite_form(staff, Filled(typed(sent), {"email": refusal_text(refused.reasons[0])}), 409)
    return see(PATH, "zugang_eingeladen")


@get(ONE, guards=[needs("manage_staff")])
async def show_account(staff: SignedIn, staff_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return await _page(staff, await _member(staff_id), notice=meldung)


@post(ONE + "/rolle", guards=[needs("manage_staff")], status_code=303)
async def set_role(request: Asked, staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(RoleForm, sent)
    member = await _member(staff_id)
    if form is None:
        return await _page(staff, member, Filled(typed(sent), errors), 422)
    try:
        await change_role(staff_id, form.role, by=staff.actor, now=now())
    except Refused as refused:
        wrong = {"role": refusal_text(refused.reasons[0])}
        return await _page(staff, member, Filled(typed(sent), wrong), 409)
    return see(f"{PATH}/{staff_id}", "gespeichert")


@post(ONE + "/sperren", guards=[needs("manage_staff")], status_code=303)
async def lock(staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    await disable(staff_id, by=staff.actor, now=now())
    return see(f"{PATH}/{staff_id}", "zugang_gesperrt")


@post(ONE + "/freigeben", guards=[needs("manage_staff")], status_code=303)
async def unlock(staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    await enable(staff_id, by=staff.actor, now=now())
    return see(f"{PATH}/{staff_id}", "zugang_frei")


@post(ONE + "/abmelden", guards=[needs("manage_staff")], status_code=303)
async def sign_out_everywhere(staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    await end_all_sessions_of(staff_id, by=staff.actor, now=now())
    return see(f"{PATH}/{staff_id}", "ueberall_abgemeldet")


@post(ONE + "/kennwort", guards=[needs("manage_staff")], status_code=303)
async def send_link(staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    await send_password_link(staff_id, invited_by=staff.name, by=staff.actor, now=now())
    return see(f"{PATH}/{staff_id}", "link_gesendet")


@post(ONE + "/zwei-faktor", guards=[needs("manage_staff")], status_code=303)
async def take_second_factor_off(staff: SignedIn, staff_id: FromPath[UUID]) -> Response[Any]:
    await drop_second_factor(staff_id, by=staff.actor, now=now())
    return see(f"{PATH}/{staff_id}", "zwei_faktor_aus")


async def _member(staff_id: UUID) -> StaffRow:
    member = await staff_by_id(staff_id)
    if member is None:
        raise NotFound
    return member


def _invite_form(staff: SignedIn, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page("staff/accounts/invite.html", staff, status=status, form=form, roles=_roles())


async def _page(
    staff: SignedIn, member: StaffRow, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    return staff_page(
        "staff/accounts/one.html",
        staff,
        status=status,
        notice=notice,
        form=form or Filled({"role": member.role}),
        member=member,
        is_self=member.id == staff.id,
        roles=_roles(),
        sessions=await sessions_of(member.id, now()),
        lines=await told(await history_of("staff_member", member.id)),
    )


def _roles() -> list[tuple[str, str]]:
    return [(role, _(ROLE_NAMES[role])) for role in ROLES]


handlers = (
    team(
        list_accounts,
        show_invite_form,
        invite,
        show_account,
        set_role,
        lock,
        unlock,
        sign_out_everywhere,
        send_link,
        take_second_factor_off,
    ),
)
