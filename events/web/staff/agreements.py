"""Cooperation agreements for staff: the list, one of them, making, changing, ending. Files: `agreement_files`."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Meta, Struct

from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.programme.agreement_actions import create_agreement, edit_agreement, end_agreement
from events.programme.agreement_forms import EndingForm, agreement_values, read_agreement
from events.programme.agreements import AgreementView, agreement_by_id, agreements, files_of
from events.programme.queries import organisations, programmes
from events.programme.wording import refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import organisation_choices, programme_filter
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.paging import page_of

PATH = "/team/vereinbarungen"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]

_ABOUT_THE_END = ("agreement_ends_too_early", "agreement_ends_sooner")


class AgreementFilter(Struct):
    """What the list shows; `endet` are days from today within which it runs out."""

    programm: str = ""
    am: date | None = None
    endet: Annotated[int, Meta(ge=1, le=3650)] | None = None

    def shows(self, one: AgreementView, programme: str, on: date) -> bool:
        return (
            self.programm in ("", programme)
            and (self.am is None or one.is_valid(self.am))
            and (self.endet is None or one.runs_out(on, self.endet))
        )


@get(PATH, guards=[needs("read_organisations")])
async def list_agreements(
    request: Asked, staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    wished, errors = parse_form(AgreementFilter, request.query_params)
    filters = wished or AgreementFilter()
    slugs = {one.id: one.slug for one in await programmes()}
    found = [one for one in await agreements() if filters.shows(one, slugs[one.programme_id], today())]
    return staff_page(
        "staff/agreements/list.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=filters != AgreementFilter(),
        programmes=await programme_filter(),
        found=page_of(found, seite),
        day=today(),
    )


@get(f"{PATH}/neu", guards=[needs("plan")])
async def new_agreement(staff: SignedIn, organisation: Text = "") -> Response[bytes]:
    return await _form(staff, Filled({"organisation": organisation, "starts_on": today().isoformat()}))


@post(f"{PATH}/neu", guards=[needs("plan")])
async def add_agreement(request: Asked, staff: SignedIn) -> Response[Any]:
    return await _save(request, staff, None)


@get(f"{PATH}/{{agreement_id:uuid}}", guards=[needs("read_organisations")])
async def show_agreement(staff: SignedIn, agreement_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return await agreement_page(staff, await found_agreement(agreement_id), notice=meldung)


@get(f"{PATH}/{{agreement_id:uuid}}/bearbeiten", guards=[needs("plan")])
async def edit_form(staff: SignedIn, agreement_id: FromPath[UUID]) -> Response[bytes]:
    found = await found_agreement(agreement_id)
    return await _form(staff, Filled(agreement_values(found)), found)


@post(f"{PATH}/{{agreement_id:uuid}}/bearbeiten", guards=[needs("plan")])
async def save_agreement(request: Asked, staff: SignedIn, agreement_id: FromPath[UUID]) -> Response[Any]:
    return await _save(request, staff, await found_agreement(agreement_id))


@post(f"{PATH}/{{agreement_id:uuid}}/beenden", guards=[needs("plan")])
async def end(request: Asked, staff: SignedIn, agreement_id: FromPath[UUID]) -> Response[Any]:
    found = await found_agreement(agreement_id)
    sent = await request.form()
    form, errors = parse_form(EndingForm, sent)
    if form is None:
        return await agreement_page(staff, found, Filled(typed(sent), errors), status=422)
    try:
        await end_agreement(found.id, form.last_day, by=staff.actor, now=now(), reason=form.reason)
    except Refused as refused:
        said = {"last_day" if one.code in _ABOUT_THE_END else "": refusal_text(one) for one in refused.reasons}
        return await agreement_page(staff, found, Filled(typed(sent), said), status=409)
    return see(f"{PATH}/{found.id}", "gespeichert")


async def found_agreement(agreement_id: UUID) -> AgreementView:
    found = await agreement_by_id(agreement_id)
    if found is None:
        raise NotFound
    return found


async def agreement_page(
    staff: SignedIn, found: AgreementView, form: Filled | None = None, *, status: int = 200, notice: str = ""
) -> Response[bytes]:
    """`form` is the one that was sent from the page, if it was wrong."""
    return staff_page(
        "staff/agreements/one.html",
        staff,
        status=status,
        notice=notice,
        agreement=found,
        form=form or Filled({"last_day": max(today(), found.starts_on).isoformat()}),
        files=await files_of(found.id),
        day=today(),
        lines=await told(await history_of("agreement", found.id)),
    )


async def _save(request: Asked, staff: SignedIn, found: AgreementView | None) -> Response[Any]:
    sent = await request.form()
    bodies, offers = await organisations(), await programmes()
    details, errors = read_agreement(sent, {one.id for one in bodies}, {one.id for one in offers})
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), found, 422)
    try:
        if found is None:
            id = await create_agreement(details, by=staff.actor, now=now())
        else:
            id = found.id
            await edit_agreement(id, details, by=staff.actor, now=now())
    except Refused as refused:
        said = {"starts_on": " ".join(map(refusal_text, refused.reasons))}
        return await _form(staff, Filled(typed(sent), said), found, 409)
    return see(f"{PATH}/{id}", "gespeichert")


async def _form(
    staff: SignedIn, form: Filled, found: AgreementView | None = None, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/agreements/form.html",
        staff,
        status=status,
        agreement=found,
        form=form,
        organisations=organisation_choices(await organisations()),
        programmes=[(str(one.id), one.name) for one in await programmes()],
    )


handlers = (team(list_agreements, new_agreement, add_agreement, show_agreement, edit_form, save_agreement, end),)
