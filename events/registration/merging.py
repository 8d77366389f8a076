"""Two entries that are one human: the second gets the details of the first, so that they are recognised as one.

Bookings stay apart: whoever reads the mails of an address owns what was booked with it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.registration.changing import correct_person
from events.registration.people import FoundPerson, person_by_id
from events.registration.people_rows import participant
from events.registration.signup import Person
from events.registration.status import is_active
from events.registration.tables import Participant

SHOWN = ("given_name", "family_name", "phone", "organisation_name", "city")


@dataclass(frozen=True)
class Merging:
    """What would happen: `changes` are what the second entry has now and then; `against` is why it cannot be."""

    keep: FoundPerson
    other: FoundPerson
    changes: tuple[tuple[str, str, str], ...]
    against: Refusal | None


async def merging_of(keep_id: UUID, other_id: UUID) -> Merging:
    """Changes nothing. Raises NotFound."""
    keep, other = await person_by_id(keep_id), await person_by_id(other_id)
    if keep is None or other is None:
        raise NotFound
    before, after = await participant(other_id), await _merged(keep_id, other_id)
    names = {"organisation_name": (other.organisation_name, keep.organisation_name or other.organisation_name)}
    pairs = [(name, *names.get(name, (getattr(before, name), getattr(after, name)))) for name in SHOWN]
    changes = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Merging(keep, other, changes, why_not_merge(keep, other))


def why_not_merge(keep: FoundPerson, other: FoundPerson) -> Refusal | None:
    if keep.id == other.id:
        return Refusal("same_entry")
    if not keep.name:
        return Refusal("nothing_to_merge")
    ours = {one.event.id for one in keep.registrations if is_active(one.status)}
    both = [one.event for one in other.registrations if is_active(one.status) and one.event.id in ours]
    return Refusal("registered_twice", {"title": both[0].title.get("de", "")}) if both else None


async def merge_people(keep_id: UUID, other_id: UUID, *, by: Actor, now: datetime, notify: bool = True) -> None:
    """Name, phone, organisation, city and role of the first; what it does not know, the second keeps. Its needs stay.

    Raises NotFound, Refused.
    """
    async with transaction():
        found = await merging_of(keep_id, other_id)
        refuse_if(found.against)
        await correct_person(other_id, await _merged(keep_id, other_id), by=by, now=now, notify=notify)
        await note(entry("merged", Participant, id=other_id, by=by, now=now, facts={"with": keep_id}))


async def _merged(keep_id: UUID, other_id: UUID) -> Person:
    keep, other = await participant(keep_id), await participant(other_id)
    home = keep if keep.organisation or keep.organisation_name else other
    return Person(
        given_name=keep.given_name,
        family_name=keep.family_name,
        phone=keep.phone or other.phone,
        organisation=home.organisation,
        organisation_name=home.organisation_name,
        city=keep.city or other.city,
        role=keep.role or other.role,
        needs=tuple(json.loads(other.needs)),
    )
