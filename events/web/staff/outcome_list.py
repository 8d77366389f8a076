"""Steps for action of all workshops: which are open, overdue, public; as a page, as CSV and as JSON."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter
from msgspec import Meta, Struct

from events.kit.clock import BERLIN, today
from events.kit.forms import parse_form, typed
from events.kit.text import csv_safe, is_found
from events.kit.translation import gettext as _
from events.kit.translation import localized
from events.outcomes.queries import OutcomeView, all_outcomes
from events.outcomes.rules import TOLD_AHEAD
from events.outcomes.status import NAMES, PENDING
from events.outcomes.wording import FIELDS
from events.web.downloads import attachment
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, staff_page
from events.web.staff.paging import page_of

PATH = "/team/ergebnisse"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]

DUE = {"naechste": TOLD_AHEAD, "ueberfaellig": timedelta(days=-1)}


class OutcomeFilter(Struct):
    """What the list shows. `frist`: pending and due within two weeks, or overdue; `suche`: every word of it."""

    stand: Literal["offen", "open", "begun", "done", "dropped"] | None = None
    frist: Literal["naechste", "ueberfaellig"] | None = None
    sicht: Literal["oeffentlich", "intern"] | None = None
    suche: Annotated[str, Meta(max_length=100)] = ""

    def shows(self, one: OutcomeView, day: date) -> bool:
        details = one.details
        text = " ".join((details.field, details.step, details.responsible, localized(one.event.title).text))
        return (
            (self.stand is None or one.status == self.stand or (self.stand == "offen" and one.status in PENDING))
            and (self.frist is None or self._is_due(one, day + DUE[self.frist]))
            and (self.sicht is None or one.is_released == (self.sicht == "oeffentlich"))
            and is_found(self.suche, text)
        )

    def _is_due(self, one: OutcomeView, until: date) -> bool:
        return one.status in PENDING and one.details.due_on is not None and one.details.due_on <= until


@get(PATH, guards=[needs("read_figures")])
async def list_outcomes(
    request: Asked, staff: SignedIn, seite: FromQuery[int] = 1, meldung: Text = ""
) -> Response[bytes]:
    wished, errors = parse_form(OutcomeFilter, request.query_params)
    found = await _found(wished or OutcomeFilter())
    return staff_page(
        "staff/outcomes/list.html",
        staff,
        status=422 if errors else 200,
        notice=meldung,
        filters=Filled(typed(request.query_params), errors),
        is_filtered=wished not in (None, OutcomeFilter()),
        found=page_of(found, seite),
        names={code: _(text) for code, text in NAMES.items()},
        labels={name: _(text) for name, text in FIELDS.items()},
        day=today(),
    )


@get(PATH + ".csv", guards=[needs("read_figures")])
async def download_csv(request: Asked) -> Response[Any]:
    wished, _errors = parse_form(OutcomeFilter, request.query_params)
    return _file(_as_csv(await _found(wished or OutcomeFilter())), "csv", "text/csv")


@get(PATH + ".json", guards=[needs("read_figures")])
async def download_json(request: Asked) -> Response[Any]:
    wished, _errors = parse_form(OutcomeFilter, request.query_params)
    rows = [_row(one) for one in await _found(wished or OutcomeFilter())]
    return _file(json.dumps(rows, ensure_ascii=False, indent=2), "json", "application/json")


async def _found(wished: OutcomeFilter) -> list[OutcomeView]:
    return [one for one in await all_outcomes() if wished.shows(one, today())]


def _as_csv(found: list[OutcomeView]) -> str:
    """As German spreadsheets open it with a double click: byte order mark, semicolons, CRLF."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    heads = {**FIELDS, "event": "Veranstaltung", "date": "Datum", "released": "Veröffentlicht"}
    writer.writerow([_(heads[name]) for name in _COLUMNS])
    for one in found:
        row = _row(one) | {"status": _(NAMES[one.status])}
        writer.writerow([csv_safe(_day(row[name])) for name in _COLUMNS])
    return text.getvalue()


_COLUMNS = (
    "event", "date", "field", "step", "responsible", "recommendation", "adopted_by", "adopted_on", "due_on", "status",
    "measure", "followed_by", "released",
)  # fmt: skip
"""Whom the office asks is not among them: it is for the office alone."""


def _row(one: OutcomeView) -> dict[str, str]:
    """Days as in ISO 8601; codes as they are stored."""
    details = one.details
    days = {
        "date": one.event.starts_at and one.event.starts_at.astimezone(BERLIN).date(),
        "adopted_on": details.adopted_on,
    }
    days |= {"due_on": details.due_on, "released": one.released_at and one.released_at.astimezone(BERLIN).date()}
    texts = ("field", "step", "responsible", "recommendation", "adopted_by", "measure")
    found = {name: getattr(details, name) for name in texts} | {
        name: day.isoformat() if day else "" for name, day in days.items()
    }
    found |= {"event": localized(one.event.title).text, "status": one.status}
    found["followed_by"] = localized(one.followed_by.title).text if one.followed_by else ""
    return {name: found[name] for name in _COLUMNS}


def _day(text: str) -> str:
    """A day of ISO 8601 as it is written in German."""
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}" if len(text) == 10 else text
    except ValueError:
        return text


def _file(content: str, ending: str, media_type: str) -> Response[Any]:
    headers = {"Content-Disposition": attachment(f"handlungsschritte-{today()}.{ending}")}
    return Response(content, media_type=media_type, headers=headers)


handlers = (team(list_outcomes, download_csv, download_json),)
