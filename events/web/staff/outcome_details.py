"""One step for action with everything about it: who adopted it, until when, what was done, which event followed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter

from events.history.queries import history_of
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext as _
from events.outcomes.actions import edit_outcome
from events.outcomes.forms import OutcomeForm, milliseconds, outcome_values
from events.outcomes.queries import OutcomeView, may_follow
from events.outcomes.status import MOVES, NAMES, STATUSES
from events.outcomes.wording import FIELDS, refusal_text
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.history import told
from events.web.staff.outcomes import OUTCOME, institutions, outcome_in_sight

Text = Annotated[str, QueryParameter(max_length=60)]


@get(OUTCOME, guards=[needs("read")])
async def show_outcome(staff: SignedIn, outcome_id: FromPath[UUID], meldung: Text = "") -> Response[bytes]:
    return await _page(staff, await outcome_in_sight(staff, outcome_id), notice=meldung)


@post(OUTCOME, guards=[needs("record_attendance")])
async def save(request: Request[Any, Any, Any], staff: SignedIn, outcome_id: FromPath[UUID]) -> Response[Any]:
    found, sent = await outcome_in_sight(staff, outcome_id), await request.form()
    form, errors = parse_form(OutcomeForm, sent)
    if form is None:
        return await _page(staff, found, Filled(typed(sent), errors), 422)
    try:
        await edit_outcome(found.id, form.details, form.status, form.seen_at, by=staff.actor, now=now())
    except NotFound:
        wrong = {"followed_by": _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")}
        return await _page(staff, found, Filled(typed(sent), wrong), 422)
    except Refused as refused:
        return await _refused(staff, outcome_id, typed(sent), refused)
    return see(OUTCOME.replace("{outcome_id:uuid}", str(found.id)), "gespeichert")


async def _refused(staff: SignedIn, id: UUID, sent: dict[str, list[str]], refused: Refused) -> Response[bytes]:
    """With what was typed. After somebody else's change the page shows theirs beside it; saving again is knowing it."""
    found = await outcome_in_sight(staff, id)
    changed = any(one.code == "outcome_changed" for one in refused.reasons)
    if changed:
        sent = {**sent, "seen": [str(milliseconds(found.changed_at))]}
    said = {str(one.facts.get("field", "")): refusal_text(one) for one in refused.reasons}
    return await _page(staff, found, Filled(sent, said), 409, is_changed=changed)


async def _page(
    staff: SignedIn,
    found: OutcomeView,
    form: Filled | None = None,
    status: int = 200,
    notice: str = "",
    is_changed: bool = False,
) -> Response[bytes]:
    reachable = [code for code in STATUSES if code == found.status or code in MOVES[found.status]]
    return staff_page(
        "staff/outcomes/one.html",
        staff,
        status=status,
        notice=notice,
        found=found,
        form=form or Filled(outcome_values(found)),
        is_changed=is_changed,
        statuses=[(code, _(NAMES[code])) for code in reachable],
        names={code: _(text) for code, text in NAMES.items()},
        labels={name: _(text) for name, text in FIELDS.items()},
        events=[(str(event.id), event.with_day) for event in await may_follow(found)],
        institutions=await institutions(),
        day=today(),
        lines=await told(await history_of("outcome", found.id)),
    )


handlers = (team(show_outcome, save),)
