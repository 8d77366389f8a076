"""What goes out on paper and into messengers: the page that offers lists, posters and pictures, and the files."""

from typing import Annotated, Any, Literal

from litestar import Response, get
from litestar.params import QueryParameter

from events.attendance.sheets.lists import EMPTY_ROWS, MOST_EMPTY_ROWS
from events.attendance.sheets.printing import usual_kind
from events.attendance.sheets.wording import KINDS
from events.kit import documents
from events.kit.translation import LANGUAGES, gettext, speaking
from events.office.queries import office
from events.programme.posters import poster_data, share_text
from events.programme.queries import EventView
from events.web.downloads import download
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, staff_page

PATH = "/team/veranstaltungen/{event_id:uuid}"
Language = Annotated[Literal["de", "en", "tr", "ar"], QueryParameter()]


@get(f"{PATH}/drucken", guards=[needs("read")])
async def show_papers(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await papers_page(staff, event, Filled({"art": usual_kind(event), "leer": str(EMPTY_ROWS)}))


@get(f"{PATH}/plakat.pdf", guards=[needs("read")])
async def poster(event: EventInSight, sprache: Language = "de") -> Response[bytes]:
    content = await documents.pdf("poster", await _data(event, sprache))
    return download(content, f"plakat-{event.slug}-{sprache}.pdf", "application/pdf")


@get(f"{PATH}/bild.png", guards=[needs("read")])
async def picture(event: EventInSight, sprache: Language = "de") -> Response[bytes]:
    """1080 by 1350 pixels."""
    content = await documents.picture("share", await _data(event, sprache))
    return download(content, f"bild-{event.slug}-{sprache}.png", "image/png")


async def papers_page(
    staff: SignedIn, event: EventView, form: Filled, status: Literal[200, 422] = 200
) -> Response[bytes]:
    return staff_page(
        "staff/events/papers.html",
        staff,
        status=status,
        event=event,
        form=form,
        kinds=[(code, gettext(text)) for code, text in KINDS.items()],
        most=MOST_EMPTY_ROWS,
        offers=await _offers(event),
    )


async def _data(event: EventView, language: str) -> dict[str, object]:
    with speaking(language):
        return poster_data(event, await office())


async def _offers(event: EventView) -> list[dict[str, Any]]:
    """For each language its name, its code and what to write beside the picture."""
    offers = []
    for language in LANGUAGES.values():
        data = await _data(event, language.code)
        with speaking(language.code):
            said = share_text(event, data)
        offers.append({"language": language, "text": said})
    return offers


handlers = (team(show_papers, poster, picture),)
