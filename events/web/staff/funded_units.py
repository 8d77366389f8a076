"""Units of funding programmes for staff: the list, one of them, signing a year off, correcting what is signed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.evidence.funding import Unit
from events.evidence.funding_actions import (
    add_unit,
    change_unit,
    correct_unit,
    remove_unit,
    shown,
    sign_off,
    version_of,
)
from events.evidence.funding_forms import CorrectionForm, UnitForm, YearForm, unit_values
from events.evidence.funding_queries import (
    FundedYear,
    corrections_of,
    funded_year,
    funded_years,
    funding_names,
    unit_by_id,
)
from events.evidence.funding_tables import as_csv, as_json
from events.evidence.wording import MEASURES, NUMBERS, refusal_text
from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.programme.queries import programmes
from events.web.downloads import download
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told

PATH = "/team/bausteine"
UNIT = PATH + "/{unit_id:uuid}"
SIGNING = PATH + "/jahresabschluss"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]

FIELDS = {"impossible_year": "year", "no_change": "change", "fewer_than_none": "change", "unit_is_there": "unit"}
"""Where a form tells a refusal."""


@get(PATH, guards=[needs("read_figures")])
async def list_units(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return staff_page("staff/funded/list.html", staff, notice=meldung, years=await funded_years(), numbers=_numbers())


@get(PATH + ".csv", guards=[needs("read_figures")])
async def download_units() -> Response[bytes]:
    return download(as_csv(await funded_years()).encode(), "bausteine.csv", "text/csv; charset=utf-8")


@get(PATH + ".json", guards=[needs("read_figures")])
async def units_as_json() -> Response[str]:
    return Response(as_json(await funded_years()), media_type="application/json")


@get(PATH + "/neu", guards=[needs("close_dates")])
async def new_unit(staff: SignedIn) -> Response[bytes]:
    return await _form(staff, Filled({"year": str(today().year), "measure": ""}))


@post(PATH + "/neu", guards=[needs("close_dates")])
async def enter_unit(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(UnitForm, sent)
    if form is None:
        return await _form(staff, Filled(typed(sent), errors), status=422)
    try:
        await add_unit(form.details, by=staff.actor, now=now())
    except Refused as refused:
        return await _form(staff, Filled(typed(sent), _said(refused)), status=409)
    return see(PATH, "gespeichert")


@get(UNIT, guards=[needs("read_figures")])
async def show_unit(staff: SignedIn, unit_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    unit, year = await _found(unit_id)
    return await _one(staff, unit, year, notice=meldung)


@post(UNIT, guards=[needs("close_dates")])
async def save_unit(request: Asked, staff: SignedIn, unit_id: FromPath[UUID]) -> Response[Any]:
    (unit, year), sent = await _found(unit_id), await request.form()
    form, errors = parse_form(UnitForm, sent)
    if form is None:
        return await _one(staff, unit, year, Filled(typed(sent), errors), status=422)
    try:
        await change_unit(unit_id, form.details, form.seen, by=staff.actor, now=now())
    except Refused as refused:
        again = {**typed(sent), "seen": [await version_of(unit_id)]}
        return await _one(staff, unit, year, Filled(again, _said(refused)), status=409)
    return see(f"{PATH}/{unit_id}", "gespeichert")


@post(UNIT + "/entfernen", guards=[needs("close_dates")])
async def drop_unit(staff: SignedIn, unit_id: FromPath[UUID]) -> Response[Any]:
    await remove_unit(unit_id, by=staff.actor, now=now())
    return see(PATH, "baustein_weg")


@post(UNIT + "/berichtigung", guards=[needs("close_dates")])
async def correct(request: Asked, staff: SignedIn, unit_id: FromPath[UUID]) -> Response[Any]:
    (unit, year), sent = await _found(unit_id), await request.form()
    form, errors = parse_form(CorrectionForm, sent)
    if form is None:
        return await _one(staff, unit, year, Filled(typed(sent), errors), status=422)
    try:
        await correct_unit(unit_id, form.number, form.change, form.reason, by=staff.actor, now=now())
    except Refused as refused:
        return await _one(staff, unit, year, Filled(typed(sent), _said(refused)), status=409)
    return see(f"{PATH}/{unit_id}", "berichtigt")


@get(SIGNING, guards=[needs("close_dates")])
async def show_signing(request: Asked, staff: SignedIn) -> Response[Any]:
    """What will be frozen; without a year back to the list."""
    form, _errors = parse_form(YearForm, request.query_params)
    if form is None:
        return see(PATH)
    return _signing(staff, await funded_year(form.foerderung, form.jahr))


@post(SIGNING, guards=[needs("close_dates")])
async def sign(request: Asked, staff: SignedIn) -> Response[Any]:
    form, _errors = parse_form(YearForm, await request.form())
    if form is None:
        return see(PATH)
    try:
        await sign_off(form.foerderung, form.jahr, form.seen, by=staff.actor, now=now())
    except Refused as refused:
        return _signing(staff, await funded_year(form.foerderung, form.jahr), _said(refused)[""], 409)
    return see(PATH, "jahr_abgeschlossen")


def _said(refused: Refused) -> dict[str, str]:
    said: dict[str, str] = {}
    for one in refused.reasons:
        said[FIELDS.get(one.code, "")] = refusal_text(one)
    return {"": "", **said} if "" in said else {"": " ".join(said.values()), **said}


async def _found(unit_id: UUID) -> tuple[Unit, FundedYear]:
    found = await unit_by_id(unit_id)
    if found is None:
        raise NotFound
    return found


def _signing(staff: SignedIn, year: FundedYear, error: str = "", status: int = 200) -> Response[bytes]:
    if not year.units:
        raise NotFound
    return staff_page(
        "staff/funded/sign_off.html", staff, status=status, year=year, seen=shown(year), error=error,
        numbers=_numbers(),
    )  # fmt: skip


async def _form(staff: SignedIn, form: Filled, status: int = 200) -> Response[bytes]:
    return staff_page("staff/funded/new.html", staff, status=status, form=form, **await _choices())


async def _one(
    staff: SignedIn, unit: Unit, year: FundedYear, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    values = {**unit_values(unit), "seen": await version_of(unit.id)}
    return staff_page(
        "staff/funded/one.html",
        staff,
        status=status,
        notice=notice,
        unit=unit,
        year=year,
        form=form or Filled({} if year.sign_off else values),
        corrections=await corrections_of(unit.id),
        lines=await told(await history_of("funded_unit", unit.id)),
        **await _choices(),
    )


async def _choices() -> dict[str, Any]:
    return {
        "numbers": _numbers(),
        "fundings": await funding_names(),
        "measures": [(code, _(text)) for code, text in MEASURES.items()],
        "programmes": [(str(one.id), one.name) for one in await programmes()],
    }


def _numbers() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in NUMBERS.items()]


handlers = (
    team(
        list_units, download_units, units_as_json, new_unit, enter_unit, show_signing, sign, show_unit, save_unit,
        drop_unit, correct,
    ),
)  # fmt: skip
