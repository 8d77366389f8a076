"""Erasing a booking, or one person of it: given back what is open, told, counted first, then removed.

What is counted stays as it was: statuses, parties and evidence hold nothing personal. When retention is due is
not decided here.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.certificates.tables import Certificate
from events.history.actions import entry, note
from events.invitations.tables import Call, Invitation
from events.kit.actor import SYSTEM, Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.kit.tombstones import bury
from events.mail.forgetting import forget_once_sent, forget_texts
from events.mail.tables import OutgoingMail
from events.privacy.left_at import erase_left_at
from events.privacy.list_entries import erase_list_entry
from events.privacy.rules import why_not_erase
from events.privacy.traces import Traces, traces_of
from events.programme.locking import lock_events
from events.programme.queries import events_by_ids
from events.registration.actions import cancel_booking, cancel_registration
from events.registration.change_rules import why_not_cancel
from events.registration.queries import events_of_booking
from events.registration.status import is_active
from events.registration.tables import Answer, Booking, Participant, Registration, RepeatedSignUp

# A date that did not take place is never closed; what was noted about it counts nowhere.
_UNCOUNTED = (
    "SELECT m.id AS id FROM attendance_mark m JOIN event_date d ON d.id = m.event_date JOIN event e ON e.id = d.event "
    "WHERE m.counted_in IS NULL AND NOT d.cancelled AND e.status <> 'called_off' AND m.subject IN ({}) LIMIT 1"
)


async def erase_booking(
    booking_id: UUID, *, by: Actor, now: datetime, notify: bool = True, uncounted_too: bool = False
) -> None:
    """Everybody in it. Its links answer 410 from then on. `uncounted_too`: what was noted stays, without a name.

    Raises NotFound or Refused.
    """
    async with transaction():
        await lock_events(await events_of_booking(booking_id))
        traces = await traces_of(booking_id)
        await erase_list_entry(booking_id, traces, by=by, now=now)
        await _erase(traces, booking_id, None, by, now, notify, uncounted_too)
        withdrawn: dict[Any, Any] = {Booking.link_version: Booking.link_version + 1, Booking.feed_ended_at: now}
        await Booking.update(_NOTHING_OF_A_BOOKING | withdrawn).where(Booking.id == booking_id)
        await Registration.update({Registration.erased_at: now}).where(Registration.booking == booking_id)
        await RepeatedSignUp.delete().where(RepeatedSignUp.booking == booking_id)
        await Invitation.update({Invitation.booking: None}).where(Invitation.booking == booking_id)
        await note(entry("erased", Booking, id=booking_id, by=by, now=now))
        await bury("booking", [booking_id], now)


async def erase_participant(
    participant_id: UUID, *, by: Actor, now: datetime, notify: bool = True, uncounted_too: bool = False
) -> None:
    """One person of a booking; the others keep their places. Their own link answers 410. Raises NotFound or Refused."""
    async with transaction():
        booking_id = await _booking_with(participant_id)
        await lock_events(await events_of_booking(booking_id))
        traces = await traces_of(booking_id, participant_id)
        await _erase(traces, booking_id, participant_id, by, now, notify, uncounted_too)
        await forget_texts(OutgoingMail.about == f"booking:{booking_id}")
        await note(entry("erased", Participant, id=participant_id, by=by, now=now))
        await bury("participant", [participant_id], now)


async def _booking_with(participant_id: UUID) -> UUID:
    row = await Participant.select(Participant.booking).where(Participant.id == participant_id).first()
    if row is None:
        raise NotFound
    booking: UUID = row["booking"]
    return booking


async def _erase(
    traces: Traces, booking_id: UUID, participant: UUID | None, by: Actor, now: datetime, notify: bool, uncounted: bool
) -> None:
    """The order matters: facts first, then the places, and the address once the news is written."""
    if not uncounted:
        refuse_if(why_not_erase(await _uncounted_marks(traces.registration_ids)))
    await _give_back(traces, booking_id, participant, by, now, notify)
    await _remove(traces, now)


async def _uncounted_marks(registrations: list[UUID]) -> int:
    if not registrations:
        return 0
    marks = ", ".join(["{}"] * len(registrations))
    return len(await Registration.raw(_UNCOUNTED.replace("{}", marks), *registrations))


async def _give_back(
    traces: Traces, booking_id: UUID, participant: UUID | None, by: Actor, now: datetime, notify: bool
) -> None:
    """Nobody can come under a name that is gone: what is not over is cancelled, also past the deadline or half done."""
    active = [one for one in traces.registrations if is_active(one.status)]
    events = await events_by_ids(list({one.event for one in active}), partners=False)
    event_of = {one.id: one.event for one in active}
    against = {one.id: why_not_cancel(events[one.event], one.status, now) for one in active}
    if any(reason is None for reason in against.values()):
        await cancel_booking(booking_id, participant=participant, by=by, now=now, notify=notify)
    for id, reason in against.items():
        if reason is not None and not events[event_of[id]].is_over(now):
            await cancel_registration(id, by=SYSTEM, now=now, notify=notify)


_NOTHING_OF_A_BOOKING: dict[Any, Any] = {
    Booking.contact_email: "",
    Booking.submission: "",
    Booking.fields_hash: "",
    Booking.wanted: "[]",
}
_NOTHING_OF_A_PERSON: dict[Any, Any] = {
    Participant.found_by: "",
    Participant.given_name: "",
    Participant.family_name: "",
    Participant.email: "",
    Participant.phone: "",
    Participant.organisation: None,
    Participant.organisation_name: "",
    Participant.city: "",
    Participant.role: "",
    Participant.needs: "[]",
    Participant.code: None,
}
_NOTHING_OF_A_CERTIFICATE: dict[Any, Any] = {
    Certificate.given_name: "",
    Certificate.family_name: "",
    Certificate.reason: "",
}
"""Number and check value stay: the paper can still be proven, and tells no name by itself."""
_NOTHING_OF_A_REGISTRATION: dict[Any, Any] = {Registration.person_key: "", Registration.status_reason: ""}


async def _remove(traces: Traces, now: datetime) -> None:
    people, ids = [one.id for one in traces.people], traces.registration_ids
    if people:
        version = Participant.link_version + 1
        withdrawn: dict[Any, Any] = {Participant.link_version: version, Participant.feed_ended_at: now}
        await Participant.update(_NOTHING_OF_A_PERSON | withdrawn).where(Participant.id.is_in(people))
    if ids:
        await Registration.update(_NOTHING_OF_A_REGISTRATION).where(Registration.id.is_in(ids))
        await Certificate.update(_NOTHING_OF_A_CERTIFICATE).where(Certificate.registration.is_in(ids))
        await Answer.delete().where(Answer.registration.is_in(ids))
        await Call.delete().where(Call.registration.is_in(ids))
    await erase_left_at(traces.addresses, now)
    await forget_once_sent(traces.mails)
