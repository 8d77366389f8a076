"""A partner's page behind its mailed link: the dates of one event and its own numbers. No names, no list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from events.accounts.throttle import too_many
from events.attendance.facts import Count
from events.attendance.forms import CountRow, count_rows, read_counts, shown_place
from events.evidence.partner_counts import partner_counts, record_partner_counts, station_of, why_not_enter_now
from events.kit.clock import now
from events.kit.forms import typed
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.translation import gettext as _
from events.office.queries import office
from events.programme.partners import PartnerLink, partner_behind
from events.programme.queries import DateView, EventView, event_by_id
from events.web.errors import refusal_text
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.public.partner_words import SCOPES, dimension_title, said, value_label
from events.web.template_words import link
from events.web.templating import page

PARTNER = "/partner/{token:str}"
SAVINGS = (60, timedelta(minutes=15))
"""How often one link saves numbers."""


@dataclass(frozen=True)
class Opened:
    token: str
    partner: PartnerLink
    event: EventView

    @property
    def here(self) -> str:
        return link(f"/partner/{self.token}")


@dataclass(frozen=True)
class DateLine:
    """A date with what was said about it; `why_not` is why nothing can be said now."""

    date: DateView
    counts: tuple[tuple[str, int], ...]
    why_not: Refusal | None
    reason: str


@get(PARTNER, include_in_schema=False)
async def show_dates(token: FromPath[str], meldung: FromQuery[str] = "") -> Response[bytes]:
    found = await _opened(token)
    if not found.partner.is_running(found.event, now()):
        return await _ended()
    counts = await partner_counts(found.partner, [date.id for date in found.event.dates])
    lines = [await _line(found.event, date, counts.get(date.id, [])) for date in found.event.dates]
    return page(
        "public/partner/show.html",
        headers=NEVER_KEPT,
        **_context(found),
        lines=lines,
        notice=_("Vielen Dank. Ihre Zahlen sind gespeichert.") if meldung == "danke" else "",
    )


@get(PARTNER + "/{event_date_id:uuid}", include_in_schema=False)
async def ask_for_numbers(token: FromPath[str], event_date_id: FromPath[UUID]) -> Response[bytes]:
    found = await _opened(token)
    if not found.partner.is_running(found.event, now()):
        return await _ended()
    date = _date_of(found.event, event_date_id)
    refuse_if(await why_not_enter_now(found.event, date, now()))
    return await _form(found, date)


@post(PARTNER + "/{event_date_id:uuid}", status_code=303, include_in_schema=False)
async def save_numbers(
    request: Request[Any, Any, Any], token: FromPath[str], event_date_id: FromPath[UUID]
) -> Response[Any]:
    found = await _opened(token)
    if not found.partner.is_running(found.event, now()):
        return await _ended()
    date, sent = _date_of(found.event, event_date_id), await request.form()
    counts, errors = read_counts(sent)
    errors = errors or await _nothing_said(found, date, counts)
    if errors:
        return await _form(found, date, Filled(typed(sent), errors), 422)
    if await _is_too_often(found.partner):
        errors = {"": _("Das waren zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie uns an.")}
        return await _form(found, date, Filled(typed(sent), errors), 429)
    await record_partner_counts(found.partner, date.id, counts, now=now())
    return Redirect(f"{found.here}?meldung=danke", status_code=303)


async def _opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    partner = await partner_behind(token)
    event = await event_by_id(partner.event_id)
    if event is None:
        raise NotFound
    return Opened(token, partner, event)


async def _ended() -> Response[bytes]:
    return page("public/partner/ended.html", status=410, headers=NEVER_KEPT, office=await office())


async def _nothing_said(found: Opened, date: DateView, counts: list[Count]) -> dict[str, str]:
    """Numbers that stand there already may be sent again; a form that never held one says nothing."""
    if counts or await partner_counts(found.partner, [date.id]):
        return {}
    return {"": _("Bitte tragen Sie mindestens eine Zahl ein.")}


async def _line(event: EventView, date: DateView, counts: list[Count]) -> DateLine:
    why_not = await why_not_enter_now(event, date, now())
    numbers = tuple((value_label(one.dimension, one.value), one.heads) for one in counts)
    return DateLine(date, numbers, why_not, refusal_text(why_not) if why_not else "")


async def _form(found: Opened, date: DateView, form: Filled | None = None, status: int = 200) -> Response[bytes]:
    counts = (await partner_counts(found.partner, [date.id])).get(date.id, [])
    scope = counts[0].scope if counts else "everyone"
    rows = count_rows(found.event, counts, station_of(found.partner))
    return page(
        "public/partner/numbers.html",
        status=status,
        headers=NEVER_KEPT,
        **_context(found),
        date=date,
        page=uuid4(),
        form=form or Filled({"scope": scope}),
        place=shown_place("", scope),
        scopes=[(code, _(text)) for code, text in SCOPES.items()],
        groups=_groups(rows),
        labels={f"count-{row.number}-heads": said(row.dimension, row.value) for row in rows},
    )


def _groups(rows: list[CountRow]) -> list[tuple[str, list[tuple[CountRow, str]]]]:
    """By dimension, in the order in which the event asks for them."""
    groups: dict[str, list[tuple[CountRow, str]]] = {}
    for row in rows:
        label = value_label(row.dimension, row.value) if row.label else ""
        groups.setdefault(row.dimension, []).append((row, label))
    return [(dimension_title(dimension), found) for dimension, found in groups.items()]


def _date_of(event: EventView, date_id: UUID) -> DateView:
    date = next((one for one in event.dates if one.id == date_id), None)
    if date is None:
        raise NotFound
    return date


def _context(found: Opened) -> Mapping[str, Any]:
    return {"here": found.here, "partner": found.partner, "event": found.event}


async def _is_too_often(partner: PartnerLink) -> bool:
    return await too_many(f"partner-numbers:{partner.id}", *SAVINGS, now()) is not None


handlers = (show_dates, ask_for_numbers, save_numbers)
