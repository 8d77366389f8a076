"""Organisations for staff: searching, one of them with what belongs to it, making and changing."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.certificates.trained import trained_people
from events.groups.queries import groups
from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.text import fold
from events.kit.translation import gettext as _
from events.programme.agreements import agreements_of, line_of
from events.programme.offering import create_organisation
from events.programme.organisation_forms import OrganisationSearchForm, organisation_values, read_organisation
from events.programme.organisations import edit_organisation, with_all_below
from events.programme.queries import OrganisationView, organisations
from events.programme.wording import ORGANISATION_KINDS, refusal_text
from events.reports.origins import came_from
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import organisation_choices
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.paging import page_of

PATH = "/team/organisationen"

Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]

_FIELDS = {"no_name": "name", "body_of_itself": "parent"}
"""Where the form tells a refusal."""


@get(PATH, guards=[needs("read_organisations")])
async def list_organisations(
    request: Asked, staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    wished, errors = parse_form(OrganisationSearchForm, request.query_params)
    search = (wished or OrganisationSearchForm()).search()
    everyone = await organisations()
    return staff_page(
        "staff/organisations/list.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=not search.is_empty,
        found=page_of([one for one in everyone if search.finds(one)], seite),
        names={one.id: one.name for one in everyone},
        kinds=ORGANISATION_KINDS,
        kind_choices=_kinds(),
        bodies=organisation_choices(_bodies(everyone)),
        cities=[(city, city) for city in _cities(everyone)],
    )


@get(f"{PATH}/neu", guards=[needs("plan")])
async def new_organisation(staff: SignedIn, traeger: Text = "") -> Response[bytes]:
    return await _form(staff, Filled({"parent": traeger}), await organisations())


@post(f"{PATH}/neu", guards=[needs("plan")])
async def add_organisation(request: Asked, staff: SignedIn) -> Response[Any]:
    sent, everyone = await request.form(), await organisations()
    details, errors = read_organisation(sent, everyone)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), everyone, status=422)
    id = await create_organisation(details, by=staff.actor, now=now())
    return see(f"{PATH}/{id}", "gespeichert")


@get(f"{PATH}/{{organisation_id:uuid}}", guards=[needs("read_organisations")])
async def show_organisation(staff: SignedIn, organisation_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    everyone = {one.id: one for one in await organisations()}
    found = _found(organisation_id, everyone)
    return staff_page(
        "staff/organisations/one.html",
        staff,
        notice=meldung,
        organisation=found,
        kind=_(ORGANISATION_KINDS.get(found.kind, found.kind)),
        kinds=ORGANISATION_KINDS,
        parent=everyone.get(found.parent_id) if found.parent_id else None,
        children=[one for one in everyone.values() if one.parent_id == found.id],
        agreements=await agreements_of(found.id),
        inherited=[one for id in _above(found, everyone) for one in await agreements_of(id)],
        groups=await groups(institution_id=found.id),
        trained=await trained_people(found.id),
        came=await came_from(with_all_below(found.id, everyone)),
        day=today(),
        lines=await told(await history_of("organisation", found.id)),
    )


@get(f"{PATH}/{{organisation_id:uuid}}/bearbeiten", guards=[needs("plan")])
async def edit_form(staff: SignedIn, organisation_id: FromPath[UUID]) -> Response[bytes]:
    everyone = await organisations()
    found = _found(organisation_id, {one.id: one for one in everyone})
    return await _form(staff, Filled(organisation_values(found)), everyone, found)


@post(f"{PATH}/{{organisation_id:uuid}}/bearbeiten", guards=[needs("plan")])
async def save_organisation(request: Asked, staff: SignedIn, organisation_id: FromPath[UUID]) -> Response[Any]:
    sent, everyone = await request.form(), await organisations()
    found = _found(organisation_id, {one.id: one for one in everyone})
    details, errors = read_organisation(sent, everyone, found.id)
    if details is None:
        return await _form(staff, Filled(typed(sent), errors), everyone, found, 422)
    try:
        await edit_organisation(found.id, details, by=staff.actor, now=now())
    except Refused as refused:
        said = {_FIELDS.get(one.code, ""): refusal_text(one) for one in refused.reasons}
        return await _form(staff, Filled(typed(sent), said), everyone, found, 409)
    return see(f"{PATH}/{found.id}", "gespeichert")


def _found(id: UUID, everyone: dict[UUID, OrganisationView]) -> OrganisationView:
    if id not in everyone:
        raise NotFound
    return everyone[id]


def _above(found: OrganisationView, everyone: dict[UUID, OrganisationView]) -> list[UUID]:
    """Its body, the body of that one and so on, the nearest first."""
    return list(line_of(found.id, {one.id: one.parent_id for one in everyone.values()}))[1:]


def _bodies(everyone: list[OrganisationView]) -> list[OrganisationView]:
    """What others belong to already, and whatever is called a body."""
    parents = {one.parent_id for one in everyone}
    return [one for one in everyone if one.kind == "body" or one.id in parents]


def _cities(everyone: list[OrganisationView]) -> list[str]:
    return sorted({one.city for one in everyone if one.city}, key=fold)


def _kinds() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in ORGANISATION_KINDS.items()]


async def _form(
    staff: SignedIn,
    form: Filled,
    everyone: list[OrganisationView],
    found: OrganisationView | None = None,
    status: int = 200,
) -> Response[bytes]:
    below = with_all_below(found.id, {one.id: one for one in everyone}) if found else set()
    return staff_page(
        "staff/organisations/form.html",
        staff,
        status=status,
        organisation=found,
        form=form,
        kinds=_kinds(),
        parents=organisation_choices(one for one in everyone if one.id not in below),
        cities=_cities(everyone),
    )


handlers = (
    team(list_organisations, new_organisation, add_organisation, show_organisation, edit_form, save_organisation),
)
