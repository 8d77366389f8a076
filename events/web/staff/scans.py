"""Signed lists as scanned files: handing one in, taking it out, how long it is kept, removing it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, QueryParameter

from events.attendance.sheets.forms import KeepForm, read_scan
from events.attendance.sheets.keeping import latest, proposed, why_not_keep_until
from events.attendance.sheets.scans import add_scan, day_of, keep_scan_until, remove_scan, scan_by_id, scans_of
from events.attendance.sheets.wording import refusal_text
from events.kit import uploads
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.programme.queries import DateView
from events.web.downloads import download as downloaded
from events.web.guards import DateInSight, SignedIn, needs, team
from events.web.staff.agreement_files import LARGEST_SENT
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/anwesenheit/{event_date_id:uuid}/listen"
ONE = f"{PATH}/{{scan_id:uuid}}"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("record_attendance")])
async def list_scans(staff: SignedIn, found: DateInSight, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, found[0], notice=meldung)


@post(PATH, guards=[needs("record_attendance")], request_max_body_size=LARGEST_SENT)
async def upload(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    date, sent = found[0], await request.form()
    file = sent.get("file")
    name, content = (file.filename, await file.read()) if isinstance(file, UploadFile) else ("", b"")
    checked, until, errors = read_scan(sent, name, content, day_of(date), today())
    if checked is None:
        return await _page(staff, date, 422, Filled(typed(sent), errors))
    await add_scan(date.id, checked, until, by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}/listen", "datei")


@get(ONE, guards=[needs("close_dates")])
async def open_scan(found: DateInSight, scan_id: FromPath[UUID]) -> Response[bytes]:
    scan = await scan_by_id(found[0].id, scan_id)
    return downloaded(await uploads.read(scan.stored_as), scan.name, scan.content_type)


@post(f"{ONE}/frist", guards=[needs("close_dates")])
async def keep(
    request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight, scan_id: FromPath[UUID]
) -> Response[Any]:
    date, sent = found[0], await request.form()
    scan = await scan_by_id(date.id, scan_id)
    name = f"keep-{scan.id}-"
    form, errors = parse_form(KeepForm, sent, name)
    until = (form.keep_until if form else None) or scan.keep_until
    if form and (refusal := why_not_keep_until(until, day_of(date), today())):
        errors[f"{name}keep_until"] = refusal_text(refusal)
    if errors:
        return await _page(staff, date, 422, Filled(typed(sent), errors))
    await keep_scan_until(date.id, scan.id, until, by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{date.id}/listen", "gespeichert")


@post(f"{ONE}/entfernen", guards=[needs("close_dates")])
async def remove(staff: SignedIn, found: DateInSight, scan_id: FromPath[UUID]) -> Response[Any]:
    await remove_scan(found[0].id, scan_id, by=staff.actor, now=now())
    return see(f"/team/anwesenheit/{found[0].id}/listen", "datei_entfernt")


async def _page(
    staff: SignedIn, date: DateView, status: int = 200, form: Filled | None = None, notice: str = ""
) -> Response[bytes]:
    day, scans = day_of(date), await scans_of(date.id)
    values = {"keep_until": proposed(day, today()).isoformat()}
    values |= {f"keep-{one.id}-keep_until": one.keep_until.isoformat() for one in scans}
    return staff_page(
        "staff/attendance/scans.html",
        staff,
        status=status,
        notice=notice,
        date=date,
        scans=scans,
        latest=latest(day),
        today=today(),
        form=Filled({**values, **form.values}, form.errors) if form else Filled(values),
    )


handlers = (team(list_scans, upload, open_scan, keep, remove),)
