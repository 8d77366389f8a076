"""Groups that follow a training, for staff: the list, one of them with its reports, what somebody says on the phone."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Meta, Struct

from events.groups.actions import end_group, open_group, remove_group, repeat_report, report_group
from events.groups.forms import EndForm, ReportForm, StaffOpeningForm, language_choices, report_values
from events.groups.institutions import institution_by_id
from events.groups.queries import GroupView, group_by_id, groups, reports_of, urgent_first
from events.groups.wording import NEXT_STEPS, told_by_field
from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.text import is_found
from events.kit.translation import N_
from events.programme.queries import organisations, programmes
from events.programme.wording import LANGUAGE_NAMES
from events.web.guards import SignedIn, needs, team
from events.web.staff.choices import organisation_choices, programme_filter
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.paging import page_of

PATH = "/team/gruppen"
GROUP = PATH + "/{group_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]

NEXT_STEPS_HERE = NEXT_STEPS | {
    "group_without_agreement": N_("Bitte prüfen Sie den Tag. Stimmt er, tragen Sie zuerst die Vereinbarung ein."),
}


class GroupFilter(Struct):
    """What the list shows. `suche`: every word of it in group, institution or city."""

    programm: str = ""
    stand: Literal["laufend", "faellig", "beendet"] | None = None
    suche: Annotated[str, Meta(max_length=100)] = ""

    def shows(self, one: GroupView, day: date) -> bool:
        return (
            self.programm in ("", one.programme_slug)
            and (self.stand != "laufend" or one.is_running(day))
            and (self.stand != "faellig" or one.is_overdue(day))
            and (self.stand != "beendet" or one.ended_on is not None)
            and is_found(self.suche, f"{one.name} {one.institution_name} {one.city}")
        )


@get(PATH, guards=[needs("read_organisations")])
async def list_groups(
    request: Asked, staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    wished, errors = parse_form(GroupFilter, request.query_params)
    found = await found_groups(wished or GroupFilter())
    return staff_page(
        "staff/groups/list.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=wished not in (None, GroupFilter()),
        programmes=await programme_filter(),
        found=page_of(found, seite),
        day=today(),
    )


@get(PATH + "/neu", guards=[needs("plan")])
async def new_group(staff: SignedIn, einrichtung: Text = "", programm: Text = "") -> Response[bytes]:
    values = {"id": str(uuid4()), "started_on": today().isoformat(), "institution": einrichtung, "programme": programm}
    return await _opening(staff, Filled(values))


@post(PATH + "/neu", guards=[needs("plan")])
async def begin_group(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(StaffOpeningForm, sent)
    if form is None:
        return await _opening(staff, Filled(typed(sent), errors), 422)
    try:
        id = await open_group(
            form.programme, form.institution, form.name, form.started_on, by=staff.actor, now=now(), id=form.id
        )
    except Refused as refused:
        return await _opening(staff, Filled(typed(sent), told_by_field(refused, NEXT_STEPS_HERE)), 409)
    return see(f"{PATH}/{id}", "gruppe")


@get(GROUP, guards=[needs("read_organisations")])
async def show_group(staff: SignedIn, group_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return await _page(staff, await _found(group_id), notice=meldung)


@post(GROUP + "/melden", guards=[needs("plan")])
async def report(request: Asked, staff: SignedIn, group_id: FromPath[UUID]) -> Response[Any]:
    group, sent = await _found(group_id), await request.form()
    form, errors = parse_form(ReportForm, sent)
    if form is None:
        return await _page(staff, group, sent, errors, 422)
    try:
        numbers = (form.reported_on, form.parents, form.children, form.languages)
        await report_group(group.id, *numbers, by=staff.actor, now=now())
    except Refused as refused:
        return await _page(staff, group, sent, told_by_field(refused), 409)
    return see(f"{PATH}/{group.id}", "gemeldet")


@post(GROUP + "/unveraendert", guards=[needs("plan")])
async def say_unchanged(staff: SignedIn, group_id: FromPath[UUID]) -> Response[Any]:
    group = await _found(group_id)
    await repeat_report(group.id, today(), by=staff.actor, now=now())
    return see(f"{PATH}/{group.id}", "gemeldet")


@post(GROUP + "/beenden", guards=[needs("plan")])
async def end(request: Asked, staff: SignedIn, group_id: FromPath[UUID]) -> Response[Any]:
    group, sent = await _found(group_id), await request.form()
    form, errors = parse_form(EndForm, sent)
    if form is None:
        return await _page(staff, group, sent, errors, 422)
    try:
        await end_group(group.id, form.ended_on, by=staff.actor, now=now())
    except Refused as refused:
        return await _page(staff, group, sent, told_by_field(refused), 409)
    return see(f"{PATH}/{group.id}", "gruppe_beendet")


@post(GROUP + "/entfernen", guards=[needs("plan")])
async def remove(staff: SignedIn, group_id: FromPath[UUID]) -> Response[Any]:
    group = await _found(group_id)
    try:
        await remove_group(group.id, by=staff.actor, now=now())
    except Refused as refused:
        return await _page(staff, group, None, told_by_field(refused), 409)
    return see(PATH, "gruppe_entfernt")


async def found_groups(wished: GroupFilter) -> list[GroupView]:
    return urgent_first((one for one in await groups() if wished.shows(one, today())), today())


async def _found(group_id: UUID) -> GroupView:
    group = await group_by_id(group_id)
    if group is None:
        raise NotFound
    return group


async def _page(
    staff: SignedIn,
    group: GroupView,
    sent: Form | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    values = report_values(group, today(), typed(sent) if sent else {})
    spoken, more_spoken = language_choices(values["languages"])
    return staff_page(
        "staff/groups/one.html",
        staff,
        status=status,
        notice=notice,
        group=group,
        institution=await institution_by_id(group.institution_id),
        reports=await reports_of(group.id),
        form=Filled(values, errors or {}),
        spoken=spoken,
        more_spoken=more_spoken,
        names=LANGUAGE_NAMES,
        day=today(),
        lines=await told(await history_of("parent_group", group.id)),
    )


async def _opening(staff: SignedIn, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page(
        "staff/groups/open.html",
        staff,
        status=status,
        form=form,
        institutions=organisation_choices(await organisations()),
        programmes=[(str(one.id), one.name) for one in await programmes()],
    )


handlers = (team(list_groups, new_group, begin_group, show_group, report, say_unchanged, end, remove),)
