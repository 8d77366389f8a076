"""The rows the actions write and lock: bookings, participants, registrations. Decides nothing."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.links import short_code
from events.kit.refusals import NotFound
from events.programme.locking import lock_events
from events.programme.queries import EventView, events_by_ids
from events.registration.answer_rows import chosen_options
from events.registration.identity import found_by
from events.registration.queries import BookingView
from events.registration.signup import Person, SignUp
from events.registration.standing import ACTIVE
from events.registration.status import Status, check_move
from events.registration.tables import Booking, Participant, Registration, RepeatedSignUp
from events.registration.terms import hold_ends, request_holds_until

# Of sign-up; the people of one sign-up as they were named.
IN_ORDER = (Registration.queue_number, Registration.registered_at, Registration.participant.position)


async def insert_booking(sign_up: SignUp, digest: str, now: datetime) -> Booking:
    """Raises a unique violation on a doubled submit."""
    booking = new_booking(sign_up, digest, now)
    await Booking.insert(booking)
    return booking


def new_booking(sign_up: SignUp, digest: str, now: datetime) -> Booking:
    """An address needs proof where somebody typed it on the web or named a colleague's."""
    proven = now if sign_up.source != "web" and not sign_up.to_prove else None
    return Booking(
        submission=sign_up.submission,
        fields_hash=digest,
        language=sign_up.language,
        contact_email=sign_up.contact_email,
        series=sign_up.series,
        wanted=json.dumps([str(event) for event in sign_up.events]),
        source=sign_up.source,
        consent_text=sign_up.consent_text,
        created_at=now,
        address_proven_at=proven if sign_up.contact_email else now,
    )


async def insert_participants(booking: Booking, sign_up: SignUp) -> list[Participant]:
    people = new_participants(booking, sign_up)
    await Participant.insert(*people)
    return people


def new_participants(booking: Booking, sign_up: SignUp) -> list[Participant]:
    return participants_from(booking.id, sign_up, first=0)


def participants_from(booking: UUID, sign_up: SignUp, first: int) -> list[Participant]:
    """The people of the sign-up, numbered from `first`; not saved yet."""
    return [
        Participant(
            booking=booking,
            position=position,
            found_by=found_by(person),
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email,
            phone=person.phone,
            organisation=person.organisation,
            organisation_name=person.organisation_name,
            city=person.city,
            role=person.role,
            needs=json.dumps(person.needs),
            code=None if person.email or sign_up.contact_email else short_code(),
        )
        for position, person in enumerate(sign_up.people, first)
    ]


def new_registration(
    booking: Booking | BookingView,
    participant: Participant,
    event: EventView,
    party: int,
    key: str,
    turn: int,
    *,
    status: Status,
    has_seat: bool,
    somebody_waits: bool,
    now: datetime,
) -> Registration:
    check_move("new", status)
    return Registration(
        booking=booking.id,
        participant=participant.id,
        event=event.id,
        status=status,
        party=party,
        holds_seat=has_seat
        and (status == "unconfirmed" or (status == "requested" and request_holds_until(event) is not None)),
        hold_until=_hold_until(event, status, somebody_waits, now),
        queue_number=turn,
        person_key=key,
        registered_at=now,
        changed_at=now,
    )


def new_repeated(
    booking: Booking | BookingView, event: EventView, party: int, somebody_waits: bool, now: datetime
) -> RepeatedSignUp:
    """For somebody known: held as long as a new registration would be, in the public count only."""
    until = hold_ends(event, now, somebody_waits)
    return RepeatedSignUp(booking=booking.id, event=event.id, party=party, hold_until=until)


async def insert_repeated(repeated: Sequence[RepeatedSignUp]) -> None:
    if repeated:
        await RepeatedSignUp.insert(*repeated)


async def shorten_repeated(event: UUID, until: datetime) -> None:
    await RepeatedSignUp.update({RepeatedSignUp.hold_until: until}).where(
        (RepeatedSignUp.event == event) & (RepeatedSignUp.hold_until > until)
    )


async def sweep_repeated(now: datetime) -> None:
    """Removes those whose hold is over."""
    await RepeatedSignUp.delete().where(RepeatedSignUp.hold_until <= now)


def _hold_until(event: EventView, status: Status, somebody_waits: bool, now: datetime) -> datetime | None:
    """Also the moment at which an unconfirmed registration without a seat lapses."""
    if status == "unconfirmed":
        return hold_ends(event, now, somebody_waits)
    return event.starts_at if status == "requested" else None


async def insert_registrations(made: Sequence[Registration], *, by: Actor, now: datetime, reason: str = "") -> None:
    """Saves them with the first line of their history. `reason`: why staff set something aside."""
    if made:
        await Registration.insert(*made)
    facts = [{"status": one.status, "party": one.party} for one in made]
    lines = zip(made, facts, strict=True)
    await note(
        *[entry("registered", one, by=by, now=now, context=one.event, facts=fact, reason=reason) for one, fact in lines]
    )


async def change_statuses(
    chosen: Sequence[Registration],
    status: Status,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    held_until: datetime | None = None,
) -> None:
    """Writes the new status and a line of history for each, in two statements; keeps the given rows true.

    Seats are held no longer, unless `held_until` says so. Raises ForbiddenMove.
    """
    if not chosen:
        return
    lines = []
    for one in chosen:
        check_move(one.status, status)
        facts = {"before": one.status, "after": status}
        lines.append(entry(status, one, by=by, now=now, context=one.event, facts=facts, reason=reason))
        one.status, one.holds_seat, one.hold_until = status, held_until is not None, held_until
        one.changed_at, one.status_reason = now, reason
    await Registration.update(
        {
            Registration.status: status,
            Registration.holds_seat: held_until is not None,
            Registration.hold_until: held_until,
            Registration.changed_at: now,
            Registration.status_reason: reason,
        }
    ).where(Registration.id.is_in([one.id for one in chosen]))
    await note(*lines)


def afresh(lapsed: Registration, turn: int, now: datetime) -> Registration:
    """A new unconfirmed registration in place of a lapsed one, at the end of the queue; not saved yet."""
    return Registration(
        booking=lapsed.booking,
        participant=lapsed.participant,
        event=lapsed.event,
        status="unconfirmed",
        party=lapsed.party,
        queue_number=turn,
        person_key=lapsed.person_key,
        registered_at=now,
        changed_at=now,
    )


async def prove_address(booking: UUID, now: datetime) -> None:
    await Booking.update({Booking.address_proven_at: now}).where(
        (Booking.id == booking) & Booking.address_proven_at.is_null()
    )


async def registration(id: UUID) -> Registration:
    """Raises NotFound."""
    found = await Registration.objects().get(Registration.id == id)
    if found is None:
        raise NotFound
    return found


async def by_ids(ids: Collection[UUID]) -> list[Registration]:
    return await Registration.objects().where(Registration.id.is_in(list(set(ids)))) if ids else []


async def locked(id: UUID) -> tuple[Registration, EventView, int]:
    """The registration as it is under its event's seat lock, the event, and the turn of this transaction.

    Raises NotFound.
    """
    event_id = (await registration(id)).event
    turns = await lock_events([event_id])
    return await registration(id), (await events_by_ids([event_id], partners=False))[event_id], turns[event_id].turn


async def to_end_of_queue(one: Registration, turn: int) -> None:
    one.queue_number = turn
    await Registration.update({Registration.queue_number: turn}).where(Registration.id == one.id)


async def reloaded(chosen: Sequence[Registration]) -> list[Registration]:
    """The same rows as they are now, under the lock."""
    if not chosen:
        return []
    return await Registration.objects().where(Registration.id.is_in([one.id for one in chosen])).order_by(*IN_ORDER)


async def overdue(status: Status, now: datetime, at_most: int) -> list[Registration]:
    """Those of this status whose time is over."""
    return (
        await Registration.objects()
        .where((Registration.status == status) & (Registration.hold_until <= now))
        .order_by(Registration.hold_until)
        .limit(at_most)
    )


async def waiting_in_order(event: UUID) -> list[tuple[Registration, Person]]:
    """Those who wait, by order of sign-up, each with what quotas need to know."""
    waiting = (
        await Registration.objects()
        .where((Registration.event == event) & (Registration.status == "waiting"))
        .order_by(*IN_ORDER)
    )
    if not waiting:
        return []
    homes = await Participant.select(Participant.id, Participant.organisation).where(
        Participant.id.is_in([one.participant for one in waiting])
    )
    organisation = {row["id"]: row["organisation"] for row in homes}
    chosen = await chosen_options(waiting)
    return [
        (one, Person(organisation=organisation[one.participant], party=one.party, answers=chosen.get(one.id, ())))
        for one in waiting
    ]


async def known_registrations(events: Sequence[EventView], keys: Sequence[str]) -> frozenset[tuple[UUID, str]]:
    """Which of these people are registered for which of these events already."""
    event_marks, key_marks = ", ".join("{}" for _ in events), ", ".join("{}" for _ in keys)
    rows = await Registration.raw(
        "SELECT r.event AS event, r.person_key AS person_key FROM registration r "
        f"WHERE r.event IN ({event_marks}) AND r.person_key IN ({key_marks}) AND {ACTIVE}",
        *[event.id for event in events],
        *keys,
    )
    return frozenset((UUID(str(row["event"])), row["person_key"]) for row in rows if row["person_key"])


async def codes_of(booking: UUID) -> tuple[str, ...]:
    people = (
        await Participant.select(Participant.code).where(Participant.booking == booking).order_by(Participant.position)
    )
    return tuple(row["code"] for row in people if row["code"])
