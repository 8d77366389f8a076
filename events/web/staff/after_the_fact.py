"""Entering an event that was held without sign-up: first its programme, then one form for all the rest."""

from typing import Annotated, Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.attendance.wording import DIMENSIONS
from events.evidence.after_the_fact import enter_held_event
from events.evidence.forms import Offered, blank_counts, read_held_event
from events.evidence.wording import ORIGINS
from events.kit.clock import now, today
from events.kit.forms import typed
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.programme.queries import ProgrammeView, event_by_id, organisations, programmes, venues
from events.programme.wording import FORMATS, LANGUAGE_NAMES
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import organisation_choices, programme_filter, venue_choices
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/nachtragen"
SUGGESTIONS = {"language": tuple(LANGUAGE_NAMES.values())}

Slug = Annotated[str, QueryParameter(max_length=80)]


@get(PATH, guards=[needs("close_dates")])
async def ask_what_was_held(staff: SignedIn, programm: Slug = "") -> Response[bytes]:
    programme = await _programme(programm)
    if programme is None:
        return await _choose(staff, is_wrong=bool(programm))
    return await _form(staff, programme, Filled({"submission": str(uuid4()), "format": "information"}))


@post(PATH, guards=[needs("close_dates")])
async def enter(request: Request[Any, Any, Any], staff: SignedIn, programm: Slug = "") -> Response[Any]:
    programme = await _programme(programm)
    if programme is None:
        return await _choose(staff, is_wrong=True)
    sent = await request.form()
    offered = Offered(programme.id, {one.id for one in await venues()}, {one.id for one in await organisations()})
    held, errors = read_held_event(sent, offered, now())
    if held is None:
        return await _form(staff, programme, Filled(typed(sent), errors), 422)
    event = await event_by_id(await enter_held_event(held, by=staff.actor, now=now()))
    if event is None:
        raise NotFound
    # What was counted is there to be read once more.
    return see(f"/team/anwesenheit/{event.dates[0].id}/abschluss", "nachgetragen")


async def _programme(slug: str) -> ProgrammeView | None:
    return next((one for one in await programmes() if one.slug == slug), None)


async def _choose(staff: SignedIn, is_wrong: bool) -> Response[bytes]:
    errors = {"programm": _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")} if is_wrong else {}
    return staff_page(
        "staff/after_the_fact/programme.html",
        staff,
        status=422 if errors else 200,
        form=Filled({}, errors),
        programmes=await programme_filter(),
    )


async def _form(staff: SignedIn, programme: ProgrammeView, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/after_the_fact/form.html",
        staff,
        status=status,
        programme=programme,
        form=form,
        formats=[(code, _(text)) for code, text in FORMATS.items()],
        venues=await venue_choices(),
        partners=organisation_choices(await organisations()),
        origins=[(code, _(text)) for code, text in ORIGINS.items()],
        counts=blank_counts(programme.policy.dimensions),
        dimensions=DIMENSIONS,
        suggestions=SUGGESTIONS,
        latest=today().isoformat(),
    )


handlers = (team(ask_what_was_held, enter),)
