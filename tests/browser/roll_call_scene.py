"""Puts a date that takes place now into the database of a site.

Prints the id of the date. Each name is a confirmed person with a family name that no folder of a browser may hold.
"""

import asyncio
import sys
from datetime import timedelta
from uuid import uuid4

from events.registration.signup import Person
from tests.attendance.story import sign_up
from tests.factories import make_event, make_programme

FAMILY = "Quirinella"


async def make(names: list[str]) -> None:
    programme = await make_programme(f"Ohne Netz {uuid4().hex[:6]}")  # others count what takes place in theirs
    event = await make_event(
        "Offline", programme=programme, capacity=None, starts_in=timedelta(minutes=-30), policy={"visibility": "hidden"}
    )
    await sign_up(event, *(Person(given_name=name, family_name=FAMILY) for name in names), contact="")
    print(event.dates[0].id)


def main() -> None:
    asyncio.run(make(sys.argv[1:]))
