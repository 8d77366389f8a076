"""What the pages behind an invitation's link share: what the link opens, the page itself and the way back to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.response import Redirect

from events.invitations.invited import InvitationView, invitation_behind, invitation_by_id
from events.invitations.rules import why_not_answer, why_not_delegate
from events.kit.actor import Actor, person
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.kit.translation import current_language
from events.mail.opt_outs import unsubscribe_address
from events.programme.queries import EventView, event_by_id
from events.registration.links import booking_token
from events.registration.queries import booking_of
from events.registration.tables import Participant
from events.web.errors import next_step, refusal_text
from events.web.public.filled import NEVER_KEPT, Filled
from events.web.template_words import link
from events.web.templating import page

INVITATION = "/einladung/{token:str}"


@dataclass(frozen=True)
class Opened:
    """A link that is valid, with the invitation and the event it leads to."""

    token: str
    invitation: InvitationView
    event: EventView

    @property
    def by(self) -> Actor:
        return person(self.invitation.id)


async def opened(token: str) -> Opened:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    invitation = await invitation_by_id(await invitation_behind(token))
    event = await event_by_id(invitation.event_id) if invitation else None
    if invitation is None or event is None:
        raise NotFound
    return Opened(token, invitation, event)


async def shown(found: Opened, notice: str = "") -> Response[bytes]:
    """The invitation, the answer that counts now, and what can still be answered."""
    one, moment = found.invitation, now()
    reason = why_not_answer(one, found.event, moment)
    return page(
        "public/invitations/show.html",
        headers=NEVER_KEPT,
        **_context(found),
        notice=notice,
        reason=refusal_text(reason) if reason else "",
        next_step=next_step(reason) if reason else "",
        may_delegate=why_not_delegate(one, found.event, moment) is None,
        is_held=one.hold_until is not None and one.hold_until > moment and one.status in ("prepared", "invited"),
        own=await _own_page(one),
        unsubscribe=unsubscribe_address(one.email, current_language()),
    )


def form_page(template: str, found: Opened, form: Filled, status: int = 200) -> Response[bytes]:
    return page(template, status=status, headers=NEVER_KEPT, **_context(found), form=form)


def back(found: Opened, notice: str) -> Redirect:
    return Redirect(link(f"/einladung/{found.token}?meldung={notice}"), status_code=303)


def in_words(refused: Refused) -> dict[str, str]:
    """All reasons as one message with the next step behind each."""
    sentences = [f"{refusal_text(reason)} {next_step(reason)}".strip() for reason in refused.reasons]
    return {"": " ".join(dict.fromkeys(sentences))}


async def _own_page(one: InvitationView) -> str:
    """Of those who come themselves; a colleague's own page is not theirs to open."""
    booking = await booking_of(one.booking_id) if one.status == "accepted" and one.booking_id else None
    if booking is None or not booking.active:
        return ""
    return link(f"/anmeldung/{booking_token(booking.id, booking.link_version)}")


def _context(found: Opened) -> dict[str, Any]:
    return {"token": found.token, "invitation": found.invitation, "event": found.event}


def numbered(people: Sequence[Participant], prefix: str) -> Iterator[tuple[str, str]]:
    """The fields of people beside the first, as a form that was sent would hold them."""
    for number, one in enumerate(people, 1):
        yield f"{prefix}-{number}-given_name", one.given_name
        yield f"{prefix}-{number}-family_name", one.family_name
        yield f"{prefix}-{number}-email", one.email
