"""Registrations of an event for staff: the list, its table file, one of them, cancelling it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import BERLIN, now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound
from events.kit.text import csv_safe, fold
from events.kit.translation import LANGUAGES, N_
from events.kit.translation import gettext as _
from events.programme.forms import ReasonForm
from events.programme.queries import EventView
from events.registration.actions import cancel_registration
from events.registration.queries import RegistrationView, registrations_of, seats
from events.registration.status import STATUSES as CODES
from events.registration.status import is_active
from events.registration.wording import NEEDS, STATUSES
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
    N_("Rolle"),
    N_("Sprache"),
)
"""Of the table file; `_cells` fills them."""

ROLES = {
    "volunteer": N_("Ehrenamt"),
    "multiplier": N_("Multiplikator:in"),
    "professional": N_("Fachkraft"),
    "employee": N_("Hauptamt"),
    "newcomer": N_("Neu zugewandert"),
}
"""As the team speaks of people; what they tick themselves is in `registration/wording`."""

EVERYBODY, WITHOUT_MAIL = "alle", "ohne-mail"
"""What `stand` may be besides a status."""

Text = Annotated[str, QueryParameter(max_length=100)]


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen", guards=[needs("read_people")])
async def list_registrations(
    staff: SignedIn, event: EventInSight, stand: Text = "", suche: Text = "", meldung: Text = ""
) -> Response[bytes]:
    everyone = [one for one in await registrations_of(event.id) if _matches(one, suche)]
    return staff_page(
        "staff/registrations/list.html",
        staff,
        notice=meldung,
        event=event,
        seats=(await seats([event.id], now()))[event.id],
        rows=[one for one in everyone if _is_shown(one, stand)],
        tabs=_tabs(everyone),
        stand=stand,
        filters=Filled({"suche": suche}),
        statuses=STATUSES,
    )


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen.csv", guards=[needs("export_people")])
async def export_registrations(event: EventInSight, stand: Text = "", suche: Text = "") -> Response[bytes]:
    rows = [one for one in await registrations_of(event.id) if _is_shown(one, stand) and _matches(one, suche)]
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
    if wanted == WITHOUT_MAIL:
        return is_active(one.status) and not one.email
    return one.status == wanted if wanted in CODES else wanted == EVERYBODY or is_active(one.status)


def _matches(one: RegistrationView, search: str) -> bool:
    """Every word that was typed stands somewhere in what is known of the person."""
    known = fold(f"{one.name} {one.email} {one.phone} {one.organisation_name} {one.city}")
    return all(word in known for word in fold(search).split())


def _tabs(everyone: Sequence[RegistrationView]) -> list[tuple[str, str, int]]:
    """The choices of `stand` with how many each shows; empty ones are left out, but for the first."""
    choices = [("", _("Angemeldet")), *((code, _(STATUSES[code])) for code in CODES)]
    choices.append((WITHOUT_MAIL, _("Ohne E-Mail-Adresse")))
    counted = [(code, text, sum(_is_shown(one, code) for one in everyone)) for code, text in choices]
    return [(code, text[:1].upper() + text[1:], count) for code, text, count in counted if count or not code]


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
        frees_seat=found.status == "confirmed" or found.holds_seat,
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
        _(ROLES[one.role]) if one.role in ROLES else one.role,
        LANGUAGES[one.language].name if one.language in LANGUAGES else one.language,
    )


handlers = (team(list_registrations, export_registrations, show_registration, cancel),)
