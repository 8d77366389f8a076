"""Answering an invitation: yes with names, no, a colleague comes instead. The newest answer wins.

Each is one transaction under the event's lock, and doing it twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.invitations.invited import InvitationView
from events.invitations.inviting import locked_invitation
from events.invitations.mails import queue_delegate_asked
from events.invitations.rules import why_not_accept, why_not_answer, why_not_delegate
from events.invitations.status import Status, check_move
from events.invitations.tables import Invitation
from events.kit.actor import Actor
from events.kit.addresses import address_key, mail_address
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.programme.queries import EventView, event_by_id
from events.registration.held import seat_invited
from events.registration.signup import Person, SignUp


async def accept(
    invitation_id: UUID, people: Sequence[Person], *, by: Actor, now: datetime, notify: bool = True
) -> None:
    """These people come, nobody else of this invitation; the link proves the address. Raises NotFound, Refused."""
    async with transaction():
        one, event = await _invitation(invitation_id)
        refuse_if(why_not_accept(one, len(people), event, now))
        coming = tuple(_of_institution(person, one) for person in people)
        sign_up = SignUp((event.id,), coming, one.email, one.language, source="invitation")
        seated = await seat_invited(sign_up, one.booking_id, by=by, now=now, notify=notify)
        await _store(one, "accepted", "", seated.booking, by, now)


async def decline(invitation_id: UUID, reason: str, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Nobody comes: all places go on at once. `reason` in their words, may be empty. Raises NotFound, Refused."""
    async with transaction():
        one, event = await _invitation(invitation_id)
        refuse_if(why_not_answer(one, event, now))
        booking = one.booking_id
        if booking and one.seats:
            nobody = SignUp((event.id,), (), one.email, one.language, source="invitation")
            booking = (await seat_invited(nobody, booking, by=by, now=now, notify=notify)).booking
        await _store(one, "declined", reason.strip(), booking, by, now)


async def delegate(invitation_id: UUID, person: Person, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """A colleague comes instead, in the same seat, and has to confirm by the link we mail to them.

    Raises NotFound and Refused.
    """
    async with transaction():
        one, event = await _invitation(invitation_id)
        refuse_if(why_not_delegate(one, event, now))
        if mail_address(person.email) is None:
            raise Refused(Refusal("delegate_needs_address"))
        if address_key(person.email) == address_key(one.email):
            raise Refused(Refusal("delegate_is_invited"))
        comes = replace(_of_institution(person, one), email="")
        sign_up = SignUp((event.id,), (comes,), person.email.strip(), one.language, source="invitation", to_prove=True)
        seated = await seat_invited(sign_up, one.booking_id, by=by, now=now, notify=notify)
        if notify and seated.made:
            await queue_delegate_asked(one, event, seated.booking, now)
        await _store(one, "delegated", "", seated.booking, by, now)


async def _invitation(id: UUID) -> tuple[InvitationView, EventView]:
    one = await locked_invitation(id)
    event = await event_by_id(one.event_id)
    if event is None:
        raise NotFound
    return one, event


def _of_institution(person: Person, invitation: InvitationView) -> Person:
    """Whoever names no organisation comes from the invited one."""
    if person.organisation or person.organisation_name:
        return replace(person, party=1)
    return replace(
        person,
        organisation=invitation.organisation_id,
        organisation_name="" if invitation.organisation_id else invitation.organisation_name,
        party=1,
    )


async def _store(
    one: InvitationView, status: Status, reason: str, booking: UUID | None, by: Actor, now: datetime
) -> None:
    check_move(one.status, status)
    if (status, reason, booking) == (one.status, one.reason, one.booking_id):
        return
    await Invitation.update(
        {
            Invitation.status: status,
            Invitation.reason: reason,
            Invitation.booking: booking,
            Invitation.answered_at: now,
        }
    ).where(Invitation.id == one.id)
    facts = {"before": one.status, "after": status}
    await note(entry("answered", Invitation, id=one.id, by=by, now=now, context=one.event_id, facts=facts))
