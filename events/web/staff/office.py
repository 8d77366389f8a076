"""The office's own settings: who it is, which cities it knows."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.office.actions import set_cities, set_office
from events.office.forms import CitiesForm, office_values, read_office
from events.office.queries import cities, office
from events.programme.upkeep import refresh_entries
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/einstellungen"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("set_up")])
async def show_office(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, notice=meldung)


@post(PATH, guards=[needs("set_up")])
async def save_office(request: Asked, staff: SignedIn) -> Response[Any]:
    """Calendars name the office too: their entries are written anew."""
    sent = await request.form()
    form, errors = read_office(sent)
    if form is None:
        return await _page(staff, Filled(typed(sent), errors), status=422)
    await set_office(form.view, by=staff.actor, now=now())
    await refresh_entries(now())
    return see(PATH, "gespeichert")


@post(PATH + "/staedte", guards=[needs("set_up")])
async def save_cities(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(CitiesForm, sent)
    if form is None:
        return await _page(staff, cities_form=Filled(typed(sent), errors), status=422)
    await set_cities(form.names, by=staff.actor, now=now())
    return see(PATH, "gespeichert")


async def _page(
    staff: SignedIn, form: Filled | None = None, cities_form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    said = await office()
    return staff_page(
        "staff/office/settings.html",
        staff,
        status=status,
        notice=notice,
        form=form or Filled(office_values(said)),
        cities_form=cities_form or Filled({"cities": "\n".join(await cities())}),
    )


handlers = (team(show_office, save_office, save_cities),)
