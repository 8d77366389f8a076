"""Venues for staff: the list, making one, changing one with what is said about getting in."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.programme.actions import create_venue, edit_venue
from events.programme.offer_forms import read_venue, venue_values
from events.programme.offered import dates_at_venues
from events.programme.queries import VenueView, venues
from events.programme.tables import Venue
from events.programme.versions import version_of
from events.web.errors import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import other_languages
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.planning_versions import SEEN, Difference, differences, is_outdated, last_saved, seen_in

PATH = "/team/orte"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]


@get(PATH, guards=[needs("read_figures")])
async def list_venues(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return staff_page(
        "staff/planning/venues.html", staff, notice=meldung, found=await venues(), used=await dates_at_venues()
    )


@get(f"{PATH}/neu", guards=[needs("plan")])
async def new_venue(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled())


@post(f"{PATH}/neu", guards=[needs("plan")])
async def add_venue(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    details, errors = read_venue(sent, None)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    return see(f"{PATH}/{await create_venue(details, by=staff.actor, now=now())}", "gespeichert")


@get(f"{PATH}/{{venue_id:uuid}}", guards=[needs("plan")])
async def show_venue(staff: SignedIn, venue_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    found = await _found(venue_id)
    return await _form(staff, Filled(await _stored(found)), found, notice=meldung)


@post(f"{PATH}/{{venue_id:uuid}}", guards=[needs("plan")])
async def save_venue(request: Asked, staff: SignedIn, venue_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await _found(venue_id), await request.form()
    details, errors = read_venue(sent, found)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), found, 422)
    try:
        await edit_venue(found.id, details, by=staff.actor, now=now(), seen=seen_in(sent))
    except Refused as refused:
        return await _refused(staff, found.id, typed(sent), refused)
    return see(f"{PATH}/{found.id}", "gespeichert")


async def _refused(staff: SignedIn, id: UUID, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """With what was typed; after somebody else's change theirs stands beside it."""
    found = await _found(id)
    said = {"": " ".join(refusal_text(one, PATH) for one in refused.reasons)}
    if not is_outdated(refused):
        return await _form(staff, Filled(sent, said), found, 409)
    stored = await _stored(found)
    between = differences(stored, sent, _labels())
    return await _form(staff, Filled({**sent, SEEN: stored[SEEN]}, said), found, 409, between=between)


async def _found(id: UUID) -> VenueView:
    found = next((one for one in await venues() if one.id == id), None)
    if found is None:
        raise NotFound
    return found


async def _stored(found: VenueView) -> dict[str, Any]:
    """What stands in the fields, and which version that is."""
    return {**venue_values(found), SEEN: await version_of(Venue, found.id)}


def _labels() -> dict[str, str]:
    named = {"name": _("Name"), "street": _("Straße und Hausnummer"), "postcode": _("Postleitzahl"), "city": _("Stadt")}
    access = _("Barrierefreiheit")
    others = {f"{code}-access": f"{access} ({LANGUAGES[code].name})" for code in LANGUAGES if code != SOURCE}
    return {**named, "access": access, **others}


async def _form(
    staff: SignedIn,
    form: Filled,
    found: VenueView | None = None,
    status: Literal[200, 409, 422] = 200,
    notice: str = "",
    between: list[Difference] | None = None,
) -> Response[bytes]:
    return staff_page(
        "staff/planning/venue.html",
        staff,
        status=status,
        notice=notice,
        venue=found,
        form=form,
        labels=_labels(),
        other_languages=other_languages(),
        differences=between or [],
        saved=await last_saved("venue", found.id) if found else "",
        lines=await told(await history_of("venue", found.id)) if found else [],
        used=(await dates_at_venues()).get(found.id, 0) if found else 0,
    )


handlers = (team(list_venues, new_venue, add_venue, show_venue, save_venue),)
