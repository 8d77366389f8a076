"""What Bernd types when he plans, and who signs up for it."""

from events.kit.actor import SYSTEM
from events.programme.queries import programmes, venues
from events.registration.actions import register
from events.registration.signup import SignUp
from tests.factories import make_programme, make_venue
from tests.web.staff.conftest import NOW

DATE = {"day": "2027-03-02", "starts": "17:30", "ends": "20:30", "break_minutes": "15"}


async def event_form(**changed):
    programme = (await programmes() or [None])[0]
    id = programme.id if programme else await make_programme()
    return {"title": "Lebenskunde", "programme": str(id), "format": "workshop", **changed}


async def date_form(**changed):
    venue = (await venues() or [None])[0]
    return {**DATE, "venue": str(venue.id if venue else await make_venue()), **changed}


async def sign_up(event, *people):
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)
