"""The review of whoever led an event: a draft of their own, final once signed; the office reads what is signed."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, get, post
from litestar.params import QueryParameter

from events.accounts.rules import may
from events.feedback.forms import REVIEW, ReviewForm
from events.feedback.reviews import leads, reviews_of, write_review
from events.feedback.rounds import round_of
from events.feedback.wording import REVIEW as ASKED
from events.feedback.wording import refusal_text
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import NotFound, Refused
from events.kit.translation import gettext
from events.programme.queries import EventView
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page

PATH = "/team/veranstaltungen/{event_id:uuid}/rueckblick"
Text = Annotated[str, QueryParameter(max_length=60)]

FIELDS = {"review_without_name": "name", "review_empty": "went"}


@get(PATH, guards=[needs("read")])
async def show_reviews(staff: SignedIn, event: EventInSight, meldung: Text = "") -> Response[bytes]:
    return await _page(staff, event, notice=meldung)


@post(PATH, guards=[needs("read")])
async def write(request: Request[Any, Any, Any], staff: SignedIn, event: EventInSight) -> Response[Any]:
    if not await leads(staff.id, event):
        raise NotFound
    sent = await request.form()
    form, errors = parse_form(ReviewForm, sent)
    if form is None:
        return await _page(staff, event, Filled(typed(sent), errors), 422)
    is_final = form.action == "sign"
    try:
        signed_as = form.name if is_final else None
        await write_review(event.id, staff.id, form.answers, signed_as=signed_as, now=now())
    except Refused as refused:
        said = {FIELDS.get(one.code, ""): refusal_text(one) for one in refused.reasons}
        status: Literal[409, 422] = 422 if all(said) else 409
        return await _page(staff, event, Filled(typed(sent), said), status)
    return see(PATH.replace("{event_id:uuid}", str(event.id)), "rueckblick_fertig" if is_final else "gespeichert")


async def _page(
    staff: SignedIn, event: EventView, form: Filled | None = None, status: int = 200, notice: str = ""
) -> Response[bytes]:
    led, reads = await leads(staff.id, event), may(staff.role, "read_figures")
    if not led and not reads:
        raise NotFound
    known = await reviews_of(event.id)
    own = next((one for one in known if one.staff_id == staff.id), None)
    return staff_page(
        "staff/reviews/event.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        led=led,
        own=own,
        form=form or Filled({**(own.answers if own else {}), "name": ""}),
        signed=[one for one in known if one.is_signed and (reads or one.staff_id == staff.id)],
        asked=[(code, gettext(ASKED[code])) for code in REVIEW],
        has_round=await round_of(event.id) is not None,
    )


handlers = (team(show_reviews, write),)
