"""Copying an event: its new title and the new day of each of its dates. And renewing the link to a draft."""

from typing import Any, Literal

from litestar import Request, Response, get, post

from events.invitations.copying import copy_event
from events.kit.clock import now
from events.kit.forms import typed
from events.programme.previews import renew_preview
from events.programme.queries import EventView
from events.programme.repeat_forms import COPIED_DATE, copy_values, read_copy
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

COPY = "/team/veranstaltungen/{event_id:uuid}/kopieren"


@get(COPY, guards=[needs("plan")])
async def copy_form(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return _form(staff, event, Filled(copy_values(event)))


@post(COPY, guards=[needs("plan")])
async def copy(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, dates, errors = read_copy(sent, event)
    if form is None:
        return _form(staff, event, Filled(typed(sent), errors), 422)
    await copy_event(event.id, form.id, form.title, dates, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{form.id}", "kopiert")


@post("/team/veranstaltungen/{event_id:uuid}/vorschau", guards=[needs("plan")])
async def renew(staff: SignedIn, event: EventInSight) -> Response[Any]:
    await renew_preview(event.id, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "vorschau_neu")


def _form(staff: SignedIn, event: EventView, form: Filled, status: Literal[200, 422] = 200) -> Response[bytes]:
    names = [f"{COPIED_DATE}{number}-day" for number, _date in enumerate(event.coming_dates)]
    dates = list(zip(names, event.coming_dates, strict=True))
    return staff_page("staff/planning/copy.html", staff, status=status, event=event, form=form, dates=dates)


handlers = (team(copy_form, copy, renew),)
