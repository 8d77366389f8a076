"""What a workshop agreed on: written down during the event, one step after the other, and put into order."""

from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from events.accounts.rules import may
from events.kit.clock import now, today
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound
from events.kit.translation import gettext as _
from events.outcomes.actions import add_outcome, move_outcome, remove_outcome
from events.outcomes.forms import QuickForm
from events.outcomes.queries import OutcomeView, outcome_by_id, outcomes_of
from events.outcomes.status import NAMES
from events.outcomes.wording import FIELDS
from events.programme.queries import EventView, organisations
from events.web.guards import EventInSight, SignedIn, needs, sees_event, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/veranstaltungen/{event_id:uuid}/ergebnisse"
OUTCOME = "/team/ergebnisse/{outcome_id:uuid}"
Text = Annotated[str, QueryParameter(max_length=60)]
Asked = Request[Any, Any, Any]
SAVED = "schritt"


@get(PATH, guards=[needs("read")])
async def show_outcomes(
    staff: SignedIn, event: EventInSight, meldung: Text = "", verschoben: FromQuery[UUID | None] = None
) -> Response[bytes]:
    """`verschoben`: whose buttons stand open, to be moved on."""
    return await _page(staff, event, notice=meldung, moved=verschoben)


@post(PATH, guards=[needs("record_attendance")])
async def write_down(request: Asked, staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(QuickForm, sent)
    if form is None:
        return await _page(staff, event, Filled(typed(sent), errors), 422)
    await add_outcome(event.id, form.id, form.details, by=staff.actor, now=now())
    return see(here(event.id), SAVED)


@post(OUTCOME + "/verschieben", guards=[needs("record_attendance")])
async def move(request: Asked, staff: SignedIn, outcome_id: FromPath[UUID]) -> Response[Any]:
    """Up unless it says down."""
    found = await outcome_in_sight(staff, outcome_id)
    down = "ab" in (await request.form()).getall("wohin", [])
    await move_outcome(found.id, not down)
    return see(f"{here(found.event.id)}?verschoben={found.id}#schritt-{found.id}")


@post(OUTCOME + "/loeschen", guards=[needs("record_attendance")])
async def remove(staff: SignedIn, outcome_id: FromPath[UUID]) -> Response[Any]:
    found = await outcome_in_sight(staff, outcome_id)
    await remove_outcome(found.id, by=staff.actor, now=now())
    return see(here(found.event.id), "schritt_weg")


async def outcome_in_sight(staff: SignedIn, outcome_id: UUID) -> OutcomeView:
    """Raises NotFound when its event is not theirs to see."""
    found = await outcome_by_id(outcome_id)
    if found is None or not await sees_event(staff, found.event):
        raise NotFound
    return found


async def institutions() -> list[str]:
    """What is offered while somebody types who is responsible."""
    return [one.name for one in await organisations()]


def here(event_id: UUID) -> str:
    return PATH.replace("{event_id:uuid}", str(event_id))


async def _page(
    staff: SignedIn,
    event: EventView,
    form: Filled | None = None,
    status: int = 200,
    notice: str = "",
    moved: UUID | None = None,
) -> Response[bytes]:
    steps = await outcomes_of(event.id)
    last = steps[-1].details.field if steps else ""
    writes = may(staff.role, "record_attendance")
    return staff_page(
        "staff/outcomes/event.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        steps=steps,
        moved=moved,
        is_next=notice == SAVED,
        form=form or Filled({"id": str(uuid4()), "field": last}),
        fields=list(dict.fromkeys(one.details.field for one in steps)),
        institutions=await institutions() if writes else [],
        labels={name: _(text) for name, text in FIELDS.items()},
        names={code: _(text) for code, text in NAMES.items()},
        day=today(),
    )


handlers = (team(show_outcomes, write_down, move, remove),)
