"""What the office captures afterwards from paper, a count or a call. The roll call on the day is in `attendance`."""

from typing import Annotated, Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.attendance.forms import count_rows, said, shown_place, stations
from events.attendance.queries import Roll, roll
from events.attendance.rules import why_not_record
from events.attendance.sheets.later import WALK_IN_ROWS, capture, read_captured, said_by, usual_values
from events.attendance.sheets.wording import ORIGINS
from events.attendance.status import MARKS as MARK_CODES
from events.attendance.wording import DIMENSIONS, MARK_BUTTONS, MARKS, SCOPES, next_step
from events.evidence.queries import is_closed
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import refuse_if
from events.kit.translation import gettext as _
from events.programme.queries import DateView
from events.web.guards import DateInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/anwesenheit/{event_date_id:uuid}/nachtrag"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("close_dates")])
async def show_later(staff: SignedIn, found: DateInSight, stelle: Text = "", meldung: Text = "") -> Response[bytes]:
    return await _page(staff, found[0], stelle, notice=meldung)


@post(PATH, guards=[needs("close_dates")])
async def save_later(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, event = found
    sent, moment = await request.form(), now()
    refuse_if(why_not_record(date.start, moment))
    captured, errors = read_captured(sent, await roll(date.id), moment)
    if captured is None:
        return await _page(staff, date, str(sent.get("station", "")), 422, Filled(typed(sent), errors))
    await capture(date.id, event.id, captured, by=staff.actor, now=moment)
    return see(f"/team/anwesenheit/{date.id}/nachtrag", "anwesenheit_nachgetragen")


async def _page(
    staff: SignedIn, date: DateView, station: str, status: int = 200, form: Filled | None = None, notice: str = ""
) -> Response[bytes]:
    shown, ahead = await roll(date.id), why_not_record(date.start, now())
    counted = stations(shown.counts)
    station = station or (counted[0] if len(counted) == 1 else "")
    scope = {one.station: one.scope for one in shown.counts}.get(station, "everyone")
    return staff_page(
        "staff/attendance/later.html",
        staff,
        status=status,
        notice=notice,
        roll=shown,
        ahead=next_step(ahead) if ahead else "",
        closed=await is_closed(date.id),
        page=uuid4(),
        form=form or Filled({**usual_values(shown), "station": station, "scope": scope}),
        said=said,
        said_by={row.subject: said_by(row.latest) for row in shown.rows},
        mark_words=MARKS,
        dimensions=DIMENSIONS,
        count_rows=count_rows(shown.event, shown.counts, station),
        place=shown_place(station, scope),
        stations=counted,
        station=station,
        empty_rows=_empty_rows(form),
        **_choices(shown),
    )


def _choices(shown: Roll) -> dict[str, list[tuple[str, str]]]:
    return {
        "marks": [(code, _(MARK_BUTTONS[code])) for code in MARK_CODES],
        "origins": [(code, _(text)) for code, text in ORIGINS.items()],
        "scopes": [(code, _(text)) for code, text in SCOPES.items()],
        "rest": [("present", _("Waren da")), ("absent", _("Waren nicht da"))] if shown.rows else [],
    }


def _empty_rows(form: Filled | None) -> int:
    """As many as were filled, and some more."""
    filled = [key for key, texts in (form.values if form else {}).items() if key.startswith("walk-") and any(texts)]
    return WALK_IN_ROWS + len({key.split("-")[1] for key in filled})


handlers = (team(show_later, save_later),)
