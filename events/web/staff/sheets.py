"""Lists to print: of one date, or of all dates of an event side by side."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get

from events.attendance.sheets.forms import PrintForm
from events.attendance.sheets.printing import file_name, printed, usual_kind
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound
from events.programme.queries import DateView, EventView
from events.web.downloads import download
from events.web.guards import DateInSight, EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled
from events.web.staff.posters import papers_page

Asked = Request[Any, Any, Any]


@get("/team/anwesenheit/{event_date_id:uuid}/teilnahmeliste.pdf", guards=[needs("record_attendance")])
async def list_of_date(request: Asked, staff: SignedIn, found: DateInSight) -> Response[bytes]:
    date, event = found
    return await _sheet(request, staff, event, [date])


@get("/team/veranstaltungen/{event_id:uuid}/teilnahmeliste.pdf", guards=[needs("record_attendance")])
async def list_of_event(request: Asked, staff: SignedIn, event: EventInSight) -> Response[bytes]:
    """Of the date that is chosen, else of all that take place; 404 where there are none."""
    return await _sheet(request, staff, event, event.coming_dates)


async def _sheet(request: Asked, staff: SignedIn, event: EventView, dates: Sequence[DateView]) -> Response[bytes]:
    wished, errors = parse_form(PrintForm, request.query_params)
    if wished is None:
        return await papers_page(staff, event, Filled(typed(request.query_params), errors), 422)
    chosen = [one for one in dates if wished.termin in (None, one.id)]
    if not chosen:
        raise NotFound
    kind = wished.art or usual_kind(event)
    content = await printed(event, chosen, kind, wished.leer)
    return download(content, file_name(event, kind), "application/pdf")


handlers = (team(list_of_date, list_of_event),)
