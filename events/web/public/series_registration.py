"""Signing up for a series: all of it or picked events, as one booking."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refusal, Refused
from events.kit.translation import current_language
from events.kit.translation import gettext as _
from events.programme.queries import SeriesView, series_by_slug
from events.registration import rules
from events.registration.actions import register
from events.registration.forms import PickForm, sign_up_from, strictest_form
from events.registration.links import receipt_token
from events.registration.queries import public_seats
from events.registration.receipts import receipt_behind
from events.web.public.filled import NEVER_KEPT, Filled, blank, refused, refused_by_spam_checks, typed_again
from events.web.template_words import link
from events.web.templating import page

PATH = "/reihen/{slug:str}/anmeldung"


@get(PATH, include_in_schema=False)
async def show_form(slug: FromPath[str]) -> Response[bytes]:
    series = await _series(slug)
    picked = [str(event.id) for event in series.events if rules.why_not_sign_up(event, now()) is None]
    if not picked:
        raise Refused(Refusal("sign_up_closed"))
    return await _form(series, blank(events=picked))


@post(PATH, status_code=303, include_in_schema=False)
async def sign_up(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    series = await _series(slug)
    sent = await request.form()
    picks, wrong = parse_form(PickForm, sent)
    chosen = _chosen(series, picks.events if picks else [])
    form, errors = parse_form(strictest_form([event.policy for event in chosen or series.events]), sent)
    errors = {**wrong, **errors, **({} if chosen else {"events": _("Bitte wählen Sie mindestens eine Veranstaltung.")})}
    if form is None or errors:
        return await _form(series, typed_again(sent, errors), 422)
    stopped = await refused_by_spam_checks(request, form, slug)
    if stopped is not None:
        return await _form(series, typed_again(sent, stopped.errors), stopped.status, stopped.headers)
    wanted = sign_up_from(form, tuple(event.id for event in chosen), current_language(), series.id)
    try:
        receipt = await register(wanted, by=SYSTEM, now=now())
    except Refused as refusal:
        return await _form(series, _without_refused(series, sent, refusal), 409)
    return Redirect(link(f"/reihen/{slug}/anmeldung/eingang/{receipt_token(receipt.booking)}"), status_code=303)


@get(PATH + "/eingang/{receipt:str}", include_in_schema=False)
async def show_receipt(slug: FromPath[str], receipt: FromPath[str]) -> Response[bytes]:
    shown = await receipt_behind(receipt)
    return page("public/registration/receipt.html", headers=NEVER_KEPT, receipt=shown, back=f"/reihen/{slug}")


async def _series(slug: str) -> SeriesView:
    series = await series_by_slug(slug)
    if series is None:
        raise NotFound
    return series


def _chosen(series: SeriesView, picked: list[UUID]) -> list[Any]:
    return [event for event in series.events if event.id in picked]


def _without_refused(series: SeriesView, sent: Any, refusal: Refused) -> Filled:
    """All reasons, and the form with those boxes unticked: one button for the rest."""
    slugs = {reason.facts.get("event") for reason in refusal.reasons}
    against = {str(event.id) for event in series.events if event.slug in slugs}
    form = typed_again(sent, refused(refusal))
    kept = [id for id in sent.getall("events", []) if id not in against]
    return Filled({**form.values, "events": kept}, form.errors)


async def _form(
    series: SeriesView, form: Filled, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    at = now()
    return page(
        "public/registration/series_form.html",
        status=status,
        headers={**NEVER_KEPT, **(headers or {})},
        series=series,
        refusals={event.id: rules.why_not_sign_up(event, at) for event in series.events},
        seats=await public_seats([event.id for event in series.events], at),
        form=form,
        needs_email=any(event.policy.needs_email for event in series.events),
        max_party=min((event.policy.max_party for event in series.events), default=1),
    )


handlers = (show_form, sign_up, show_receipt)
