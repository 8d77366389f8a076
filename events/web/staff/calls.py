"""The call list: whom no mail reaches about a change, what to say, and who was reached."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.accounts.queries import names_of
from events.accounts.rules import sees_only_own_events
from events.invitations.changes.call_views import Change, changes_to_tell, is_list_unfinished
from events.invitations.changes.calls import mark_open, mark_reached
from events.kit.clock import now
from events.kit.translation import LANGUAGES, localized
from events.programme.trainers import events_led_by
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

CALLS = "/team/anrufe"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(CALLS, guards=[needs("read_people")])
async def list_calls(staff: SignedIn, veranstaltung: FromQuery[str] = "", meldung: Text = "") -> Response[bytes]:
    moment = now()
    only = await events_led_by(staff.id, moment) if sees_only_own_events(staff.role) else None
    changes = await changes_to_tell(only)
    shown = [one for one in changes if veranstaltung in ("", str(one.event.id))]
    return staff_page(
        "staff/calls/list.html",
        staff,
        notice=meldung,
        pending=[one for one in shown if one.open and not one.is_over(moment)],
        # What is over stays below, also whom nobody reached in time.
        settled=[one for one in shown if one.done or (one.open and one.is_over(moment))],
        is_unfinished=await is_list_unfinished(),
        moment=moment,
        filters=Filled({"veranstaltung": veranstaltung}),
        events=_events(changes),
        names=await names_of({call.reached_by for one in shown for call in one.done if call.reached_by}),
        language_names={code: language.name for code, language in LANGUAGES.items()},
    )


@post("/team/anrufe/{call_id:uuid}/erreicht", guards=[needs("handle_registrations")])
async def reached(request: Request[Any, Any, Any], staff: SignedIn, call_id: FromPath[UUID]) -> Response[Any]:
    await mark_reached(call_id, by=staff.actor, now=now())
    return see(await _back(request), "erreicht")


@post("/team/anrufe/{call_id:uuid}/offen", guards=[needs("handle_registrations")])
async def not_reached(request: Request[Any, Any, Any], staff: SignedIn, call_id: FromPath[UUID]) -> Response[Any]:
    await mark_open(call_id, by=staff.actor, now=now())
    return see(await _back(request), "anruf_offen")


async def _back(request: Request[Any, Any, Any]) -> str:
    """To the list as it was filtered."""
    chosen = str((await request.form()).get("veranstaltung", ""))
    return f"{CALLS}?veranstaltung={quote(chosen)}" if chosen else CALLS


def _events(changes: list[Change]) -> list[tuple[str, str]]:
    """For the filter: each event once, the one changed last first."""
    return list({str(one.event.id): localized(one.event.title).text for one in changes}.items())


handlers = (team(list_calls, reached, not_reached),)
