"""A draft for somebody who has its link: all it will say, in every language, but nobody can sign up."""

from litestar import Response, get
from litestar.params import FromPath

from events.kit.clock import now
from events.kit.markdown import as_html
from events.kit.translation import localized
from events.programme.previews import event_behind
from events.programme.wording import AUDIENCES, FORMATS, HINTS, LANGUAGE_NAMES, PARTNER_ROLES
from events.registration.queries import public_seats
from events.web.public.filled import NEVER_KEPT
from events.web.templating import page

WORDS = {
    "formats": FORMATS,
    "audiences": AUDIENCES,
    "hints": HINTS,
    "languages": LANGUAGE_NAMES,
    "roles": PARTNER_ROLES,
}


@get("/vorschau/{token:str}", include_in_schema=False)
async def show_preview(token: FromPath[str]) -> Response[bytes]:
    """Once it is published, the way to the event itself (410)."""
    event = await event_behind(token)
    if event.is_reachable:
        return page("public/preview/over.html", status=410, headers=NEVER_KEPT, event=event)
    return page(
        "public/preview/show.html",
        headers=NEVER_KEPT,
        event=event,
        description=as_html(localized(event.description).text, highest_heading=2),
        seats=(await public_seats([event.id], now()))[event.id],
        words=WORDS,
    )


handlers = (show_preview,)
