"""Saying yes on the own page, perhaps not for the first time: whoever stays may have typed other details."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from events.invitations.answers import accept
from events.invitations.invited import InvitationView, invitation_by_id
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.text import fold
from events.registration.changing import correct_person
from events.registration.queries import booking_of
from events.registration.signup import Person, full_name
from events.registration.tables import Participant


async def accept_with_details(invitation_id: UUID, people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """As `answers.accept`; what the first person typed of themselves replaces what stood there before.

    Of the others only the names are asked. Raises NotFound and Refused.
    """
    async with transaction():
        await accept(invitation_id, people, by=by, now=now)
        one = await invitation_by_id(invitation_id)
        coming = await people_of(one) if one else []
        first = people[0]
        stored = next((each for each in coming if _is_called(each, first.name)), None)
        if stored is not None:
            await correct_person(stored.id, _with_home_of(stored, first), by=by, now=now)


async def people_of(one: InvitationView) -> Sequence[Participant]:
    """Who comes by this invitation as it stands; nobody before it is accepted."""
    if one.status != "accepted" or one.booking_id is None:
        return []
    booking = await booking_of(one.booking_id)
    if booking is None:
        return []
    active = {registration.participant for registration in booking.active if registration.person_key}
    return [person for person in booking.people if person.id in active]


def _is_called(stored: Participant, name: str) -> bool:
    return fold(full_name(stored.given_name, stored.family_name)) == fold(name)


def _with_home_of(stored: Participant, typed: Person) -> Person:
    """Who names no other organisation still comes from the one on file."""
    if typed.organisation or (typed.organisation_name and typed.organisation_name != stored.organisation_name):
        return typed
    return replace(typed, organisation=stored.organisation, organisation_name=stored.organisation_name)
