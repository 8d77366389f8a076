"""The log of all changes: by person, kind of record, what happened and when; as a page and as CSV."""

import csv
import io
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import Meta, Struct

from events.accounts.queries import all_staff
from events.history.audit import AuditSearch, count_lines, lines_from
from events.history.wording import KINDS, VERBS
from events.kit.clock import BERLIN, today
from events.kit.forms import parse_form, typed
from events.kit.text import csv_safe
from events.kit.translation import gettext as _
from events.web.downloads import attachment
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, staff_page
from events.web.staff.history import told
from events.web.staff.paging import ON_A_PAGE, page_within

PATH = "/team/protokoll"
MOST = 2500
"""Lines of one file."""

Asked = Request[Any, Any, Any]
Code = Annotated[str, Meta(max_length=60)]


class AuditForm(Struct):
    person: UUID | None = None
    art: Code = ""
    was: Code = ""
    von: date | None = None
    bis: date | None = None

    def wanted(self) -> AuditSearch:
        """What is called the same is meant together, such as whatever was "entfernt"."""
        meant = [code for code, text in VERBS.items() if text == VERBS.get(self.was)] or [self.was]
        return AuditSearch(self.person, self.art, meant if self.was else (), self.von, self.bis)

    def address(self) -> str:
        given = {"person": self.person, "art": self.art, "was": self.was, "von": self.von, "bis": self.bis}
        return urlencode({name: str(value) for name, value in given.items() if value})


@get(PATH, guards=[needs("manage_staff")])
async def show_log(request: Asked, staff: SignedIn, seite: FromQuery[int] = 1) -> Response[bytes]:
    form, errors = parse_form(AuditForm, request.query_params)
    form = form or AuditForm()
    total = await count_lines(form.wanted())
    page, pages = page_within(total, seite)
    lines = await lines_from(form.wanted(), (page - 1) * ON_A_PAGE, ON_A_PAGE)
    return staff_page(
        "staff/accounts/log.html",
        staff,
        status=422 if errors else 200,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=form != AuditForm(),
        lines=list(zip(lines, await told(lines), strict=True)),
        total=total,
        page=page,
        pages=pages,
        most=MOST,
        address=form.address(),
        people=[(member.id, member.name or member.email) for member in await all_staff()],
        kinds=_sorted(KINDS),
        verbs=_sorted(VERBS),
    )


@get(PATH + ".csv", guards=[needs("manage_staff")])
async def download_log(request: Asked) -> Response[Any]:
    """A filter that cannot be read leads back to the page, which says so: all lines would look like the answer."""
    form, _errors = parse_form(AuditForm, request.query_params)
    if form is None:
        return Redirect(f"{PATH}?{request.url.query}", status_code=303)
    lines = await lines_from(form.wanted(), 0, MOST)
    text = io.StringIO()
    text.write("\ufeff")  # as German spreadsheets open it with a double click
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Wann"), _("Was"), _("Wer"), _("Grund"), _("Einzelheiten"), _("Kennung")])
    for line, said in zip(lines, await told(lines), strict=True):
        when = f"{line.at.astimezone(BERLIN):%d.%m.%Y %H:%M:%S}"
        row = (when, said.what, said.who, said.reason, said.facts, str(line.about_id))
        writer.writerow([csv_safe(cell) for cell in row])
    headers = {"Content-Disposition": attachment(f"protokoll-{today()}.csv")}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _sorted(words: dict[str, str]) -> list[tuple[str, str]]:
    """Each word once, with the first code it stands for."""
    codes = {_(text): code for code, text in reversed(words.items())}
    return sorted(((code, text) for text, code in codes.items()), key=lambda one: one[1].casefold())


handlers = (team(show_log, download_log),)
