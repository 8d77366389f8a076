"""What people said about the events of a programme, side by side, as a page and as CSV."""

import csv
import io
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from events.feedback.results import Comparison, compared
from events.feedback.suppression import LEAST
from events.kit.clock import BERLIN, now, today
from events.kit.refusals import NotFound
from events.kit.text import csv_safe
from events.kit.translation import gettext, localized
from events.programme.queries import ProgrammeView, programmes
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import staff_page

PATH = "/team/feedback"
Slug = Annotated[str, QueryParameter(max_length=80)]


@get(PATH, guards=[needs("read_figures")])
async def compare(staff: SignedIn, programm: Slug = "") -> Response[bytes]:
    known = await programmes()
    chosen = _chosen(known, programm)
    return staff_page(
        "staff/feedback/compared.html",
        staff,
        programmes=known,
        slugs=[(one.slug, one.name) for one in known],
        chosen=chosen,
        found=await compared(chosen.id, now()) if chosen else None,
        least=LEAST,
    )


@get(PATH + ".csv", guards=[needs("read_figures")])
async def download_csv(programm: Slug = "") -> Response[Any]:
    chosen = _chosen(await programmes(), programm)
    if chosen is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="rueckmeldungen-{chosen.slug}-{today()}.csv"'}
    return Response(_as_csv(await compared(chosen.id, now())), media_type="text/csv", headers=headers)


def _chosen(known: list[ProgrammeView], slug: str) -> ProgrammeView | None:
    """The first one when none is named. Raises NotFound for one there is not."""
    if not slug:
        return known[0] if known else None
    found = next((one for one in known if one.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def _as_csv(found: Comparison) -> str:
    """As German spreadsheets open it with a double click: byte order mark, semicolons, decimal comma, CRLF."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    asked = [csv_safe(localized(one.text).text) for one in found.questions]
    writer.writerow([gettext("Veranstaltung"), gettext("Datum"), gettext("Antworten"), *asked])
    for line in found.events:
        event = line.event
        when = f"{event.starts_at.astimezone(BERLIN):%d.%m.%Y}" if event.starts_at else ""
        forms = str(line.forms) if line.forms is not None else gettext("weniger als %(least)s", least=LEAST)
        means = [_number(line.tenths.get(one.code)) for one in found.questions]
        writer.writerow([csv_safe(localized(event.title).text), when, forms, *means])
    return text.getvalue()


def _number(tenths: int | None) -> str:
    return "" if tenths is None else f"{tenths / 10:.1f}".replace(".", ",")


handlers = (team(compare, download_csv),)
