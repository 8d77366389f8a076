"""A trainer's own dates, and naming a substitute for one of their events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from events.accounts.trainer_access import accounts
from events.attendance.rules import why_not_record
from events.kit.clock import now
from events.kit.forms import EmailAddress, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.programme.queries import DateView, EventView, events_by_ids
from events.programme.trainer_actions import name_substitute
from events.programme.trainers import Charge, charges_for, charges_of, events_led_by
from events.web.errors import refusal_text
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

OWN_DATES = "/team/termine"
SUBSTITUTE = "/team/veranstaltungen/{event_id:uuid}/vertretung"
Text = Annotated[str, QueryParameter(max_length=60)]


class NamedForm(Struct, kw_only=True):
    """Who is to lead; the link goes to this address."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    email: EmailAddress


@dataclass(frozen=True)
class OwnDate:
    date: DateView
    event: EventView
    may_record: bool
    may_be_replaced: bool


@get(OWN_DATES, guards=[needs("read")])
async def show_own_dates(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    moment = now()
    events = await events_by_ids(await events_led_by(staff.id, moment), partners=False)
    charges = [one for one in await charges_of(staff.id) if one.is_running(moment)]
    found = [_own(date, event, charges, moment) for event in events.values() for date in event.dates]
    found.sort(key=lambda one: (one.date.start, one.event.slug))
    return staff_page(
        "staff/sharing/own_dates.html",
        staff,
        notice=meldung,
        coming=[one for one in found if one.date.end > moment],
        past=[one for one in reversed(found) if one.date.end <= moment],
        without_dates=[event for event in events.values() if not event.dates],
        moment=moment,
    )


@get(SUBSTITUTE, guards=[needs("record_attendance")])
async def ask_for_substitute(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    await _charge(staff, event)
    return await _form(staff, event, Filled())


@post(SUBSTITUTE, guards=[needs("record_attendance")])
async def substitute(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    charge, sent = await _charge(staff, event), await request.form()
    form, errors = parse_form(NamedForm, sent)
    if form is None:
        return await _form(staff, event, Filled(typed(sent), errors), 422)
    try:
        await name_substitute(charge, event.id, form.name, form.email, by=staff.actor, now=now())
    except Refused as refused:
        said = {"": " ".join(refusal_text(reason, "/team/") for reason in refused.reasons)}
        return await _form(staff, event, Filled(typed(sent), said), 409)
    return see(OWN_DATES, "vertretung_genannt")


async def _charge(staff: SignedIn, event: EventView) -> Charge:
    """What they were named for themselves comes before what they stand in for. NotFound for all others."""
    own = [one for one in await charges_of(staff.id) if one.concerns(event) and one.is_running(now())]
    if not own:
        raise NotFound
    return min(own, key=lambda one: one.substitute_for is not None)


async def _form(staff: SignedIn, event: EventView, form: Filled, status: int = 200) -> Response[bytes]:
    named = [one for one in await charges_for(event) if one.substitute_for is not None and one.is_running(now())]
    people = await accounts({one.staff_id for one in named})
    return staff_page(
        "staff/sharing/substitute.html",
        staff,
        status=status,
        event=event,
        form=form,
        substitutes=[people[one.staff_id].name for one in named if one.staff_id in people],
    )


def _own(date: DateView, event: EventView, charges: list[Charge], moment: datetime) -> OwnDate:
    takes_place = not date.cancelled and not event.is_called_off
    named = any(one.concerns(event) and one.substitute_for is None for one in charges)
    return OwnDate(
        date,
        event,
        may_record=takes_place and why_not_record(date.start, moment) is None,
        may_be_replaced=takes_place and named and date.end > moment,
    )


handlers = (team(show_own_dates, ask_for_substitute, substitute),)
