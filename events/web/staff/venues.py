"""A new venue, for when the list of a date's form lacks it."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.programme.actions import create_venue
from events.programme.forms import VenueForm
from events.web.guards import SignedIn, local_path, needs, team
from events.web.staff.frame import Filled, see, staff_page


@get("/team/orte/neu", guards=[needs("plan")])
async def new_venue(staff: SignedIn, weiter: Annotated[str, QueryParameter(max_length=2000)] = "") -> Response[bytes]:
    return staff_page("staff/venues/form.html", staff, form=Filled({"weiter": local_path(weiter)}))


@post("/team/orte/neu", guards=[needs("plan")])
async def add_venue(request: Request[Any, Any, Any], staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    back = local_path(str(sent.get("weiter", "")))
    form, errors = parse_form(VenueForm, sent)
    if form is None:
        return staff_page(
            "staff/venues/form.html", staff, status=422, form=Filled({**typed(sent), "weiter": back}, errors)
        )
    await create_venue(form.details(), by=staff.actor, now=now())
    return see(back, "ort")


handlers = (team(new_venue, add_venue),)
