"""200 certificates made and queued while people sign up: how long it takes, and how much longer a sign-up waits.

`python -m bench.certificates scene` puts a training with its roll into the database and prints its id.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from bench.sites import module, site
from events.accounts.actions import add_staff
from events.attendance.actions import record_marks
from events.certificates.actions import issue
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.registration.signup import Person
from tests.attendance.story import sign_up, was
from tests.factories import make_event

PEOPLE, QUIET = 200, 40
PASSWORD = "only-for-figures-only"
RENDERED = re.compile(r'name="rendered" value="([^"]+)"')


@dataclass(frozen=True)
class Made:
    """Seconds for all papers with their mails, and the medians of a sign-up's milliseconds without and beside it."""

    database: str
    seconds: float
    quiet: float
    beside: float

    def row(self) -> Sequence[str]:
        times = f"{self.beside / self.quiet:.2f}"
        return (self.database, f"{self.seconds:.1f}", f"{self.quiet:.1f}", f"{self.beside:.1f}", times)


async def measured(name: str, database: AbstractContextManager[dict[str, str]]) -> Made:
    with database as settings:
        (slug,) = _list(await module("stock", "1", settings=settings))
        training = str(await module("certificates", "scene", settings=settings))
        on = {**settings, "EVENTS_SPAM_CHECKS": "off", "EVENTS_MAIL_RATE": "1"}
        async with site(on, "--no-worker") as server, httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            await client.post("/team/anmelden", data={"email": "bench@example.org", "password": PASSWORD})
            quiet = [await _sign_up(client, slug, f"quiet-{number}") for number in range(QUIET)]
            began, beside = time.perf_counter(), list[float]()
            making = asyncio.create_task(client.post(f"/team/veranstaltungen/{training}/bescheinigungen/senden"))
            while not making.done():
                beside.append(await _sign_up(client, slug, f"beside-{len(beside)}"))
            answer = await making
            if answer.status_code != 303:
                raise RuntimeError(f"{answer.status_code} instead of the mails")
            return Made(name, time.perf_counter() - began, statistics.median(quiet[5:]), statistics.median(beside))


async def _sign_up(client: httpx.AsyncClient, slug: str, name: str) -> float:
    path = f"/veranstaltungen/{slug}/anmeldung"
    found = RENDERED.search((await client.get(path)).text)
    typed = {
        "given_name": "Gast", "email": f"{name}@example.org", "party": "1", "consent": "on", "submission": name,
        "rendered": found.group(1) if found else "", "website": "",
    }  # fmt: skip
    began = time.perf_counter()
    answer = await client.post(
        path, content=urlencode(typed), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    if answer.status_code != 303:
        raise RuntimeError(f"{answer.status_code} instead of a sign-up")
    return (time.perf_counter() - began) * 1000


def _list(found: object) -> list[str]:
    assert isinstance(found, list)
    return found


async def _scene() -> str:
    """A training of one date that is over, everybody was there and has a certificate that is not mailed yet."""
    await add_staff("bench@example.org", "Bench", "organiser", PASSWORD, by=SYSTEM, now=now())
    event = await make_event(
        "Grundschulung", capacity=None, starts_in=timedelta(days=-1), policy={"certificate": "all"}
    )
    marks = []
    for number in range(PEOPLE):
        person = Person(f"Vorname{number}", "Nachname", f"person{number}@example.org")
        marks += [was(one) for one in await sign_up(event, person)]
    await record_marks(event.dates[0].id, marks, by=SYSTEM, now=now())
    await issue(event.id, by=SYSTEM, now=now())
    return str(event.id)


if __name__ == "__main__" and sys.argv[1:] == ["scene"]:
    print(json.dumps(asyncio.run(_scene())))
