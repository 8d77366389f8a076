"""A personal calendar over HTTP. Its answers are 200, 304, 404, 410 or 503: at any other, calendar programs give up."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from events.calendar_feeds.last_copies import LastCopies
from events.calendar_feeds.personal import personal_feed
from events.kit.clock import now
from events.kit.refusals import Gone, NotFound
from events.kit.translation import current_language
from events.kit.translation import gettext as _
from events.web.public.feed_answers import feed_answer
from events.web.request_log import log_fault

ENDING = ".ics"
TRY_AGAIN_AFTER = "300"  # seconds
OF_ONE_PERSON = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",  # nothing here is ever sent from, so no form of ours looks foreign
}

last_copies = LastCopies()


@get("/kalender/persoenlich/{token:str}", include_in_schema=False)
async def show_personal_calendar(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """The path ends in `.ics`, which is cut off; without it there is nothing here."""
    if not token.endswith(ENDING):
        raise NotFound
    asked = token.removesuffix(ENDING)
    key = (asked, current_language())
    try:
        made = await personal_feed(asked, language=key[1], now=now())
    except NotFound:
        last_copies.forget(asked)
        return _plain(404, _("Diesen Kalender gibt es nicht."))
    except Gone:
        last_copies.forget(asked)
        return _plain(410, _("Diesen Kalender gibt es unter dieser Adresse nicht mehr."))
    except Exception as fault:
        log_fault(request.scope, fault)
        copy = last_copies.of(key)
        if copy is None:
            return _plain(503, _("Der Kalender ist gerade nicht erreichbar"), {"Retry-After": TRY_AGAIN_AFTER})
        return feed_answer(copy, "termine.ics", OF_ONE_PERSON)
    last_copies.keep(key, made)
    return feed_answer(made, "termine.ics", OF_ONE_PERSON)


def _plain(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Programs read the status only, and the page of errors needs what may be away."""
    said = {**OF_ONE_PERSON, **(headers or {})}
    return Response(f"{sentence}\n".encode(), status_code=status, media_type="text/plain; charset=utf-8", headers=said)


handlers = (show_personal_calendar,)
