"""Figures of a span as a page with table and pictures, as CSV and as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Request, Response, get

from events.evidence.beside import comparisons, funded_units
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.queries import programmes
from events.reports.exports import NUMBERS, as_csv, as_json
from events.reports.figures import BYS, Figure
from events.reports.files import MEDIA_TYPES, Format, file_of
from events.reports.forms import FiguresForm
from events.reports.queries import figures
from events.reports.wording import BY, HEADINGS, refusal_text
from events.web.downloads import download
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

Query = Request[Any, Any, Any]


@get("/team/auswertung", guards=[needs("read_figures")])
async def show_figures(request: Query, staff: SignedIn) -> Response[bytes]:
    wished, errors = parse_form(FiguresForm, request.query_params)
    form = wished or FiguresForm()
    start, end = form.span(today())
    try:
        found = await _figures(form, start, end)
    except Refused as refused:
        found, errors = [], {**errors, "bis": refusal_text(refused.reasons[0])}
    shown = Filled(typed(request.query_params) if errors else _values(form, start, end), errors)
    return await _page(staff, form, (start, end), found, shown, 422 if errors else 200)


@get("/team/auswertung.csv", guards=[needs("read_figures")])
async def download_csv(request: Query) -> Response[Any]:
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    start, end = form.span(today())
    text = as_csv(await _figures(form, start, end), form.nach)
    headers = {"Content-Disposition": f'attachment; filename="auswertung-{start}-{end}.csv"'}
    return Response(text, media_type="text/csv", headers=headers)


@get("/team/auswertung.json", guards=[needs("read_figures")])
async def download_json(request: Query) -> Response[Any]:
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    text = as_json(await _figures(form, *form.span(today())))
    return Response(text, media_type="application/json")


@get("/team/auswertung.xlsx", guards=[needs("read_figures")])
async def download_xlsx(request: Query) -> Response[Any]:
    return await _file(request, "xlsx")


@get("/team/auswertung.pdf", guards=[needs("read_figures")])
async def download_pdf(request: Query) -> Response[Any]:
    return await _file(request, "pdf")


@get("/team/auswertung.docx", guards=[needs("read_figures")])
async def download_docx(request: Query) -> Response[Any]:
    return await _file(request, "docx")


async def _file(request: Query, kind: Format) -> Response[Any]:
    """Of the very figures the page shows."""
    form = parse_form(FiguresForm, request.query_params)[0]
    if form is None:
        return _what_is_wrong(request)
    start, end = form.span(today())
    content = await file_of(await _figures(form, start, end), start, end, form.nach, kind)
    return download(content, f"auswertung-{start}-{end}.{kind}", MEDIA_TYPES[kind])


def _what_is_wrong(request: Query) -> Response[Any]:
    """The page says it; a file with figures of another span would be taken for the one that was wanted."""
    return see(f"/team/auswertung?{request.url.query}")


async def _figures(form: FiguresForm, start: date, end: date) -> list[Figure]:
    return await figures(start, end, form.nach, now(), programme=form.programm or None)


async def _page(
    staff: SignedIn, form: FiguresForm, span: tuple[date, date], found: Sequence[Figure], shown: Filled, status: int
) -> Response[bytes]:
    names = {one.id: one.name for one in await programmes()}
    return staff_page(
        "staff/figures/figures.html",
        staff,
        status=status,
        form=shown,
        start=span[0],
        end=span[1],
        by=_(BY[form.nach]),
        bys=[(code, _(BY[code])) for code in BYS],
        programmes=[(one.slug, one.name) for one in await programmes()],
        presets=_presets(today().year, form, span),
        address=f"von={span[0]}&bis={span[1]}&nach={form.nach}&programm={form.programm}",
        names=NUMBERS,
        headings=[(_(HEADINGS[name]), "numeric") for name in NUMBERS],
        figures=found,
        heads=[(one.programme, one.heads) for one in found],
        teaching_units=[(one.programme, one.teaching_units) for one in found],
        units=await funded_units(span[0].year, span[1].year),
        comparisons=[(names.get(one.programme_id, ""), one) for one in await comparisons()],
    )


def _values(form: FiguresForm, start: date, end: date) -> dict[str, str]:
    return {"von": start.isoformat(), "bis": end.isoformat(), "nach": form.nach, "programm": form.programm}


def _presets(year: int, form: FiguresForm, shown: tuple[date, date]) -> list[tuple[str, str, bool]]:
    """Address, text and whether it is what is shown; the other choices are kept."""
    address = f"/team/auswertung?nach={form.nach}&programm={form.programm}"
    spans = [
        (f"&jahr={year}", str(year), FiguresForm(jahr=year)),
        (f"&jahr={year}&halbjahr=1", _("1. Halbjahr %(year)s", year=year), FiguresForm(jahr=year, halbjahr=1)),
        (f"&jahr={year}&halbjahr=2", _("2. Halbjahr %(year)s", year=year), FiguresForm(jahr=year, halbjahr=2)),
        (f"&jahr={year - 1}", str(year - 1), FiguresForm(jahr=year - 1)),
    ]
    return [(address + query, text, one.span(shown[0]) == shown) for query, text, one in spans]


handlers = (team(show_figures, download_csv, download_json, download_xlsx, download_pdf, download_docx),)
