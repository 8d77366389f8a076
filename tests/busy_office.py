"""An office at work beside the servers: a process that does many actions at once on the database of the test run.

`main` reads `Job`s as JSON and prints `Done`; `at_work` starts it in a process of its own.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast
from uuid import UUID

from events.kit.actor import staff
from events.kit.clock import now
from events.kit.database import database
from events.kit.refusals import Refused
from events.registration import changing, deciding, waitlist
from events.registration.actions import cancel_registration, register
from events.registration.signup import Person, SignUp
from tests.servers import printed_by

AT_ONCE = 8
OFFICE = staff(UUID(int=1))


@dataclass(frozen=True)
class Job:
    """`about`: the registration or booking; `number` tells people apart and says how many come."""

    what: str
    about: str = ""
    events: Sequence[str] = ()
    number: int = 0


@dataclass(frozen=True)
class Done:
    """`ends`: how often `what: end` came out, done or a refusal. `seconds`: without the start of the process."""

    seconds: float
    ends: dict[str, int]


async def at_work(jobs: Sequence[Job], **settings: str) -> Done:
    """Raises RuntimeError when the process fails, be it in one job."""
    typed = json.dumps([asdict(job) for job in jobs]).encode()
    code, printed = await printed_by("tests.busy_office:main", environment=settings, typed=typed)
    if code:
        raise RuntimeError(f"the office failed: {printed}")
    return Done(**json.loads(printed.splitlines()[-1]))


def main() -> None:
    asyncio.run(_work())


async def do_all(jobs: Sequence[Job]) -> Done:
    desks, ends, began = asyncio.Semaphore(AT_ONCE), Counter[str](), time.perf_counter()

    async def take(job: Job) -> None:
        async with desks:
            ends[f"{job.what}: {await _end_of(job)}"] += 1

    await asyncio.gather(*map(take, jobs))
    return Done(time.perf_counter() - began, dict(ends))


async def _end_of(job: Job) -> str:
    try:
        await _action(job)
    except Refused as refused:
        return str(refused)
    return "done"


def _action(job: Job) -> Awaitable[Any]:
    by: Any = {"by": OFFICE, "now": now()}
    events, about = tuple(map(UUID, job.events)), UUID(job.about) if job.about else UUID(int=0)
    person = Person(f"Gast {job.number}", party=1 + job.number % 2)
    mail = f"buero{job.number}@example.org"
    possible = {
        "sign_up": lambda: register(SignUp(events, (person,), mail, source="office"), **by),
        "change_party": lambda: changing.change_party(about, 1 + job.number % 3, **by),
        "substitute": lambda: changing.substitute_person(about, person, **by),
        "join": lambda: changing.join_events(about, events, **by),
        "cancel": lambda: cancel_registration(about, **by),
        "approve": lambda: deciding.approve_registrations([about], **by),
        "decline": lambda: deciding.decline_registrations([about], **by),
        "sweep": _sweep,
    }
    return cast("Awaitable[Any]", possible[job.what]())


async def _sweep() -> None:
    """What the clock does."""
    await waitlist.lapse_overdue(now=now())
    await waitlist.end_offers(now=now())
    await waitlist.pass_on_places(now=now())


async def _work() -> None:
    engine = cast(Any, database())  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        print(json.dumps(asdict(await do_all([Job(**job) for job in json.load(sys.stdin)]))))
    finally:
        await engine.close_connection_pool()
