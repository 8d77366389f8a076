"""What we have stored about oneself: to read, to take along, to erase; and "that is not me"."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES
from events.privacy import own_words
from events.privacy.erasing import erase_booking, erase_participant
from events.privacy.own_data import own_data
from events.privacy.own_json import as_json
from events.registration.wording import NEEDS, ROLES
from events.web.public.filled import NEVER_KEPT
from events.web.public.own_access import OWN, Opened, back_to_start, opened
from events.web.templating import page


@get(OWN + "/daten", include_in_schema=False)
async def show_data(token: FromPath[str]) -> Response[bytes]:
    own = await opened(token)
    return page(
        "public/booking/data.html",
        headers=NEVER_KEPT,
        token=token,
        booking=own.page,
        own=await own_data(own.access.booking, own.access.participant),
        words=own_words,
        in_words=own_words.in_words,
        tables={"marks": own_words.MARKS, "roles": ROLES, "needs": NEEDS},
        language_names={one.code: one.name for one in LANGUAGES.values()},
    )


@get(OWN + "/daten.json", include_in_schema=False)
async def download_data(token: FromPath[str]) -> Response[bytes]:
    own = await opened(token)
    content = as_json(await own_data(own.access.booking, own.access.participant), now())
    headers = {**NEVER_KEPT, "Content-Disposition": 'attachment; filename="meine-daten.json"'}
    return Response(content.encode(), media_type="application/json; charset=utf-8", headers=headers)


@post(OWN + "/loeschen", status_code=303, include_in_schema=False)
async def erase(token: FromPath[str]) -> Response[Any]:
    await _erase(await opened(token))
    return back_to_start("geloescht")


@post(OWN + "/nicht-ich", status_code=303, include_in_schema=False)
async def disown(token: FromPath[str]) -> Response[Any]:
    """Somebody was signed up by another person and wants nothing of it: cancelled and erased at once."""
    own = await opened(token)
    if own.access.participant is None:
        raise NotFound
    await _erase(own)
    return back_to_start("geloescht")


async def _erase(own: Opened) -> None:
    if own.access.participant is None:
        await erase_booking(own.access.booking, by=own.by, now=now())
    else:
        await erase_participant(own.access.participant, by=own.by, now=now())


handlers = (show_data, download_data, erase, disown)
