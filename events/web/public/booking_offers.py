"""A place was offered to somebody who waits: taking it or leaving it to others."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.forms import parse_form
from events.registration.offers import accept_place, decline_place
from events.registration.own.forms import ChosenForm
from events.web.public.own_access import OWN, Opened, back, opened


@post(OWN + "/annehmen", status_code=303, include_in_schema=False)
async def accept(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    await accept_place(await _chosen(request, own), by=own.by, now=now())
    return back(token, "angenommen")


@post(OWN + "/ablehnen", status_code=303, include_in_schema=False)
async def decline(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    await decline_place(await _chosen(request, own), by=own.by, now=now())
    return back(token, "abgelehnt")


async def _chosen(request: Request[Any, Any, Any], own: Opened) -> UUID:
    """A link changes its own registrations only. Raises NotFound."""
    form, _errors = parse_form(ChosenForm, await request.form())
    return own.page.registration(form.registration if form else None).id


handlers = (accept, decline)
