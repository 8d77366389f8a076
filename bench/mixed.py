"""What people and the office do to one series at once, in two processes: how many actions a second.

`python -m bench.mixed` puts the series into the database of the settings and prints what is to be done, as JSON.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

from bench.sites import module
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import database
from events.programme.queries import EventView
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.registration.tables import Registration
from events.schema import migrate
from tests.busy_office import Job, at_work
from tests.factories import make_event, make_series

EVENINGS, PLACES, PEOPLE = 3, 100, 150


@dataclass(frozen=True)
class Mixed:
    database: str
    a_second: float
    number: int

    def row(self) -> Sequence[str]:
        return (self.database, str(self.number), f"{self.a_second:.0f}")


async def measured(name: str, database: AbstractContextManager[dict[str, str]]) -> Mixed:
    """All mails are written, none is sent."""
    with database as settings:
        found = await module("mixed", settings=settings)
        assert isinstance(found, list)
        jobs = [Job(**job) for job in found]
        done = await asyncio.gather(at_work(jobs[::2], **settings), at_work(jobs[1::2], **settings))
    return Mixed(name, len(jobs) / max(one.seconds for one in done), len(jobs))


async def prepared() -> list[Job]:
    """Sign-ups for the whole series, larger and smaller parties, yes to requests, further evenings, cancelling."""
    series = await make_series()
    events = [str((await _evening(n, series)).id) for n in range(EVENINGS)]
    made = [await register(_sign_up(events[n % 2 :: 2], n, series), by=SYSTEM, now=now()) for n in range(PEOPLE)]
    rows = await Registration.select(Registration.id, Registration.status)
    asked = [str(row["id"]) for row in rows if row["status"] == "requested"]
    others = [str(row["id"]) for row in rows if row["status"] != "requested"]
    kinds = [
        [Job("sign_up", "", events, n) for n in range(PEOPLE)],
        [Job("approve", id) for id in asked],
        [Job("change_party", id, number=n) for n, id in enumerate(others)],
        [Job("join", str(one.booking), events) for one in made[::3]],
        [Job("cancel", id) for id in others[::3]],
    ]
    return [job for turn in zip_longest(*kinds) for job in turn if job]


async def _evening(n: int, series: UUID) -> EventView:
    policy = {"max_party": 3, "approval": n == 2}
    return await make_event(
        f"Abend {n}", capacity=PLACES, starts_in=timedelta(days=20 + n), series=series, policy=policy
    )


def _sign_up(events: Sequence[str], n: int, series: UUID) -> SignUp:
    mail = f"gast{n}@example.org"
    return SignUp(tuple(map(UUID, events)), (Person(f"Gast {n}"),), mail, source="office", series=series)


async def main() -> None:
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        print(json.dumps([asdict(job) for job in await prepared()]))
    finally:
        await engine.close_connection_pool()


if __name__ == "__main__":
    asyncio.run(main())
