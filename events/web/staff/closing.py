"""Closing a date: what will be counted, then the button; later corrections are differences."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.attendance.queries import facts_of, notes_of
from events.attendance.sheets.scans import scans_of
from events.attendance.wording import DIMENSIONS
from events.evidence.actions import close_date, correct_date
from events.evidence.checklist import findings, needs_explanation
from events.evidence.forms import ClosingForm
from events.evidence.preview import preview, so_far
from events.evidence.queries import as_held, evidence_of
from events.evidence.rules import why_not_close
from events.evidence.wording import FINDINGS, KINDS, refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refused
from events.kit.translation import gettext as _
from events.programme.queries import DateView, EventView
from events.programme.rules import teaching_units
from events.reports.wording import value_in_words
from events.web.guards import DateInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

Text = Annotated[str, QueryParameter(max_length=60)]


@get("/team/anwesenheit/{event_date_id:uuid}/abschluss", guards=[needs("close_dates")])
async def show_closing(staff: SignedIn, found: DateInSight, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, found, Filled(), notice=meldung)


@post("/team/anwesenheit/{event_date_id:uuid}/abschluss", guards=[needs("close_dates")])
async def close(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(ClosingForm, sent)
    if form is None:
        return await _page(staff, found, Filled(typed(sent), errors), 422)
    minutes, note, origin = form.countable_minutes, form.note, form.origin
    try:
        await close_date(found[0].id, by=staff.actor, now=now(), countable_minutes=minutes, note=note, origin=origin)
    except Refused as refused:
        return await _page(staff, found, Filled(typed(sent), _at_note(refused)), 422)
    return see(f"/team/anwesenheit/{found[0].id}/abschluss", "abgeschlossen")


@post("/team/anwesenheit/{event_date_id:uuid}/berichtigung", guards=[needs("close_dates")])
async def correct(request: Request[Any, Any, Any], staff: SignedIn, found: DateInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(ClosingForm, sent)
    if form is None:
        return await _page(staff, found, Filled(typed(sent), errors), 422)
    minutes = form.countable_minutes
    try:
        await correct_date(found[0].id, by=staff.actor, now=now(), countable_minutes=minutes, note=form.note)
    except Refused as refused:
        return await _page(staff, found, Filled(typed(sent), _at_note(refused)), 422)
    return see(f"/team/anwesenheit/{found[0].id}/abschluss", "berichtigt")


def _at_note(refused: Refused) -> dict[str, str]:
    """What is missing is told at the field where it goes; everything else is a refusal as any other."""
    at_note = [
        reason for reason in refused.reasons if reason.code in ("explanation_missing", "correction_without_reason")
    ]
    if len(at_note) < len(refused.reasons):
        raise refused
    return {"note": " ".join(map(refusal_text, at_note))}


async def _page(
    staff: SignedIn, found: tuple[DateView, EventView], form: Filled, status: int = 200, notice: str = ""
) -> Response[bytes]:
    date, event = found
    held = as_held(date, event)
    ledger = (await evidence_of([date.id])).get(date.id, ())
    refusal = why_not_close(held, bool(ledger), now())
    facts = (await facts_of({date.id: event.id}))[date.id]
    checks = findings(facts, event.policy.dimensions)
    return staff_page(
        "staff/attendance/closing.html",
        staff,
        status=status,
        notice=notice,
        form=form,
        date=date,
        event=event,
        ledger=ledger,
        kinds=KINDS,
        why_not=refusal_text(refusal) if refusal else "",
        counted=so_far(ledger) if ledger else preview(held, facts),
        checks=[(one.weight, _(FINDINGS[one.code], **one.facts)) for one in checks],
        needs_note=needs_explanation(checks),
        notes=await notes_of(date.id),
        scans=await scans_of(date.id),
        units=teaching_units(held.minutes),
        dimensions=DIMENSIONS,
        value_label=value_in_words,
    )


handlers = (team(show_closing, close, correct),)
