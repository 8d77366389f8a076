"""The roll call online, without JavaScript: who came, walk-ins, head counts. Closing is in `closing`."""

from typing import Annotated, Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.params import FromQuery, QueryParameter

from events.attendance.actions import record_headcounts, record_marks, record_notes
from events.attendance.forms import (
    count_rows,
    read_counts,
    read_marks,
    read_note,
    read_walk_in,
    said,
    shown_place,
    stations,
)
from events.attendance.queries import notes_of, roll
from events.attendance.rules import why_not_record
from events.attendance.status import MARKS as MARK_CODES
from events.attendance.wording import DIMENSIONS, MARK_BUTTONS, SCOPES, next_step
from events.evidence.queries import is_closed
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.translation import gettext as _
from events.programme.queries import DateView
from events.web.guards import DateInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=60)]


@get("/team/anwesenheit/{event_date_id:uuid}", guards=[needs("record_attendance")])
async def show_roll(
    staff: SignedIn, found: DateInSight, stelle: Text = "", meldung: Text = "", formular: FromQuery[bool] = False
) -> Response[bytes]:
    """`formular` keeps the plain form also where the script could take over."""
    return await _page(staff, found[0], stelle, notice=meldung, live=not formular)


@post("/team/anwesenheit/{event_date_id:uuid}", guards=[needs("record_attendance")])
async def save_marks(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date = found[0]
    sent = await request.form()
    marks, errors = read_marks(sent, await roll(date.id), "present" if "rest" in sent else None)
    if errors:
        return await _page(staff, date, "", 422, Filled(typed(sent), errors))
    await record_marks(date.id, marks, by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}?formular=1", "gespeichert")


@post("/team/anwesenheit/{event_date_id:uuid}/dazu", guards=[needs("record_attendance")])
async def add_walk_in(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date = found[0]
    sent = await request.form()
    mark, errors = read_walk_in(sent)
    if mark is None:
        return await _page(staff, date, "", 422, Filled(typed(sent), errors))
    await record_marks(date.id, [mark], by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}?formular=1", "gespeichert")


@post("/team/anwesenheit/{event_date_id:uuid}/zaehlung", guards=[needs("record_attendance")])
async def save_counts(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date = found[0]
    sent = await request.form()
    counts, errors = read_counts(sent)
    if errors:
        return await _page(staff, date, str(sent.get("station", "")), 422, Filled(typed(sent), errors))
    await record_headcounts(date.id, counts, by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}?formular=1", "gespeichert")


@post("/team/anwesenheit/{event_date_id:uuid}/notiz", guards=[needs("record_attendance")])
async def save_note(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date = found[0]
    sent = await request.form()
    note, errors = read_note(sent)
    if note is None:
        return await _page(staff, date, "", 422, Filled(typed(sent), errors))
    await record_notes(date.id, [note], by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}?formular=1", "gespeichert")


async def _page(
    staff: SignedIn,
    date: DateView,
    station: str,
    status: int = 200,
    form: Filled | None = None,
    notice: str = "",
    live: bool = False,
) -> Response[bytes]:
    shown, ahead = await roll(date.id), why_not_record(date.start, now())
    counted = {one.station: one.scope for one in shown.counts}
    scope = counted.get(station, "everyone")
    return staff_page(
        "staff/attendance/roll.html",
        staff,
        status=status,
        notice=notice,
        roll=shown,
        ahead=next_step(ahead) if ahead else "",
        closed=await is_closed(date.id),
        page=uuid4(),
        form=form or Filled({"station": station, "scope": scope}),
        marks=[(code, _(MARK_BUTTONS[code])) for code in MARK_CODES],
        said=said,
        place=shown_place(station, scope),
        scopes=[(code, _(text)) for code, text in SCOPES.items()],
        dimensions=DIMENSIONS,
        count_rows=count_rows(shown.event, shown.counts, station),
        stations=stations(shown.counts),
        station=station,
        notes=await notes_of(date.id),
        live=live and not ahead,
    )


handlers = (team(show_roll, save_marks, add_walk_in, save_counts, save_note),)
