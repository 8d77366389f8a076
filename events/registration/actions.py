"""What can happen to a registration. Each function is one transaction: lock, count, ask the rule, save, tell.

Nothing else changes a registration. What needs the same lock is beside it: passing on freed places in `waitlist.py`,
deciding what was proven in `settling.py`.
"""

from datetime import datetime
from uuid import UUID

from events.kit.actor import Actor
from events.kit.database import is_unique_violation, transaction
from events.kit.refusals import NotFound, Refusal, Refused
from events.programme.locking import lock_events
from events.registration import mails, rows
from events.registration.answer_rows import insert_answers
from events.registration.change_rules import why_not_cancel
from events.registration.identity import fields_hash, person_key
from events.registration.newcomers import (
    after_new_ones_wait,
    decide,
    events_in_order,
    refuse_if_against,
    standing_for_newcomers,
    turns_of,
)
from events.registration.queries import BookingView, booking_of, events_of_booking
from events.registration.settling import settle
from events.registration.signup import Receipt, SignUp
from events.registration.status import is_active
from events.registration.tables import Booking, Registration
from events.registration.waitlist import fill_free_seats


async def register(sign_up: SignUp, *, by: Actor, now: datetime, notify: bool = True) -> Receipt:
    """Signs people up for events, all or nothing, and queues one mail to the contact.

    Who gives an address on the web is `unconfirmed` until the mailed link is used; otherwise the decision falls at
    once. Whoever is registered already gets a mail that says so, and the same receipt. The same submission sent twice
    yields the first receipt. Raises Refused with the reasons of all events.
    """
    digest = fields_hash(sign_up)
    try:
        return await _register(sign_up, digest, by, now, notify)
    except Exception as error:
        if not is_unique_violation(error):
            raise
    # Somebody was faster: with the same submission, or (next to never) with the same short code.
    first = await _receipt_of(sign_up.submission, digest)
    return first or await _register(sign_up, digest, by, now, notify)


async def _register(sign_up: SignUp, digest: str, by: Actor, now: datetime, notify: bool) -> Receipt:
    async with transaction():
        turns = turns_of(await lock_events(sign_up.events))
        booking = await rows.insert_booking(sign_up, digest, now)
        events = await events_in_order(sign_up.events)
        keys = [person_key(person, sign_up.contact_email) for person in sign_up.people]
        standing = await standing_for_newcomers(events, keys, now, notify)
        refuse_if_against(events, sign_up, standing, now)
        is_known = any(one.known for one in standing.values())
        known = await rows.known_registrations(events, keys) if is_known else frozenset()
        people = await rows.insert_participants(booking, sign_up)
        decided, repeated = await decide(sign_up, booking, people, events, standing, turns, known, now)
        made = [registration for registration, _ in decided]
        await rows.insert_registrations(made, by=by, now=now, reason=sign_up.override)
        await insert_answers(decided)
        await rows.insert_repeated(repeated)
        await after_new_ones_wait(made, events, standing, now)
        if notify and sign_up.contact_email:
            await mails.queue_after_sign_up(booking, people, events, made, known, now)
    return Receipt(booking.id, tuple(one.code for one in people if one.code))


async def _receipt_of(submission: str, digest: str) -> Receipt | None:
    if not submission:
        return None
    booking = await Booking.objects().get((Booking.submission == submission) & (Booking.fields_hash == digest))
    return Receipt(booking.id, await rows.codes_of(booking.id)) if booking else None


async def confirm_address(booking_id: UUID, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """The mailed link was used: what is still open in the booking is decided, held seats are kept.

    Registrations that have lapsed are made afresh where the rules allow. Doing it twice changes nothing.
    Raises NotFound, and Refused when nothing could be confirmed.
    """
    async with transaction():
        turns = turns_of(await lock_events(await events_of_booking(booking_id)))
        booking = await _booking(booking_id)
        if not booking.still_open:
            return
        events = {event.id: event for event in await events_in_order({one.event for one in booking.still_open})}
        settled = await settle(booking, events, turns, by=by, now=now, notify=notify)
        if notify:
            await mails.queue_settled(booking, settled, events, now)


async def _booking(id: UUID) -> BookingView:
    booking = await booking_of(id)
    if booking is None:
        raise NotFound
    return booking


async def cancel_registration(
    registration_id: UUID, *, by: Actor, now: datetime, reason: str = "", notify: bool = True
) -> None:
    """Gives one place back; it is passed on at once. Raises NotFound or Refused. Doing it twice is refused."""
    async with transaction():
        await _cancel([await rows.registration(registration_id)], by, now, reason, notify)


async def cancel_booking(
    booking_id: UUID,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    notify: bool = True,
    participant: UUID | None = None,
) -> None:
    """Gives back every active place of a booking, or of one of its people, that can still be cancelled.

    Raises NotFound or Refused.
    """
    async with transaction():
        booking = await _booking(booking_id)
        meant = [one for one in booking.registrations if participant in (None, one.participant)]
        active = [one for one in meant if is_active(one.status)]
        if not active:
            raise Refused(Refusal("not_signed_up"))
        await _cancel(active, by, now, reason, notify)


async def _cancel(chosen: list[Registration], by: Actor, now: datetime, reason: str, notify: bool) -> None:
    await lock_events({one.event for one in chosen})
    current = await rows.reloaded(chosen)
    events = {event.id: event for event in await events_in_order({one.event for one in current})}
    by_staff = by.kind != "person"
    reasons = [why_not_cancel(events[one.event], one.status, now, by_staff) for one in current]
    possible = [one for one, against in zip(current, reasons, strict=True) if against is None]
    if not possible:
        raise Refused(*{reason.code: reason for reason in reasons if reason}.values())
    await rows.change_statuses(possible, "cancelled", by=by, now=now, reason=reason)
    if notify:
        await mails.queue_cancelled(possible, events, now)
    for event in events.values():
        await fill_free_seats(event, now=now, notify=notify)
