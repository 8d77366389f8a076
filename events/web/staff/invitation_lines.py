"""Inviting many addresses for staff from a list that is typed or pasted: what is wrong is told line by line."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post

from events.invitations.addresses.checking import CheckedAddresses
from events.invitations.addresses.lines import check_lines
from events.invitations.forms import LinesForm
from events.invitations.inviting import add_invitations
from events.invitations.rules import MOST_PLACES
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.queries import EventView, organisations
from events.registration.known_organisations import by_name
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.invitation_words import fault
from events.web.staff.invitations import LIST, address_of_list, in_words, language_choices

LINES = LIST + "/liste"
MOST_SHOWN = 200


@get(LINES, guards=[needs("handle_mails")])
async def ask_for_lines(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return _page(staff, event, Filled({"names": "people", "language": "de", "places": 1}))


@post(LINES, guards=[needs("handle_mails")])
async def take_lines(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(LinesForm, sent)
    if form is None:
        return _page(staff, event, Filled(typed(sent), errors), status=422)
    checked = await _checked(form)
    if checked.faults:
        wrong = {"addresses": _("Bitte berichtigen Sie die Zeilen, die unten stehen.")}
        return _page(staff, event, Filled(typed(sent), wrong), checked, status=422)
    invitees = [replace(one.invitee, places=form.places) for one in checked.addresses]
    try:
        added = await add_invitations(event.id, invitees, hold_until=form.hold_until, by=staff.actor, now=now())
    except Refused as refused:
        return _page(staff, event, Filled(typed(sent), in_words(refused)), status=409)
    return see(address_of_list(event, f"?neu={added.new}&bekannt={added.known}"), "eingetragen")


async def _checked(form: LinesForm) -> CheckedAddresses:
    are_institutions = form.names == "institutions"
    known = by_name(await organisations())
    return check_lines(form.addresses, form.language, known, names_are_institutions=are_institutions)


def _page(
    staff: SignedIn, event: EventView, form: Filled, checked: CheckedAddresses | None = None, *, status: int = 200
) -> Response[bytes]:
    faults = checked.faults if checked else ()
    return staff_page(
        "staff/invitations/lines.html",
        staff,
        status=status,
        event=event,
        form=form,
        faults=[fault(one) for one in faults[:MOST_SHOWN]],
        wrong=len(faults),
        languages=language_choices(),
        most=MOST_PLACES,
    )


handlers = (team(ask_for_lines, take_lines),)
