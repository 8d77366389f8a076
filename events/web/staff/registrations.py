"""Registrations of an event for staff: the list, its table file, one of them. What changes them is beside it."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import now
from events.kit.refusals import NotFound
from events.kit.text import is_found
from events.kit.translation import SOURCE
from events.kit.translation import gettext as _
from events.programme.queries import EventView
from events.programme.questions import questions_of
from events.registration.answers import in_words
from events.registration.event_answers import answers_in
from events.registration.queries import RegistrationView, booking_of, registrations_of, seats
from events.registration.requests import without_agreement
from events.registration.status import STATUSES as CODES
from events.registration.status import is_active
from events.registration.wording import NEEDS, STATUSES
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, staff_page
from events.web.staff.history import told
from events.web.staff.registration_file import ROLES, table_file

EVERYBODY, WITHOUT_MAIL = "alle", "ohne-mail"
"""What `stand` may be besides a status."""

Text = Annotated[str, QueryParameter(max_length=100)]


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen", guards=[needs("read_people")])
async def list_registrations(
    staff: SignedIn, event: EventInSight, stand: Text = "", suche: Text = "", meldung: Text = ""
) -> Response[bytes]:
    return await registrations_page(staff, event, stand, suche, notice=meldung)


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen.csv", guards=[needs("export_people")])
async def export_registrations(event: EventInSight, stand: Text = "", suche: Text = "") -> Response[bytes]:
    rows = [one for one in await registrations_of(event.id) if _is_shown(one, stand) and _matches(one, suche)]
    questions = (await questions_of([event.id]))[event.id]
    given = await answers_in(event.id) if questions else {}
    headers = {"Content-Disposition": f'attachment; filename="anmeldungen-{event.slug}.csv"'}
    return Response(table_file(rows, questions, given), media_type="text/csv", headers=headers)


@get("/team/veranstaltungen/{event_id:uuid}/anmeldungen/{registration_id:uuid}", guards=[needs("read_people")])
async def show_registration(
    staff: SignedIn, event: EventInSight, registration_id: FromPath[UUID], meldung: Text = ""
) -> Response[bytes]:
    return await registration_page(staff, event, await registration_in(event, registration_id), notice=meldung)


async def registrations_page(
    staff: SignedIn,
    event: EventView,
    shown: str = "",
    search: str = "",
    *,
    notice: str = "",
    wrong: str = "",
    status: int = 200,
) -> Response[bytes]:
    """The list; `wrong` says what a form sent from it lacks."""
    everyone = [one for one in await registrations_of(event.id) if _matches(one, search)]
    rows = [one for one in everyone if _is_shown(one, shown)]
    requested = [one.id for one in rows if one.status == "requested"]
    return staff_page(
        "staff/registrations/list.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        seats=(await seats([event.id], now()))[event.id],
        rows=rows,
        tabs=_tabs(everyone),
        stand=shown,
        filters=Filled({"suche": search}),
        statuses=STATUSES,
        requested=requested,
        without_agreement=await without_agreement(event, requested),
        form=Filled(errors={"": wrong} if wrong else {}),
    )


async def registration_page(
    staff: SignedIn,
    event: EventView,
    found: RegistrationView,
    form: Filled | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    questions = (await questions_of([event.id]))[event.id]
    given = await answers_in(event.id, found.id) if questions else {}
    is_requested = found.status == "requested"
    return staff_page(
        "staff/registrations/one.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        one=found,
        form=form or Filled({"party": found.party}),
        seats=(await seats([event.id], now()))[event.id],
        code=await _code_of(found),
        lacks_agreement=bool(await without_agreement(event, [found.id])) if is_requested else False,
        answers=in_words(questions, given.get(found.id, ()), SOURCE),
        status_text=_(STATUSES[found.status]),
        role_text=_(ROLES[found.role]) if found.role in ROLES else found.role,
        needs_text=", ".join(_(NEEDS.get(need, need)) for need in found.needs),
        is_active=is_active(found.status),
        frees_seat=found.status == "confirmed" or found.holds_seat,
        is_over=event.is_over(now()),
        lines=await told(await history_of("registration", found.id)),
    )


async def registration_in(event: EventView, registration_id: UUID) -> RegistrationView:
    """Raises NotFound for one of another event."""
    for one in await registrations_of(event.id):
        if one.id == registration_id:
            return one
    raise NotFound


async def _code_of(found: RegistrationView) -> str:
    """What somebody without an address opens the own page with."""
    booking = None if found.email else await booking_of(found.booking_id)
    people: Sequence[Any] = booking.people if booking else ()
    return next((one.code or "" for one in people if one.id == found.participant_id), "")


def _is_shown(one: RegistrationView, wanted: str) -> bool:
    """Without a choice: everybody who is still signed up in some way."""
    if wanted == WITHOUT_MAIL:
        return is_active(one.status) and not one.email
    return one.status == wanted if wanted in CODES else wanted == EVERYBODY or is_active(one.status)


def _matches(one: RegistrationView, search: str) -> bool:
    """Every word that was typed stands somewhere in what is known of the person."""
    return is_found(search, f"{one.name} {one.email} {one.phone} {one.organisation_name} {one.city}")


def _tabs(everyone: Sequence[RegistrationView]) -> list[tuple[str, str, int]]:
    """The choices of `stand` with how many each shows; empty ones are left out, but for the first."""
    choices = [("", _("Angemeldet")), *((code, _(STATUSES[code])) for code in CODES)]
    choices.append((WITHOUT_MAIL, _("Ohne E-Mail-Adresse")))
    counted = [(code, text, sum(_is_shown(one, code) for one in everyone)) for code, text in choices]
    return [(code, text[:1].upper() + text[1:], count) for code, text, count in counted if count or not code]


handlers = (team(list_registrations, export_registrations, show_registration),)
