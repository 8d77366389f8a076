"""The obligatory pages (whose texts the office writes) and what robots and browsers look for by themselves."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.response import Redirect

from events.kit.markdown import as_html
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES, language_prefix, localized
from events.office.queries import page as office_page
from events.web.static_files import asset_address
from events.web.templating import page

ADDRESSES = ["/impressum", "/datenschutz", "/barrierefreiheit", "/einfache-sprache"]

PERSONAL = (
    "abmelden", "anmeldung", "bescheid", "einladung", "einrichtung", "feedback", "kalender/persoenlich", "partner",
    "themenwuensche", "verteiler", "vorschau",
)  # fmt: skip
"""Whatever lies below these, in each language, is opened by a link that was given to somebody."""


@get(ADDRESSES, opt={"kept": True}, include_in_schema=False)
async def show_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    found = await office_page(request.scope["path"].strip("/"))
    if found is None:
        raise NotFound
    title, text = localized(found.title), localized(found.body)
    return page("public/pages/show.html", title=title, text=text, body=as_html(text.text, highest_heading=2))


@get("/robots.txt", media_type=MediaType.TEXT, include_in_schema=False, sync_to_thread=False)
def show_robots() -> str:
    closed = [f"{language_prefix(code)}/{path}/" for code in LANGUAGES for path in PERSONAL]
    return "\n".join(["User-agent: *", "Disallow: /team/", *(f"Disallow: {path}" for path in closed), ""])


@get("/favicon.ico", status_code=307, include_in_schema=False, sync_to_thread=False)
def show_icon() -> Redirect:
    return Redirect(asset_address("favicon.svg"), status_code=307)


handlers = (show_page, show_robots, show_icon)
