"""One's own booking: opened by the mailed link or a short code; confirming and cancelling are buttons."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from events.kit.actor import person
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.links import read_short_code
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.registration import actions
from events.registration.forms import CancelForm, CodeForm
from events.registration.links import booking_behind, booking_token
from events.registration.own_page import own_page
from events.registration.queries import booking_by_code
from events.registration.spam import seconds_to_wait_for_codes
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.template_words import link
from events.web.templating import page


@get("/anmeldung", include_in_schema=False)
async def show_code_form() -> Response[bytes]:
    return page("public/booking/code.html", form=Filled({}))


@post("/anmeldung", status_code=303, include_in_schema=False)
async def open_by_code(request: Request[Any, Any, Any]) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(CodeForm, sent)
    kept = {"code": str(sent.get("code", ""))}
    seconds = await seconds_to_wait_for_codes(request.client.host if request.client else "", now())
    if seconds is not None:
        too_many = {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}
        return page(
            "public/booking/code.html", status=429, headers={"Retry-After": str(seconds)}, form=Filled(kept, too_many)
        )
    found = await booking_by_code(read_short_code(form.code) or "") if form else None
    if found is None:
        unknown = errors or {"code": _("Diesen Code kennen wir nicht. Bitte prüfen Sie die acht Zeichen.")}
        return page("public/booking/code.html", status=422, form=Filled(kept, unknown))
    return Redirect(link(f"/anmeldung/{booking_token(found.id, found.link_version)}"), status_code=303)


@get("/anmeldung/{token:str}", include_in_schema=False)
async def show_booking(token: FromPath[str], meldung: FromQuery[str] = "") -> Response[bytes]:
    booking_id = await booking_behind(token, "booking")
    shown = await own_page(booking_id, now())
    return page("public/booking/show.html", headers=NEVER_KEPT, booking=shown, token=token, notice=_notice(meldung))


@post("/anmeldung/{token:str}/bestaetigen", status_code=303, include_in_schema=False)
async def confirm(token: FromPath[str]) -> Response[Any]:
    booking_id = await booking_behind(token, "booking")
    await actions.confirm_address(booking_id, by=person(booking_id), now=now())
    return Redirect(link(f"/anmeldung/{token}?meldung=bestaetigt"), status_code=303)


@post("/anmeldung/{token:str}/absagen", status_code=303, include_in_schema=False)
async def cancel(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    booking_id = await booking_behind(token, "booking")
    form, _errors = parse_form(CancelForm, await request.form())
    if form is None or form.registration is None:
        await actions.cancel_booking(booking_id, by=person(booking_id), now=now())
    else:
        await _own(booking_id, form.registration)
        await actions.cancel_registration(form.registration, by=person(booking_id), now=now())
    return Redirect(link(f"/anmeldung/{token}?meldung=abgesagt"), status_code=303)


async def _own(booking_id: UUID, registration_id: UUID) -> None:
    """A link opens its own registrations only."""
    if registration_id not in (await own_page(booking_id, now())).registration_ids:
        raise NotFound


def _notice(code: str) -> str:
    notices = {
        "bestaetigt": _("Vielen Dank. Ihre Angaben sind bestätigt."),
        "abgesagt": _("Ihre Absage ist angekommen."),
    }
    return notices.get(code, "")


handlers = (show_code_form, open_by_code, show_booking, confirm, cancel)
