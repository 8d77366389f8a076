"""Sending the invitations of an event and reminding the silent: the mail is looked at first, then it goes to all."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, get, post

from events.invitations.forms import MessageForm
from events.invitations.invited import InvitationView
from events.invitations.inviting import remind_silent, send_invitations
from events.invitations.previews import preview, send_trial
from events.invitations.rules import why_not_send
from events.invitations.standing import sent_for, standing_of
from events.kit.clock import now
from events.kit.forms import parse_form, typed
from events.kit.refusals import Refusal, Refused, refuse_if
from events.kit.translation import LANGUAGES, SOURCE
from events.mail.rendering import Texts
from events.programme.queries import EventView
from events.web.guards import EventInSight, SignedIn, needs, team
from events.web.staff.frame import Filled, see, staff_page
from events.web.staff.invitations import LIST, address_of_list

SEND, REMIND = LIST + "/senden", LIST + "/erinnern"
INVITATION, REMINDER = "invitation", "invitation_reminder"
NOBODY = {INVITATION: "nobody_to_invite", REMINDER: "nobody_to_remind"}

Sending = Request[Any, Any, Any]


@get(SEND, guards=[needs("handle_mails")])
async def look_at_invitation(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _page(staff, event, INVITATION, Filled(await _last_message(event, INVITATION)))


@post(SEND, guards=[needs("handle_mails")])
async def send(request: Sending, staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(MessageForm, sent)
    if form is None or form.action != "send":
        return await _looked_at(staff, event, INVITATION, form, Filled(typed(sent), errors))
    await send_invitations(event.id, form.message, by=staff.actor, now=now())
    return see(address_of_list(event), "eingeladen")


@get(REMIND, guards=[needs("handle_mails")])
async def look_at_reminder(staff: SignedIn, event: EventInSight) -> Response[bytes]:
    return await _page(staff, event, REMINDER, Filled(await _last_message(event, REMINDER)))


@post(REMIND, guards=[needs("handle_mails")])
async def remind(request: Sending, staff: SignedIn, event: EventInSight) -> Response[Any]:
    sent = await request.form()
    form, errors = parse_form(MessageForm, sent)
    if form is None or form.action != "send":
        return await _looked_at(staff, event, REMINDER, form, Filled(typed(sent), errors))
    await remind_silent(event.id, form.message, by=staff.actor, now=now())
    return see(address_of_list(event), "erinnert")


async def _looked_at(
    staff: SignedIn, event: EventView, kind: str, form: MessageForm | None, filled: Filled
) -> Response[bytes]:
    """The page again with the mail as it reads now; on its way there a trial may go to whoever asked for it."""
    if form is None:
        return await _page(staff, event, kind, filled, {}, status=422)
    if form.action == "trial":
        recipients = await _recipients(event, kind)
        await send_trial(kind, event, recipients[0], form.message, staff.email, now=now())
    return await _page(staff, event, kind, filled, form.message, notice="testmail" if form.action == "trial" else "")


async def _page(
    staff: SignedIn,
    event: EventView,
    kind: str,
    form: Filled,
    message: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> Response[bytes]:
    recipients = await _recipients(event, kind)
    shown = form.values if message is None else message
    return staff_page(
        "staff/invitations/send.html",
        staff,
        status=status,
        notice=notice,
        event=event,
        kind=kind,
        form=form,
        recipients=recipients,
        languages=_languages_of(recipients),
        previews=await _previews(kind, event, recipients, shown),
    )


async def _recipients(event: EventView, kind: str) -> list[InvitationView]:
    """Raises Refused when nobody gets one, or the event is not one to invite to."""
    refuse_if(why_not_send(event, now()))
    standing = await standing_of(event.id)
    found = standing.to_invite if kind == INVITATION else standing.to_remind
    if not found:
        raise Refused(Refusal(NOBODY[kind]))
    return found


async def _last_message(event: EventView, kind: str) -> dict[str, str]:
    """What the last mail of this kind said: those who come later read the same."""
    return next((one.message for one in await sent_for(event.id) if one.kind == kind), {})


async def _previews(
    kind: str, event: EventView, recipients: Sequence[InvitationView], message: Mapping[str, str]
) -> list[tuple[InvitationView, str, Texts]]:
    """For each language, what the first person who reads it gets."""
    first = {one.language: one for one in reversed(recipients)}
    ordered = [(code, first[code]) for code in LANGUAGES if code in first]
    return [(one, LANGUAGES[code].name, await preview(kind, event, one, message)) for code, one in ordered]


def _languages_of(recipients: Sequence[InvitationView]) -> list[tuple[str, str, str, int]]:
    """Code, name, direction, how many read it; German always, for it stands in for the others."""
    counted = [(code, sum(one.language == code for one in recipients)) for code in LANGUAGES]
    return [(code, LANGUAGES[code].name, LANGUAGES[code].dir, n) for code, n in counted if n or code == SOURCE]


handlers = (team(look_at_invitation, send, look_at_reminder, remind),)
