"""Mails of invitations: the invitation itself, a reminder to the silent, the question to a delegate."""

from datetime import datetime
from uuid import UUID

from events.invitations.invited import InvitationView, invitation_address, invitations_of
from events.invitations.inviting import message_in
from events.invitations.mailings.batches import BATCH
from events.invitations.rules import why_not_send
from events.invitations.tables import Invitation
from events.kit.translation import localized
from events.mail.actions import queue
from events.mail.composing import Bulk, ComposedMail, compose
from events.mail.opt_outs import opted_out, unsubscribe_address
from events.mail.tables import Mailing
from events.mail.undeliverable import undeliverable_among
from events.office.queries import office
from events.programme.entries import address_of
from events.programme.queries import EventView, event_by_id
from events.registration.queries import booking_of
from events.registration.recipients import line, recipient_of, written

LIST_ID = "einladungen"


async def write_invitations(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """To the prepared ones, which are invited from then on."""
    event, todo = await _next(mailing, "prepared", now)
    if event is None or not todo:
        return []
    await _mark(todo, {Invitation.status: "invited", Invitation.invited_at: now})
    return [await _mail(mailing, event, one) for one in todo]


async def write_invitation_reminders(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """To those who were asked before this mailing was started and are silent still."""
    event, todo = await _next(mailing, "invited", now)
    if event is None or not todo:
        return []
    await _mark(todo, {Invitation.reminded_at: now})
    return [await _mail(mailing, event, one) for one in todo]


async def _next(mailing: Mailing, status: str, now: datetime) -> tuple[EventView | None, list[InvitationView]]:
    event = await event_by_id(mailing.about)
    if event is None or why_not_send(event, now):
        return None, []
    meant = [one for one in await invitations_of(event.id) if one.status == status and _is_due(one, mailing)]
    addresses = [one.email for one in meant]
    left_out = await opted_out(addresses) | await undeliverable_among(addresses)
    return event, [one for one in meant if one.email not in left_out][:BATCH]


def _is_due(one: InvitationView, mailing: Mailing) -> bool:
    if mailing.kind == "invitation":
        return one.created_at <= mailing.created_at
    reminded = one.reminded_at is not None and one.reminded_at >= mailing.created_at
    return not reminded and one.invited_at is not None and one.invited_at <= mailing.created_at


async def _mark(chosen: list[InvitationView], values: dict[object, object]) -> None:
    await Invitation.update(values).where(Invitation.id.is_in([one.id for one in chosen]))  # type: ignore[arg-type]


async def _mail(mailing: Mailing, event: EventView, one: InvitationView) -> ComposedMail:
    return compose(
        mailing.kind,
        to=one.email,
        language=one.language,
        about=f"mailing:{mailing.id}",
        context=await mail_context(event, one, message_in(mailing.facts, one.language)),
        mailing=mailing.id,
        useful_until=event.starts_at,
        bulk=Bulk(LIST_ID, unsubscribe_address(one.email, one.language)),
    )


async def mail_context(event: EventView, one: InvitationView, message: str) -> dict[str, object]:
    """What the templates of both mails need; `message` is the office's, in the language of the invitation."""
    return {
        "office": await office(),
        "name": one.name,
        "organisation": one.organisation_name,
        "event": event,
        "title": localized(event.title, one.language).text,
        "message": message,
        "places": one.places,
        "hold_until": one.hold_until,
        "address": address_of(event, one.language),
        "link": invitation_address(one.id, one.link_version, one.language),
        "unsubscribe": unsubscribe_address(one.email, one.language),
    }


async def queue_delegate_asked(one: InvitationView, event: EventView, booking_id: UUID, now: datetime) -> None:
    """To the colleague somebody named: who that was, and the button to confirm."""
    booking = await booking_of(booking_id)
    if booking is None or not booking.registrations:
        return
    to = recipient_of(booking, booking.people)
    lines = [line(event, booking.registrations[0], to.language)]
    inviter = one.name or one.organisation_name
    mail = await written("delegate_asked", to, f"booking:{booking.id}", lines=lines, inviter_name=inviter, event=event)
    await queue(mail, now=now)
