"""What the office does with the outbox: send mails anew or not at all, one or many; hold the sending, go on."""

from collections import Counter
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from events.accounts.queries import StaffView
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.translation import gettext as _
from events.mail.actions import discard, discard_all, pause, resend, resend_all, resume
from events.mail.forms import DecisionForm, OutboxSearchForm, PauseForm
from events.mail.outbox_list import Wanted, held, kinds_of
from events.mail.wording import kind_text
from events.web.guards import HOME, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.outbox import PATH, filtered, outbox_page

Asked = Request[Any, Any, Any]


@post(f"{PATH}/{{mail_id:uuid}}/senden", guards=[needs("handle_mails")])
async def send_again(staff: SignedIn, mail_id: FromPath[UUID]) -> Response[Any]:
    await resend(mail_id, by=staff.actor, now=now())
    return see(f"{PATH}/{mail_id}", "mail_gesendet")


@post(f"{PATH}/{{mail_id:uuid}}/verwerfen", guards=[needs("handle_mails")])
async def throw_away(staff: SignedIn, mail_id: FromPath[UUID]) -> Response[Any]:
    await discard(mail_id, by=staff.actor, now=now())
    return see(f"{PATH}/{mail_id}", "mail_verworfen")


@post(f"{PATH}/entscheiden", guards=[needs("handle_mails")])
async def decide(request: Asked, staff: SignedIn) -> Response[Any]:
    """Ticked mails at once; all that are held only after a page that says how many and which."""
    sent = await request.form()
    form, errors = parse_form(DecisionForm, sent)
    if form is None:
        return await outbox_page(staff, sent, wrong={"": next(iter(errors.values()))}, status=422)
    found, _errors = parse_form(OutboxSearchForm, sent)
    wanted = (found or OutboxSearchForm()).wanted()
    if form.confirmed == "zurueck":
        return see(filtered(wanted))
    chosen = await held(wanted) if form.everyone else form.mails
    if not chosen:
        return await outbox_page(staff, sent, wrong={"": _("Bitte wählen Sie mindestens eine Mail aus.")}, status=422)
    if form.everyone and form.confirmed != "ja":
        return await _ask_first(staff, form, wanted, chosen)
    return see(filtered(wanted), await _decided(staff, form, chosen))


@post(f"{PATH}/anhalten", guards=[needs("handle_mails")])
async def hold(request: Asked, staff: SignedIn) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(PauseForm, sent)
    if form is None:
        return await outbox_page(staff, request.query_params, pausing=Filled(typed(sent), errors), status=422)
    await pause(form.reason, by=staff.actor, now=now())
    return see(PATH, "mail_angehalten")


@post(f"{PATH}/fortsetzen", guards=[needs("handle_mails")])
async def send_on(request: Asked, staff: SignedIn) -> Response[Any]:
    """Back to where the button was pressed."""
    await resume(by=staff.actor, now=now())
    came_from = (await request.form()).get("von")
    return see(HOME if came_from == "heute" else PATH, "mail_fortgesetzt")


async def _decided(staff: StaffView, form: DecisionForm, chosen: list[UUID]) -> str:
    """Does it; the notice to show."""
    change = resend_all if form.decision == "senden" else discard_all
    done = await change(chosen, by=staff.actor, now=now())
    if done < len(chosen):
        return "mails_teils" if done else "mails_keine"
    return "mails_gesendet" if form.decision == "senden" else "mails_verworfen"


async def _ask_first(staff: StaffView, form: DecisionForm, wanted: Wanted, chosen: list[UUID]) -> Response[bytes]:
    kinds = Counter(await kinds_of(chosen))
    return staff_page(
        "staff/outbox/decide.html",
        staff,
        decision=form.decision,
        number=len(chosen),
        kinds=[(kind_text(kind), number) for kind, number in kinds.most_common()],
        wanted=wanted,
        address=filtered(wanted),
    )


handlers = (team(decide, hold, send_on, send_again, throw_away),)
