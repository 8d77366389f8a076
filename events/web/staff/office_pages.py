"""The obligatory pages: which need a look, writing one in all languages, saying that it is right."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.kit.clock import now, today
from events.kit.forms import typed
from events.kit.markdown import as_html
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.office.actions import set_page
from events.office.checking import CheckedPage, bring_back, checked_pages, note_checked
from events.office.forms import page_values, read_page
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.office import PATH as SETTINGS

PATH = SETTINGS + "/seiten"
PAGE = PATH + "/{slug:str}"
Text = Annotated[str, QueryParameter(max_length=60)]


@get(PATH, guards=[needs("set_up")])
async def list_pages(staff: SignedIn, meldung: Text = "") -> Response[bytes]:
    return staff_page("staff/office/pages.html", staff, notice=meldung, pages=await checked_pages(today()))


@get(PAGE, guards=[needs("set_up")])
async def edit_page(staff: SignedIn, slug: FromPath[str], meldung: Text = "") -> Response[bytes]:
    return await _page(staff, await _found(slug), notice=meldung)


@post(PAGE, guards=[needs("set_up")])
async def save_page(request: Request[Any, Any, Any], staff: SignedIn, slug: FromPath[str]) -> Response[Any]:
    """Whoever was slower keeps what they typed and is told; saving again is knowing it."""
    found, sent = await _found(slug), await request.form()
    written, errors = read_page(sent)
    if written is None:
        return await _page(staff, found, Filled(typed(sent), errors), 422)
    if sent.getall("seen", [""])[-1] != found.page.digest:
        said = {
            "": _("Inzwischen hat jemand anderes diese Seite geändert. Wenn Sie jetzt speichern, gelten Ihre Texte.")
        }
        return await _page(staff, found, Filled(typed(sent), said), 409)
    await set_page(slug, *written, by=staff.actor, now=now())
    return see(_here(slug), "gespeichert")


@post(PAGE + "/geprueft", guards=[needs("set_up")])
async def check_page(staff: SignedIn, slug: FromPath[str]) -> Response[Any]:
    await note_checked(slug, by=staff.actor, now=now())
    return see(PATH, "seite_geprueft")


@post(PAGE + "/zuruecksetzen", guards=[needs("set_up")])
async def reset_page(staff: SignedIn, slug: FromPath[str]) -> Response[Any]:
    await bring_back(slug, by=staff.actor, now=now())
    return see(_here(slug), "gespeichert")


def _here(slug: str) -> str:
    return PAGE.replace("{slug:str}", slug)


async def _found(slug: str) -> CheckedPage:
    found = next((one for one in await checked_pages(today()) if one.page.slug == slug), None)
    if found is None:
        raise NotFound
    return found


async def _page(
    staff: SignedIn, found: CheckedPage, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    return staff_page(
        "staff/office/page.html",
        staff,
        status=status,
        notice=notice,
        found=found,
        form=form or Filled(page_values(found.page)),
        all_languages=[(one.code, one.name, one.dir) for one in LANGUAGES.values()],
        source=SOURCE,
        shown=as_html(found.page.body.get(SOURCE, ""), highest_heading=3),
    )


handlers = (team(list_pages, edit_page, save_page, check_page, reset_page),)
