"""Dates of an event for staff: adding one; moving and dropping one, after saying whom it concerns."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.invitations.actions import drop_date, move_date
from events.invitations.queries import Affected, who_is_affected
from events.kit.clock import now
from events.kit.forms import Form, typed
from events.programme.actions import add_date
from events.programme.details import DateDetails
from events.programme.forms import date_values, read_date
from events.programme.queries import DateView, EventView
from events.web.guards import DateInSight, EventInSight, SignedIn, needs, team
from events.web.staff.choices import venue_choices
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=200)]


@get("/team/veranstaltungen/{event_id:uuid}/termine/neu", guards=[needs("plan")])
async def new_date(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    last = date_values(event.dates[-1]) if event.dates else {}
    # What was typed for the last date is mostly right for the next one, but for the day.
    return await _form(staff, event, None, Filled({**last, "day": ""}), notice=meldung)


@post("/team/veranstaltungen/{event_id:uuid}/termine/neu", guards=[needs("plan")])
async def add(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    details, errors = read_date(sent)
    if details is None:
        return await _form(staff, event, None, Filled(typed(sent), errors), 422)
    await add_date(event.id, details, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "termin")


@get("/team/termine/{event_date_id:uuid}/bearbeiten", guards=[needs("plan")])
async def edit_date(staff: SignedIn, found: DateInSight) -> Response[bytes]:
    date, event = found
    return await _form(staff, event, date, Filled(date_values(date)))


@post("/team/termine/{event_date_id:uuid}/bearbeiten", guards=[needs("plan")])
async def change(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, event = found
    sent = await request.form()
    details, errors = read_date(sent)
    if details is None:
        return await _form(staff, event, date, Filled(typed(sent), errors), 422)
    affected = await who_is_affected(event.id)
    if affects_anyone(affected) and not _is_confirmed(sent):
        return await _ask_before_moving(staff, found, details, affected, typed(sent))
    await move_date(date.id, details, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "verlegt" if affects_anyone(affected) else "termin")


@get("/team/termine/{event_date_id:uuid}/absagen", guards=[needs("plan")])
async def ask_before_dropping(staff: SignedIn, found: DateInSight) -> Response[bytes]:
    date, event = found
    return staff_page("staff/dates/drop.html", staff, event=event, date=date, affected=await who_is_affected(event.id))


@post("/team/termine/{event_date_id:uuid}/absagen", guards=[needs("plan")])
async def drop(staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, event = found
    await drop_date(date.id, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "entfallen")


def affects_anyone(affected: Affected) -> bool:
    return affected.confirmed + affected.waiting + affected.unconfirmed > 0


def _is_confirmed(sent: Form) -> bool:
    """Whether the page that says whom it concerns has been answered."""
    return bool(list(sent.getall("confirmed", [])))


async def _ask_before_moving(
    staff: SignedIn, found: tuple[DateView, EventView], details: DateDetails, affected: Affected, sent: dict[str, Any]
) -> Response[bytes]:
    date, event = found
    return staff_page(
        "staff/dates/move.html",
        staff,
        event=event,
        date=date,
        details=details,
        place=dict(await venue_choices()).get(str(details.venue_id), ""),
        affected=affected,
        sent=sent,
    )


async def _form(
    staff: SignedIn, event: EventView, date: DateView | None, form: Filled, status: int = 200, notice: str = ""
) -> Response[bytes]:
    return staff_page(
        "staff/dates/form.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        date=date,
        form=form,
        venues=await venue_choices(),
    )


handlers = (team(new_date, add, edit_date, change, ask_before_dropping, drop),)
