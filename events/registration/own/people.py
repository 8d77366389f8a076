"""The people of a booking as they see themselves."""

import json
from collections.abc import Collection

from events.programme.tables import Organisation
from events.registration.own.views import OwnPerson
from events.registration.tables import Participant


async def own_people(people: Collection[Participant]) -> tuple[OwnPerson, ...]:
    """One statement where somebody comes from an organisation of our list, else none."""
    ids = [one.organisation for one in people if one.organisation is not None]
    rows = (
        await Organisation.select(Organisation.id, Organisation.name).where(Organisation.id.is_in(ids)) if ids else ()
    )
    known = {row["id"]: row["name"] for row in rows}
    return tuple(_own(one, known.get(one.organisation, one.organisation_name)) for one in people)


def _own(one: Participant, organisation: str) -> OwnPerson:
    return OwnPerson(
        id=one.id,
        given_name=one.given_name,
        family_name=one.family_name,
        email=one.email,
        phone=one.phone,
        organisation_id=one.organisation,
        organisation=organisation,
        city=one.city,
        role=one.role,
        needs=tuple(json.loads(one.needs)),
        code=one.code or "",
    )
