"""Dates of an event for staff: adding one; moving and dropping one, after saying whom it concerns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.evidence.queries import why_settled
from events.invitations.actions import add_date, drop_date, move_date
from events.invitations.changes.affected import Affected, who_hears_of_a_date
from events.kit.clock import now
from events.kit.forms import Form, typed
from events.kit.refusals import Refusal, refuse_if
from events.kit.translation import gettext as _
from events.programme.actions import create_venue
from events.programme.details import DateDetails, VenueDetails
from events.programme.forms import date_values, read_date
from events.programme.planning_wording import refusal_text
from events.programme.queries import DateView, EventView, venues
from events.programme.rules import why_outdated
from events.programme.tables import EventDate
from events.programme.versions import version_of
from events.registration.date_wishes import waiting_for_date
from events.web.guards import DateInSight, EventInSight, SignedIn, needs, team
from events.web.staff.choices import venue_choices
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.planning_fields import DATE_FIELDS
from events.web.staff.planning_versions import OUTDATED, SEEN, Difference, differences, last_saved, seen_in

Text = Annotated[str, QueryParameter(max_length=200)]


@get("/team/veranstaltungen/{event_id:uuid}/termine/neu", guards=[needs("plan")])
async def new_date(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    last = date_values(event.dates[-1]) if event.dates else {}
    # What was typed for the last date is mostly right for the next one, but for the day.
    return await _form(staff, event, None, Filled({**last, "day": ""}), notice=meldung)


@post("/team/veranstaltungen/{event_id:uuid}/termine/neu", guards=[needs("plan")])
async def add(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    details, place, errors = read_date(sent)
    if details is None:
        return await _form(staff, event, None, Filled(typed(sent), errors), 422)
    await add_date(event.id, await _at(details, place, staff), by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "termin")


@get("/team/termine/{event_date_id:uuid}/bearbeiten", guards=[needs("plan")])
async def edit_date(staff: SignedIn, found: DateInSight) -> Response[bytes]:
    date, event = found
    refuse_if(await why_settled([date]))
    return await _form(staff, event, date, Filled(await _stored(date)))


@post("/team/termine/{event_date_id:uuid}/bearbeiten", guards=[needs("plan")])
async def change(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, event = found
    sent = await request.form()
    refuse_if(await why_settled([date]))
    details, place, errors = read_date(sent)
    if details is None or _answer(sent) == "back":
        return await _form(staff, event, date, Filled(typed(sent), errors), 422 if errors else 200)
    stored = await _stored(date)
    if why_outdated(seen_in(sent), stored[SEEN]):
        return await _outdated(staff, found, stored, typed(sent))
    affected = await who_hears_of_a_date(event, now(), date.end, details.end)
    if affected.is_anybody and _answer(sent) != "yes":
        return await _ask_before_moving(staff, found, details, place, affected, typed(sent))
    await move_date(date.id, await _at(details, place, staff), by=staff.actor, now=now(), seen=seen_in(sent))
    return see(f"/team/veranstaltungen/{event.id}", "verlegt" if affected.is_anybody else "termin")


@get("/team/termine/{event_date_id:uuid}/absagen", guards=[needs("plan")])
async def ask_before_dropping(staff: SignedIn, found: DateInSight) -> Response[bytes]:
    date, event = found
    refuse_if(await why_settled([date]))
    affected = await who_hears_of_a_date(event, now(), date.end)
    return staff_page("staff/dates/drop.html", staff, event=event, date=date, affected=affected)


@post("/team/termine/{event_date_id:uuid}/absagen", guards=[needs("plan")])
async def drop(staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, event = found
    refuse_if(await why_settled([date]))
    await drop_date(date.id, by=staff.actor, now=now())
    return see(f"/team/veranstaltungen/{event.id}", "entfallen" if event.is_reachable else "entfernt")


def _answer(sent: Form) -> str:
    """To the page that says whom it concerns: "yes", "back", or nothing yet."""
    return next((text for text in sent.getall("confirmed", []) if isinstance(text, str)), "")


async def _at(details: DateDetails, place: VenueDetails | None, staff: SignedIn) -> DateDetails:
    """The date at the new place, if one was named."""
    return replace(details, venue_id=await create_venue(place, by=staff.actor, now=now())) if place else details


async def _ask_before_moving(
    staff: SignedIn,
    found: tuple[DateView, EventView],
    details: DateDetails,
    place: VenueDetails | None,
    affected: Affected,
    sent: dict[str, Any],
) -> Response[bytes]:
    date, event = found
    chosen = next((one for one in await venues() if one.id == details.venue_id), None)
    there = place or chosen
    return staff_page(
        "staff/dates/move.html",
        staff,
        event=event,
        date=date,
        details=details,
        place=", ".join(part for part in (there.name, details.room, there.city) if part) if there else "",
        is_past=details.start < now(),
        affected=affected,
        sent={name: values for name, values in sent.items() if name != "confirmed"},
    )


async def _stored(date: DateView) -> dict[str, Any]:
    """What stands in the fields, and which version that is."""
    return {**date_values(date), SEEN: await version_of(EventDate, date.id)}


async def _outdated(
    staff: SignedIn, found: tuple[DateView, EventView], stored: dict[str, Any], sent: dict[str, list[str]]
) -> Response[bytes]:
    """What somebody saved meanwhile beside what was typed; saving again is knowing it."""
    date, event = found
    between = differences(stored, sent, DATE_FIELDS, {"venue": await venue_choices(), "is_online": [("on", _("Ja"))]})
    said = {"": refusal_text(Refusal(OUTDATED))}
    kept = {name: values for name, values in sent.items() if name != "confirmed"}
    return await _form(staff, event, date, Filled({**kept, SEEN: stored[SEEN]}, said), 409, between=between)


async def _form(
    staff: SignedIn,
    event: EventView,
    date: DateView | None,
    form: Filled,
    status: int = 200,
    notice: str = "",
    between: Sequence[Difference] = (),
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
        differences=between,
        saved=await last_saved("event_date", date.id) if date else "",
        wishes=0 if date or event.has_dates else await waiting_for_date(event.id),
    )


handlers = (team(new_date, add, edit_date, change, ask_before_dropping, drop),)
