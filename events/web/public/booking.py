"""One's own booking: opened by the mailed link or a short code; confirming and cancelling are buttons."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.links import read_short_code
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.registration import actions
from events.registration.forms import CancelForm, CodeForm
from events.registration.links import booking_token
from events.registration.queries import booking_by_code
from events.registration.spam import seconds_to_wait_for_codes
from events.web.public.filled import Filled
from events.web.public.own_access import NOTHING_TYPED, OWN, back, opened, shown
from events.web.template_words import link
from events.web.templating import page


@get("/anmeldung", include_in_schema=False)
async def show_code_form(meldung: FromQuery[str] = "") -> Response[bytes]:
    return page("public/booking/code.html", form=NOTHING_TYPED, links_form=NOTHING_TYPED, notice=_notice(meldung))


@post("/anmeldung", status_code=303, include_in_schema=False)
async def open_by_code(request: Request[Any, Any, Any]) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(CodeForm, sent)
    kept = {"code": str(sent.get("code", ""))[:100]}
    seconds = await seconds_to_wait_for_codes(request.client.host if request.client else "", now())
    if seconds is not None:
        too_many = {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}
        return _code_form(429, Filled(kept, too_many), {"Retry-After": str(seconds)})
    found = await booking_by_code(read_short_code(form.code) or "") if form else None
    if found is None:
        unknown = errors or {"code": _("Diesen Code kennen wir nicht. Bitte prüfen Sie die acht Zeichen.")}
        return _code_form(422, Filled(kept, unknown))
    return Redirect(link(f"/anmeldung/{booking_token(found.id, found.link_version)}"), status_code=303)


def _code_form(status: int, form: Filled, headers: dict[str, str] | None = None) -> Response[bytes]:
    return page(
        "public/booking/code.html", status=status, headers=headers, form=form, links_form=NOTHING_TYPED, notice=""
    )


@get(OWN, include_in_schema=False)
async def show_booking(
    token: FromPath[str], meldung: FromQuery[str] = "", absagen: FromQuery[str] = ""
) -> Response[bytes]:
    """`absagen`: a mail asked whether they come to this event; cancelling is a button all the same."""
    own = await opened(token)
    return shown(token, own, notice=_notice(meldung), cancelling=absagen)


@post(OWN + "/bestaetigen", status_code=303, include_in_schema=False)
async def confirm(token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    if own.access.participant is not None:
        raise NotFound  # only the contact's address is proven so
    await actions.confirm_address(own.access.booking, by=own.by, now=now())
    return back(token, "bestaetigt")


@post(OWN + "/absagen", status_code=303, include_in_schema=False)
async def cancel(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    form, _errors = parse_form(CancelForm, await request.form())
    if form is None or form.registration is None:
        of = own.access.participant
        await actions.cancel_booking(own.access.booking, by=own.by, now=now(), participant=of)
    else:
        chosen = own.page.registration(form.registration)
        await actions.cancel_registration(chosen.id, by=own.by, now=now())
    return back(token, "abgesagt")


def _notice(code: str) -> str:
    notices = {
        "bestaetigt": _("Vielen Dank. Ihre Angaben sind bestätigt."),
        "abgesagt": _("Ihre Absage ist angekommen."),
        "angenommen": _("Der Platz gehört Ihnen. Wir freuen uns auf Sie."),
        "abgelehnt": _("Danke für die Nachricht. Der Platz geht an andere."),
        "geaendert": _("Ihre Änderung ist gespeichert."),
        "vertretung": _("Danke. Den Platz hat jetzt die andere Person."),
        "dazu": _("Die weiteren Termine sind dazugekommen."),
        "links": _("Wenn wir Anmeldungen zu dieser Adresse haben, ist eine Mail unterwegs."),
        "kalender_neu": _("Ihr Kalender hat eine neue Adresse."),
        "kalender_aus": _("Ihr Kalender ist abgeschaltet."),
        "kalender_an": _("Ihr Kalender ist wieder eingeschaltet."),
        "geloescht": _("Ihre Daten sind gelöscht."),
    }
    return notices.get(code, "")


handlers = (show_code_form, open_by_code, show_booking, confirm, cancel)
