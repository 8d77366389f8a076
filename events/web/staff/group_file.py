"""All groups with what they reported last, as a file for spreadsheets."""

import csv
import io
from datetime import date
from typing import Any

from litestar import Request, Response, get

from events.groups.queries import GroupView
from events.kit.clock import today
from events.kit.forms import parse_form
from events.kit.text import csv_safe
from events.kit.translation import gettext as _
from events.programme.wording import LANGUAGE_NAMES
from events.web.downloads import attachment
from events.web.guards import needs, team
from events.web.staff.groups import PATH, GroupFilter, found_groups

HEADS = (
    "Programm", "Einrichtung", "Stadt", "Gruppe", "Beginn", "Ende", "Stichtag", "Eltern", "Kinder", "Sprachen",
    "Nächste Meldung bis",
)  # fmt: skip


@get(PATH + ".csv", guards=[needs("read_organisations")])
async def download_csv(request: Request[Any, Any, Any]) -> Response[Any]:
    """With the filters of the list."""
    wished, _errors = parse_form(GroupFilter, request.query_params)
    headers = {"Content-Disposition": attachment(f"gruppen-{today()}.csv")}
    content = _as_csv(await found_groups(wished or GroupFilter()))
    return Response(content, media_type="text/csv", headers=headers)


def _as_csv(found: list[GroupView]) -> str:
    """As German spreadsheets open it with a double click: byte order mark, semicolons, CRLF."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_(head) for head in HEADS])
    writer.writerows([csv_safe(value) for value in _row(one)] for one in found)
    return text.getvalue()


def _row(one: GroupView) -> tuple[object, ...]:
    last = one.last_report
    languages = ", ".join(_(LANGUAGE_NAMES.get(code, code)) for code in last.languages) if last else ""
    said = (_day(last.reported_on), last.parents, last.children, languages) if last else ("", "", "", "")
    where = (one.programme_name, one.institution_name, one.city, one.name)
    return (*where, _day(one.started_on), _day(one.ended_on), *said, _day(one.report_due_on))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


handlers = (team(download_csv),)
