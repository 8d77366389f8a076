"""Figures of a span as a page with tables and pictures, and as files. All of them show one report."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from msgspec.structs import replace

from events.evidence.beside import comparisons, funded_units
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.wording import FORMATS, KINDS
from events.reports.exports import as_csv, as_json
from events.reports.figures import BYS
from events.reports.files import MEDIA_TYPES, Format, file_of
from events.reports.forms import FiguresForm
from events.reports.papers import paper
from events.reports.queries import beginning_and_cities, report
from events.reports.report import Report
from events.reports.spans import spans
from events.reports.wording import AGAINST, BY, refusal_text
from events.web.downloads import download
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

Query = Request[Any, Any, Any]
PATH = "/team/auswertung"


@get(PATH, guards=[needs("read_figures")])
async def show_figures(request: Query, staff: SignedIn) -> Response[bytes]:
    wished, errors = parse_form(FiguresForm, request.query_params)
    form = wished or FiguresForm()
    try:
        found = await _report(form)
    except Refused as refused:
        found, errors = await _report(FiguresForm()), {**errors, "bis": refusal_text(refused.reasons[0])}
    values = typed(request.query_params) if errors else {**typed(request.query_params), **_days(found)}
    return await _page(staff, form, found, Filled(values, errors))


@get(PATH + ".csv", guards=[needs("read_figures")])
async def download_csv(request: Query) -> Response[Any]:
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    found = await _report(form)
    return download(as_csv(found.lines, found.by).encode(), _name(found, "csv"), "text/csv; charset=utf-8")


@get(PATH + ".json", guards=[needs("read_figures")])
async def download_json(request: Query) -> Response[Any]:
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    return Response(as_json((await _report(form)).lines), media_type="application/json")


@get(PATH + ".xlsx", guards=[needs("read_figures")])
async def download_xlsx(request: Query) -> Response[Any]:
    return await _file(request, "xlsx")


@get(PATH + ".pdf", guards=[needs("read_figures")])
async def download_pdf(request: Query) -> Response[Any]:
    return await _file(request, "pdf")


@get(PATH + ".docx", guards=[needs("read_figures")])
async def download_docx(request: Query) -> Response[Any]:
    return await _file(request, "docx")


async def _file(request: Query, kind: Format) -> Response[Any]:
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    found = await _report(form)
    return download(await file_of(found, kind), _name(found, kind), MEDIA_TYPES[kind])


def _what_is_wrong(request: Query) -> Response[Any]:
    """The page says it; a file with figures of another span would be taken for the one that was wanted."""
    return see(f"{PATH}?{request.url.query}")


def _name(found: Report, ending: str) -> str:
    return f"auswertung-{found.start}-{found.end}.{ending}"


async def _report(form: FiguresForm) -> Report:
    return await report(*form.span(today()), form.nach, now(), form.only, form.vergleich)


async def _page(staff: SignedIn, form: FiguresForm, found: Report, shown: Filled) -> Response[bytes]:
    began, cities = await beginning_and_cities()
    names = {one.id: one.name for one in found.programmes}
    return staff_page(
        "staff/figures/figures.html",
        staff,
        status=422 if shown.errors else 200,
        form=shown,
        paper=paper(found, ""),
        has_figures=bool(found.lines),
        bys=[(code, _(BY[code])) for code in BYS],
        against=[(code, _(text)) for code, text in AGAINST.items() if code],
        choices=_choices(found, cities),
        presets=_presets(form, found, began),
        address=form.address(found.start, found.end),
        units=await funded_units(found.start.year, found.end.year),
        comparisons=[(names.get(one.programme_id, ""), one) for one in await comparisons()],
    )


def _days(found: Report) -> dict[str, str]:
    return {"von": found.start.isoformat(), "bis": found.end.isoformat(), "nach": found.by}


def _choices(found: Report, cities: list[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Name of the field, its label, and what can be chosen."""
    families = dict.fromkeys(one.family for one in found.programmes if one.family)
    fundings = dict.fromkeys(one.funding for one in found.programmes if one.funding)
    return [
        ("programm", _("Programm"), [(one.slug, one.name) for one in found.programmes]),
        ("familie", _("Programmfamilie"), [(one, one) for one in families]),
        ("art", _("Art des Programms"), [(code, _(text)) for code, text in KINDS.items()]),
        ("format", _("Format"), [(code, _(text)) for code, text in FORMATS.items()]),
        ("stadt", _("Ort"), [(one, one) for one in cities]),
        ("foerderung", _("Förderprogramm"), [(one, one) for one in fundings]),
    ]


def _presets(form: FiguresForm, found: Report, began: date | None) -> list[tuple[str, str, bool]]:
    """Address, text and whether it is what is shown; the other choices are kept."""
    plain = replace(form, jahr=None, halbjahr=None)
    return [
        (f"{PATH}?{plain.address(*span)}", text, span == (found.start, found.end))
        for text, span in spans(today(), began)
    ]


handlers = (team(show_figures, download_csv, download_json, download_xlsx, download_pdf, download_docx),)
