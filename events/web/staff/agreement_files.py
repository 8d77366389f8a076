"""Signed copies of an agreement: handing one in, taking it out of the house, removing it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from events.kit import uploads
from events.kit.clock import now
from events.kit.refusals import NotFound
from events.programme.agreement_actions import add_file, remove_file
from events.programme.agreement_forms import read_file
from events.programme.agreements import AgreementFileView, files_of
from events.web.downloads import download as downloaded
from events.web.guards import SignedIn, needs, team
from events.web.staff.agreements import PATH, agreement_page, found_agreement
from events.web.staff.frame import Filled, see

FILES = f"{PATH}/{{agreement_id:uuid}}/dateien"
LARGEST_SENT = uploads.LARGEST + 1_000_000
"""So that a file slightly too large is told by its field; what is larger ends as 413 before it is read."""


@post(FILES, guards=[needs("plan")], request_max_body_size=LARGEST_SENT)
async def upload(request: Request[Any, Any, Any], staff: SignedIn, agreement_id: FromPath[UUID]) -> Response[Any]:
    found = await found_agreement(agreement_id)
    sent = (await request.form()).get("file")
    name, content = (sent.filename, await sent.read()) if isinstance(sent, UploadFile) else ("", b"")
    checked, errors = read_file(name, content)
    if checked is None:
        return await agreement_page(staff, found, Filled({}, errors), status=422)
    await add_file(found.id, checked, by=staff.actor, now=now())
    return see(f"{PATH}/{found.id}", "datei")


@get(f"{FILES}/{{file_id:uuid}}", guards=[needs("plan")])
async def download(agreement_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[bytes]:
    found = await _file(agreement_id, file_id)
    return downloaded(await uploads.read(found.stored_as), found.name, found.content_type)


@post(f"{FILES}/{{file_id:uuid}}/entfernen", guards=[needs("plan")])
async def remove(staff: SignedIn, agreement_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[Any]:
    await remove_file(agreement_id, file_id, by=staff.actor, now=now())
    return see(f"{PATH}/{agreement_id}", "datei_entfernt")


async def _file(agreement_id: UUID, file_id: UUID) -> AgreementFileView:
    for one in await files_of(agreement_id):
        if one.id == file_id:
            return one
    raise NotFound


handlers = (team(upload, download, remove),)
