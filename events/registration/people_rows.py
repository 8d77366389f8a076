"""The rows behind changes of people: read, corrected, put in somebody's place. Decides nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from events.kit.links import short_code
from events.kit.refusals import NotFound
from events.registration.identity import found_by
from events.registration.queries import BookingView
from events.registration.signup import Person, SignUp
from events.registration.status import is_active
from events.registration.tables import Participant, Registration

CORRECTABLE = ("given_name", "family_name", "phone", "organisation", "organisation_name", "city", "role")


async def participant(id: UUID) -> Participant:
    """Raises NotFound."""
    found = await Participant.objects().get(Participant.id == id)
    if found is None:
        raise NotFound
    return found


async def person_behind(one: Registration) -> Person:
    """With what seats and quotas need to know: number and organisation."""
    found = await participant(one.participant)
    return Person(organisation=found.organisation, party=one.party)


async def registrations_of_person(participant_id: UUID) -> list[Registration]:
    return await Registration.objects().where(Registration.participant == participant_id)


async def store_party(one: Registration, now: datetime) -> None:
    one.changed_at = now
    await Registration.update({Registration.party: one.party, Registration.changed_at: now}).where(
        Registration.id == one.id
    )


async def store_person(stored: Participant, person: Person) -> list[str]:
    """Writes what differs; gives the names of the columns."""
    wanted = {name: getattr(person, name) for name in CORRECTABLE} | {"needs": json.dumps(person.needs)}
    changed = {name: value for name, value in wanted.items() if getattr(stored, name) != value}
    if changed:
        changed["found_by"] = found_by(replace(person, email=stored.email))
        await Participant.update(**changed).where(Participant.id == stored.id)
        # A name is there again, so the clock has to look at it again.
        await Registration.update({Registration.erased_at: None}).where(Registration.booking == stored.booking)
    return [name for name in changed if name != "found_by"]


async def store_keys(chosen: Sequence[Registration], key: str) -> None:
    """By what the person is recognised again, after the name changed."""
    other = [one.id for one in chosen if one.person_key != key]
    if other:
        await Registration.update({Registration.person_key: key}).where(Registration.id.is_in(other))


def in_place_of(left: Participant, person: Person, party: int) -> Person:
    """The newcomer, from the same organisation and city where they name none."""
    if person.organisation or person.organisation_name:
        return replace(person, party=party)
    return replace(
        person,
        organisation=left.organisation,
        organisation_name=left.organisation_name,
        city=person.city or left.city,
        party=party,
    )


async def add_person(booking: BookingView, person: Person) -> Participant:
    """One more person of the booking, after those that are there."""
    added = Participant(
        booking=booking.id,
        position=max((one.position for one in booking.people), default=-1) + 1,
        **{name: getattr(person, name) for name in CORRECTABLE},
        found_by=found_by(person),
        email=person.email,
        needs=json.dumps(person.needs),
        code=None if person.email or booking.contact_email else short_code(),
    )
    await Participant.insert(added)
    return added


def registration_in_place_of(
    before: Registration, participant_id: UUID, key: str, turn: int, now: datetime
) -> Registration:
    """The same seats, not saved yet."""
    return Registration(
        booking=before.booking,
        participant=participant_id,
        event=before.event,
        status="confirmed",
        party=before.party,
        queue_number=turn,
        person_key=key,
        registered_at=now,
        changed_at=now,
    )


def still_in(booking: BookingView) -> list[Participant]:
    """The people of the booking who have not left it: by a substitute, or by cancelling everything."""
    active = {one.participant for one in booking.registrations if is_active(one.status)}
    return [one for one in booking.people if one.id in active]


def sign_up_again(booking: BookingView, people: Sequence[Participant], events: tuple[UUID, ...]) -> SignUp:
    """The same people for other events, as many as they come with at most."""
    parties: dict[UUID, int] = {}
    for one in booking.registrations:
        parties[one.participant] = max(one.party, parties.get(one.participant, 1))
    return SignUp(
        events=events,
        people=tuple(_person(one, parties.get(one.id, 1)) for one in people),
        contact_email=booking.contact_email,
        language=booking.language,
        series=booking.series,
    )


def _person(one: Participant, party: int) -> Person:
    return Person(
        **{name: getattr(one, name) for name in CORRECTABLE},
        email=one.email,
        needs=tuple(json.loads(one.needs)),
        party=party,
    )
