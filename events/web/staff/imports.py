"""Taking over a list of people for staff: hand in the file, say which column is what, look, then all or nothing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from events.accounts.rules import may
from events.kit.clock import now
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.spreadsheet_rows import MOST_COLUMNS
from events.kit.spreadsheets import LARGEST_FILE, Table
from events.kit.text import one_line
from events.kit.translation import gettext as _
from events.programme.queries import EventView
from events.registration.imports.drafts import MOST_MAILS, Outlook, import_people, outlook
from events.registration.imports.fields import FIELDS, ColumnsForm, chosen, why_not_columns
from events.registration.imports.kept import Draft, Purpose, choose_columns, draft_of, keep_draft, table_of
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff import import_words as words
from events.web.staff.frame import Filled, see, staff_page

HERE = "/team/veranstaltungen/{event_id:uuid}/anmeldungen/import"
ONE = HERE + "/{draft_id:uuid}"
LARGEST_FORM = LARGEST_FILE + 2_000_000
"""A file that is a little too large shall be told so at its field."""

FIRST_ROWS = 5
MOST_SHOWN = 200


@get(HERE, guards=[needs("import_people")])
async def ask_for_file(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return _upload_page(staff, event, Filled())


@post(HERE, guards=[needs("import_people")], request_max_body_size=LARGEST_FORM)
async def take_file(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _upload_page(staff, event, Filled(errors={"file": _("Bitte wählen Sie eine Datei.")}))
    name = one_line(file.filename.replace("\\", "/").rpartition("/")[2])
    try:
        draft = await keep_draft(event.id, staff.id, name, await file.read(), now=now())
    except Refused as refused:
        return _upload_page(staff, event, Filled(errors={"file": words.unreadable(refused.reasons[0])}))
    return see(_address(event, draft))


@get(ONE, guards=[needs("import_people")])
async def ask_for_columns(staff: SignedIn, event: EventInSight, draft_id: FromPath[UUID]) -> Response[Any]:
    draft = await draft_in_sight(draft_id, event, staff)
    if draft.done:
        return see(_address(event, draft.id, "/ergebnis"))
    return _columns_page(staff, event, draft, await table_of(draft), Filled(draft.columns))


@post(ONE, guards=[needs("import_people")])
async def take_columns(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, draft_id: FromPath[UUID]
) -> Response[Any]:
    draft = await draft_in_sight(draft_id, event, staff)
    if draft.done:
        return see(_address(event, draft.id, "/ergebnis"))
    sent, table = await request.form(), await table_of(draft)
    columns, errors = _columns(sent, len(table.columns))
    if errors:
        return _columns_page(staff, event, draft, table, Filled(typed(sent), errors))
    await choose_columns(draft, columns)
    return see(_address(event, draft.id, "/pruefung"))


@get(ONE + "/pruefung", guards=[needs("import_people")])
async def preview(staff: SignedIn, event: EventInSight, draft_id: FromPath[UUID]) -> Response[Any]:
    draft = await draft_in_sight(draft_id, event, staff)
    if draft.done:
        return see(_address(event, draft.id, "/ergebnis"))
    if why_not_columns(draft.columns, MOST_COLUMNS):  # nothing was chosen yet, and not enough could be guessed
        return see(_address(event, draft.id))
    return _preview_page(staff, event, draft, await outlook(draft, event, now=now()))


@post(ONE + "/pruefung", guards=[needs("import_people")])
async def sign_up_all(
    request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight, draft_id: FromPath[UUID]
) -> Response[Any]:
    draft, sent = await draft_in_sight(draft_id, event, staff), await request.form()
    version, notify = _text(sent, "version"), _text(sent, "notify") == "on"
    found = await import_people(draft, version, by=staff.actor, now=now(), notify=notify)
    if isinstance(found, Draft):
        return see(_address(event, draft.id, "/ergebnis"))
    status = 422 if found.checked.faults else 409
    return _preview_page(staff, event, draft, found, status, is_other=version != draft.version)


@get(ONE + "/ergebnis", guards=[needs("import_people")])
async def result(staff: SignedIn, event: EventInSight, draft_id: FromPath[UUID]) -> Response[Any]:
    draft = await draft_in_sight(draft_id, event, staff)
    if not draft.done:
        return see(_address(event, draft.id))
    made = {status: count for status, count in draft.done.items() if status != "known"}
    return staff_page(
        "staff/imports/result.html", staff, event=event, draft=draft, made=made, total=sum(made.values()),
        already=draft.done.get("known", 0),
    )  # fmt: skip


async def draft_in_sight(id: UUID, event: EventView, staff: SignedIn, purpose: Purpose = "registrations") -> Draft:
    """Lists of people are seen by who handed them in, and by admins. Raises NotFound."""
    draft = await draft_of(id, purpose)
    if draft.event_id != event.id or (draft.staff_id != staff.id and not may(staff.role, "manage_staff")):
        raise NotFound
    return draft


def _columns(sent: Form, width: int) -> tuple[dict[str, int], dict[str, str]]:
    form, errors = parse_form(ColumnsForm, sent)
    if form is None:
        return {}, errors
    columns = chosen(form)
    return columns, {field: _(words.COLUMN_FAULTS[code]) for field, code in why_not_columns(columns, width).items()}


def _text(sent: Form, name: str) -> str:
    return next((text for text in sent.getall(name, []) if isinstance(text, str)), "")


def _address(event: EventView, draft_id: UUID, page: str = "") -> str:
    return f"/team/veranstaltungen/{event.id}/anmeldungen/import/{draft_id}{page}"


def _upload_page(staff: SignedIn, event: EventView, form: Filled) -> Response[bytes]:
    return staff_page(
        "staff/imports/upload.html", staff, status=422 if form.errors else 200, event=event, form=form,
        megabytes=LARGEST_FILE // 1_000_000,
    )  # fmt: skip


def _columns_page(staff: SignedIn, event: EventView, draft: Draft, table: Table, form: Filled) -> Response[bytes]:
    headings = headings_of(table)
    return staff_page(
        "staff/imports/columns.html",
        staff,
        status=422 if form.errors else 200,
        here=f"/team/veranstaltungen/{event.id}/anmeldungen/import",
        event=event,
        draft=draft,
        table=table,
        headings=headings,
        rows=table.rows[:FIRST_ROWS],
        fields=[(field, _(words.FIELDS[field]), _(words.HINTS.get(field, "")) or None) for field in FIELDS],
        labels={field: _(words.FIELDS[field]) for field in FIELDS},
        options=list(enumerate(headings)),
        form=form,
    )


def _preview_page(
    staff: SignedIn, event: EventView, draft: Draft, found: Outlook, status: int = 200, is_other: bool = False
) -> Response[bytes]:
    return staff_page(
        "staff/imports/preview.html",
        staff,
        status=status,
        event=event,
        draft=draft,
        found=found,
        is_other=is_other,
        faults=_faults(found),
        faulty_rows=len({one.number for one in found.checked.faults}),
        against=[words.against(reason) for reason in found.reasons],
        people=sum(entry.person.party for entry in found.new),
        most=MOST_SHOWN,
        most_mails=MOST_MAILS,
    )


def _faults(found: Outlook) -> list[Mapping[str, object]]:
    return [
        {
            "number": one.number,
            "field": _(words.FIELDS[one.field]),
            "sentence": words.fault(one.code, one.field, one.most),
            "value": one.value[:80] + "…" if len(one.value) > 80 else one.value,
        }
        for one in found.checked.faults[:MOST_SHOWN]
    ]


def headings_of(table: Table) -> list[str]:
    """What a column is called where it is chosen."""
    return [f"{_letter(at)}: {heading}" if heading else _letter(at) for at, heading in enumerate(table.columns)]


def _letter(column: int) -> str:
    """As spreadsheets call it: A to Z, then AA."""
    first, second = divmod(column, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + second)}"


handlers = (team(ask_for_file, take_file, ask_for_columns, take_columns, preview, sign_up_all, result),)
