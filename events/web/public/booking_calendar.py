"""One's own calendar, from the own page: a new address, off and on."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from events.kit.clock import now
from events.registration.own.feed import end_feed, renew_feed, resume_feed
from events.web.public.own_access import OWN, back, opened


@post(OWN + "/kalender/neue-adresse", status_code=303, include_in_schema=False)
async def renew(token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    await renew_feed(own.access, by=own.by, now=now())
    return back(token, "kalender_neu")


@post(OWN + "/kalender/abschalten", status_code=303, include_in_schema=False)
async def switch_off(token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    await end_feed(own.access, by=own.by, now=now())
    return back(token, "kalender_aus")


@post(OWN + "/kalender/einschalten", status_code=303, include_in_schema=False)
async def switch_on(token: FromPath[str]) -> Response[Any]:
    own = await opened(token)
    await resume_feed(own.access, by=own.by, now=now())
    return back(token, "kalender_an")


handlers = (renew, switch_off, switch_on)
