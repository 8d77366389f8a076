"""Inviting many addresses from a table file: hand it in, say which column is what, look, then all or nothing."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from events.invitations.addresses.checking import FIELDS, AddressColumnsForm, chosen, guessed, why_not_columns
from events.invitations.addresses.drafts import Outlook, outlook, take_over
from events.invitations.forms import HoldForm
from events.kit.clock import now
from events.kit.forms import Form, parse_form, typed
from events.kit.refusals import Refused
from events.kit.spreadsheet_rows import MOST_COLUMNS
from events.kit.spreadsheets import LARGEST_FILE, Table
from events.kit.text import one_line
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _
from events.programme.queries import EventView
from events.registration.imports.kept import Draft, choose_columns, keep_draft, table_of
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff import import_words
from events.web.staff import invitation_words as words
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.imports import FIRST_ROWS, LARGEST_FORM, MOST_SHOWN, draft_in_sight, headings_of
from events.web.staff.invitations import LIST, address_of_list, in_words

FILE = LIST + "/import"
ONE = FILE + "/{list_id:uuid}"

Sending = Request[Any, Any, Any]


@get(FILE, guards=[needs("handle_mails")])
async def ask_for_file(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return _upload_page(staff, event, Filled())


@post(FILE, guards=[needs("handle_mails")], request_max_body_size=LARGEST_FORM)
async def take_file(request: Sending, staff: SignedIn, event: EventInSight) -> Response[Any]:
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _upload_page(staff, event, Filled(errors={"file": _("Bitte wählen Sie eine Datei.")}))
    name, content = one_line(file.filename.replace("\\", "/").rpartition("/")[2]), await file.read()
    try:
        draft = await keep_draft(event.id, staff.id, name, content, now=now(), purpose="invitations", guess=guessed)
    except Refused as refused:
        return _upload_page(staff, event, Filled(errors={"file": import_words.unreadable(refused.reasons[0])}))
    return see(_address(event, draft))


@get(ONE, guards=[needs("handle_mails")])
async def ask_for_columns(staff: SignedIn, event: EventInSight, list_id: FromPath[UUID]) -> Response[Any]:
    draft = await draft_in_sight(list_id, event, staff, "invitations")
    if draft.done:
        return _finished(event, draft)
    return _columns_page(staff, event, draft, await table_of(draft), Filled(draft.columns))


@post(ONE, guards=[needs("handle_mails")])
async def take_columns(
    request: Sending, staff: SignedIn, event: EventInSight, list_id: FromPath[UUID]
) -> Response[Any]:
    draft = await draft_in_sight(list_id, event, staff, "invitations")
    if draft.done:
        return _finished(event, draft)
    sent, table = await request.form(), await table_of(draft)
    columns, errors = _columns(sent, len(table.columns))
    if errors:
        return _columns_page(staff, event, draft, table, Filled(typed(sent), errors))
    await choose_columns(draft, columns)
    return see(_address(event, draft.id, "/pruefung"))


@get(ONE + "/pruefung", guards=[needs("handle_mails")])
async def preview(staff: SignedIn, event: EventInSight, list_id: FromPath[UUID]) -> Response[Any]:
    draft = await draft_in_sight(list_id, event, staff, "invitations")
    if draft.done:
        return _finished(event, draft)
    if why_not_columns(draft.columns, MOST_COLUMNS):  # nothing was chosen yet, and not enough could be guessed
        return see(_address(event, draft.id))
    return _preview_page(staff, event, draft, await outlook(draft), Filled())


@post(ONE + "/pruefung", guards=[needs("handle_mails")])
async def take_all(request: Sending, staff: SignedIn, event: EventInSight, list_id: FromPath[UUID]) -> Response[Any]:
    draft, sent = await draft_in_sight(list_id, event, staff, "invitations"), await request.form()
    if draft.done:
        return _finished(event, draft)
    form, errors = parse_form(HoldForm, sent)
    if form is None:
        return _preview_page(staff, event, draft, await outlook(draft), Filled(typed(sent), errors), 422)
    try:
        found = await take_over(draft, form.version, hold_until=form.hold_until, by=staff.actor, now=now())
    except Refused as refused:
        return _preview_page(staff, event, draft, await outlook(draft), Filled(typed(sent), in_words(refused)), 409)
    if isinstance(found, Draft):
        return _finished(event, found)
    status = 422 if found.checked.faults else 409
    return _preview_page(staff, event, draft, found, Filled(typed(sent)), status)


def _finished(event: EventView, draft: Draft) -> Response[Any]:
    counts = f"?neu={draft.done.get('new', 0)}&bekannt={draft.done.get('known', 0)}"
    return see(address_of_list(event, counts), "eingetragen")


def _columns(sent: Form, width: int) -> tuple[dict[str, int], dict[str, str]]:
    form, errors = parse_form(AddressColumnsForm, sent)
    if form is None:
        return {}, errors
    columns = chosen(form)
    return columns, {field: _(words.COLUMN_FAULTS[code]) for field, code in why_not_columns(columns, width).items()}


def _address(event: EventView, list_id: UUID, page: str = "") -> str:
    return address_of_list(event, f"/import/{list_id}{page}")


def _upload_page(staff: SignedIn, event: EventView, form: Filled) -> Response[bytes]:
    return staff_page(
        "staff/invitations/upload.html", staff, status=422 if form.errors else 200, event=event, form=form,
        megabytes=LARGEST_FILE // 1_000_000,
    )  # fmt: skip


def _columns_page(staff: SignedIn, event: EventView, draft: Draft, table: Table, form: Filled) -> Response[bytes]:
    headings = headings_of(table)
    return staff_page(
        "staff/imports/columns.html",
        staff,
        status=422 if form.errors else 200,
        here=address_of_list(event, "/import"),
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
    staff: SignedIn, event: EventView, draft: Draft, found: Outlook, form: Filled, status: int = 200
) -> Response[bytes]:
    return staff_page(
        "staff/invitations/preview.html",
        staff,
        status=status,
        event=event,
        draft=draft,
        found=found,
        form=form,
        is_other=status == 409 and not form.errors,
        faults=[words.fault(one) for one in found.checked.faults[:MOST_SHOWN]],
        faulty_rows=len({one.number for one in found.checked.faults}),
        most=MOST_SHOWN,
        language_names={code: language.name for code, language in LANGUAGES.items()},
    )


handlers = (team(ask_for_file, take_file, ask_for_columns, take_columns, preview, take_all),)
