"""Registrations of an event for staff: the list, its table file, one of them, cancelling it."""

import csv
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import BERLIN, now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound
from events.kit.text import csv_safe
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.forms import ReasonForm
from events.programme.queries import EventView
from events.registration.actions import cancel_registration
from events.registration.queries import RegistrationView, registrations_of, seats
from events.registration.status import STATUSES as CODES
from events.registration.status import is_active
from events.registration.wording import NEEDS, ROLES, STATUSES
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told

COLUMNS = (
    N_("Vorname"),
    N_("Nachname"),
    N_("E-Mail"),
    N_("Telefon"),
    N_("Organisation"),
    N_("Ort"),
    N_("Personen"),
    N_("Stand"),
    N_("Angemeldet am"),
    N_("Braucht"),
)
"""Of the table file; `_cells` fills them."""

Text = Annotated[str, QueryParameter(max_length=40)]


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen", guards=[needs("read_people")])
async def list_registrations(
    staff: SignedIn, event: EventInSight, stand: Text = "", meldung: Text = ""
) -> Response[bytes]:
    everyone = await registrations_of(event.id)
    counts = Counter(one.status for one in everyone)
    return staff_page(
        "staff/registrations/list.html",
        staff,
        notice=meldung,
        event=event,
        seats=(await seats([event.id], now()))[event.id],
        rows=[one for one in everyone if _is_shown(one, stand)],
        tabs=[(code, _(STATUSES[code]), counts[code]) for code in CODES if counts[code]],
        stand=stand,
        active=sum(is_active(one.status) for one in everyone),
        statuses=STATUSES,
    )


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen.csv", guards=[needs("export_people")])
async def export_registrations(event: EventInSight, stand: Text = "") -> Response[bytes]:
    rows = [one for one in await registrations_of(event.id) if _is_shown(one, stand)]
    name = f"anmeldungen-{event.slug}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_table_file(rows), media_type="text/csv", headers=headers)


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen/{registration_id:uuid}", guards=[needs("read_people")])
async def show_registration(staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]) -> Response[bytes]:
    return await _one(staff, event, await _found(event, registration_id), Filled())


@post(
    "/team/veranstaltungen/{event_id:uuid}/anmeldungen/{registration_id:uuid}/absagen",
    guards=[needs("cancel_registrations")],
)
async def cancel(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID]
) -> Response[Any]:
    found = await _found(event, registration_id)
    sent = await request.form()
    form, errors = parse_form(ReasonForm, sent)
    if form is None:
        return await _one(staff, event, found, Filled(typed(sent), errors), 422)
    await cancel_registration(found.id, by=staff.actor, now=now(), reason=form.reason)
    return see(f"/team/veranstaltungen/{event.id}/anmeldungen", "storniert")


def _is_shown(one: RegistrationView, wanted: str) -> bool:
    """Without a choice: everybody who is still signed up in some way."""
    return one.status == wanted if wanted in CODES else wanted == "alle" or is_active(one.status)


async def _found(event: EventView, registration_id: UUID) -> RegistrationView:
    for one in await registrations_of(event.id):
        if one.id == registration_id:
            return one
    raise NotFound


async def _one(
    staff: SignedIn, event: EventView, found: RegistrationView, form: Filled, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/registrations/one.html",
        staff,
        status=status,
        event=event,
        one=found,
        form=form,
        status_text=_(STATUSES[found.status]),
        role_text=_(ROLES[found.role]) if found.role in ROLES else found.role,
        needs_text=", ".join(_(NEEDS.get(need, need)) for need in found.needs),
        may_be_cancelled=is_active(found.status),
        lines=await told(await history_of("registration", found.id)),
    )


def _table_file(rows: Iterable[RegistrationView]) -> bytes:
    """With byte order mark and semicolons, as German spreadsheets open it by a double click."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_(heading) for heading in COLUMNS)
    for one in rows:
        writer.writerow(csv_safe(cell) for cell in _cells(one))
    return text.getvalue().encode("utf-8-sig")


def _cells(one: RegistrationView) -> tuple[object, ...]:
    return (
        one.given_name,
        one.family_name,
        one.email,
        one.phone,
        one.organisation_name,
        one.city,
        one.party,
        _(STATUSES[one.status]),
        f"{one.registered_at.astimezone(BERLIN):%d.%m.%Y %H:%M}",
        ", ".join(_(NEEDS.get(need, need)) for need in one.needs),
    )


handlers = (team(list_registrations, export_registrations, show_registration, cancel),)
