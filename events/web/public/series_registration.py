"""Signing up for a series: all of it or picked events, as one booking."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.forms import Form, parse_form
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import current_language
from events.kit.translation import gettext as _
from events.programme.bookable import BookableEvent, bookable_series
from events.programme.queries import EventView, SeriesView, series_by_slug
from events.registration import rules
from events.registration.actions import register
from events.registration.covered import institutions_for
from events.registration.forms import PickForm, together
from events.registration.links import receipt_token
from events.registration.reading import Sent, asked_by, read_sign_up
from events.registration.receipts import receipt_behind
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused, refused_by_spam_checks, typed_again
from events.web.public.other_people import with_other_people
from events.web.public.sign_up_page import sign_up_page
from events.web.template_words import link
from events.web.templating import page

FORM = "public/registration/series_form.html"
MENDED_ELSEWHERE = {
    "named_twice",
    "too_many_people",
    "party_too_small",
    "party_too_large",
    "email_needed",
    "option_full",
}
"""Refusals that say nothing against the event itself."""

PATH = "/reihen/{slug:str}/anmeldung"


@get(PATH, include_in_schema=False)
async def show_form(slug: FromPath[str]) -> Response[bytes]:
    series = await _series(slug)
    open_ones = _open_events(series)
    if not open_ones:
        raise Refused(Refusal("sign_up_closed"))
    picked = [str(event.id) for event in open_ones]
    return await sign_up_page(FORM, open_ones, blank(events=picked), series=series)


@post(PATH, status_code=303, include_in_schema=False)
async def sign_up(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    offered = await bookable_series(slug)
    if not offered:
        raise NotFound
    sent = await request.form()
    changed = with_other_people(sent, together(event.policy for event in offered).max_people)
    if changed is not None:
        return await _again(slug, changed)
    read, errors = await _read(offered, sent)
    if read is None:
        return await _again(slug, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, read.form, slug)
    if stopped is not None:
        return await _again(slug, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    try:
        receipt = await register(read.sign_up, by=SYSTEM, now=now())
    except Refused as refusal:
        return await _again(slug, _without_refused(offered, sent, refusal), 409)
    return Redirect(link(f"/reihen/{slug}/anmeldung/eingang/{receipt_token(receipt.booking)}"), status_code=303)


@get(PATH + "/eingang/{receipt:str}", include_in_schema=False)
async def show_receipt(slug: FromPath[str], receipt: FromPath[str]) -> Response[bytes]:
    shown = await receipt_behind(receipt, slug)
    return page("public/registration/receipt.html", headers=NEVER_KEPT, receipt=shown, back=f"/reihen/{slug}")


async def _read(offered: Sequence[BookableEvent], sent: Form) -> tuple[Sent | None, dict[str, str]]:
    """Only what the chosen events ask counts; where none is chosen, what all of them ask."""
    picks, wrong = parse_form(PickForm, sent)
    chosen = [event for event in offered if picks and event.id in picks.events]
    events = chosen or offered
    asked = asked_by(events, await institutions_for(events), offered[0].series_id)
    read, errors = read_sign_up(asked, sent, current_language())
    if not chosen:
        wrong = {"events": _("Bitte wählen Sie mindestens eine Veranstaltung."), **wrong}
    return (None if wrong else read), {**wrong, **errors}


async def _series(slug: str) -> SeriesView:
    series = await series_by_slug(slug)
    if series is None:
        raise NotFound
    return series


def _open_events(series: SeriesView) -> list[EventView]:
    at = now()
    return [event for event in series.events if rules.why_not_sign_up(event, at) is None]


def _without_refused(offered: Sequence[BookableEvent], sent: Form, refusal: Refused) -> Filled:
    """All reasons, and the form with those boxes unticked: one button for the rest. Wrong names untick none."""
    slugs = {reason.facts.get("event") for reason in refusal.reasons if reason.code not in MENDED_ELSEWHERE}
    against = {str(event.id) for event in offered if event.slug in slugs}
    form = typed_again(sent, refused(refusal))
    kept = [id for id in sent.getall("events", []) if id not in against]
    return Filled({**form.values, "events": kept}, form.errors)


async def _again(
    slug: str, form: Filled, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    series = await _series(slug)
    return await sign_up_page(FORM, _open_events(series), form, status, headers, series=series)


handlers = (show_form, sign_up, show_receipt)
