"""Showing steps for action to everybody: first as they would look, with what keeps one back; and taking one back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from events.kit.clock import now
from events.kit.forms import parse_form
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.outcomes.actions import release_outcomes, take_back_outcome
from events.outcomes.queries import OutcomeView, outcomes_of
from events.outcomes.rules import why_no_page, why_not_public
from events.outcomes.status import NAMES
from events.outcomes.wording import FIELDS, next_step, refusal_text
from events.programme.queries import EventView
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.outcomes import OUTCOME, PATH, here, outcome_in_sight

RELEASE = PATH + "/freigabe"


class ReleaseForm(Struct):
    step: tuple[UUID, ...] = ()


@get(RELEASE, guards=[needs("plan")])
async def preview(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _page(staff, event)


@post(RELEASE, guards=[needs("plan")])
async def release(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    form, _errors = parse_form(ReleaseForm, await request.form())
    if form is None:
        raise NotFound
    try:
        await release_outcomes(event.id, form.step, by=staff.actor, now=now())
    except Refused as refused:
        said = dict.fromkeys(refusal_text(one) for one in refused.reasons)
        return await _page(staff, event, form.step, {"": " ".join(said)}, 409)
    return see(here(event.id), "schritte_oeffentlich")


@post(OUTCOME + "/zuruecknehmen", guards=[needs("plan")])
async def take_back(staff: SignedIn, outcome_id: FromPath[UUID]) -> Response[Any]:
    found = await outcome_in_sight(staff, outcome_id)
    await take_back_outcome(found.id, by=staff.actor, now=now())
    return see(here(found.event.id), "schritt_zurueck")


async def _page(
    staff: SignedIn,
    event: EventView,
    chosen: Collection[UUID] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[bytes]:
    """All that may be shown is ticked at first; what has to be changed before stands behind it."""
    against = why_no_page(event.status, event.series_id)
    hidden = [(one, _problems(one)) for one in await outcomes_of(event.id) if not one.is_released]
    ready = [one for one, found in hidden if not found]
    return staff_page(
        "staff/outcomes/release.html",
        staff,
        status=status,
        event=event,
        ready=ready,
        chosen=[one.id for one in ready if chosen is None or one.id in chosen],
        problems=[(one, found) for one, found in hidden if found],
        form=Filled({}, errors or {}),
        against=f"{refusal_text(against)} {next_step(against)}" if against else "",
        names={code: _(text) for code, text in NAMES.items()},
    )


def _problems(one: OutcomeView) -> list[str]:
    return [f"{_(FIELDS[str(why.facts['field'])])}: {refusal_text(why)}" for why in why_not_public(one.details)]


handlers = (team(preview, release, take_back),)
