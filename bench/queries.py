"""How many statements a page and a sign-up send, and how long rendering takes, for few and for many events.

`python -m bench.queries N` runs the site inside its own process over N events and prints an `Asked` a line of JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from httpx import ASGITransport, AsyncClient, Response

from bench.sites import module, sqlite
from bench.stock import fill
from events.accounts.actions import add_staff, sign_in
from events.app import create_app
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import database, queries_so_far
from events.registration.spam import stamp
from events.schema import migrate
from events.settings import settings
from tests.people import BERND_MAIL, PASSWORD

FEW, MANY = 10, 1000
SERIES = "/reihen/lebenskunde"


@dataclass(frozen=True)
class Asked:
    """The second call of each: what is asked only once in a process's life is left out."""

    what: str
    statements: int
    milliseconds: float


async def measured() -> Sequence[Sequence[str]]:
    """Rows: what, statements and milliseconds for few events, the same for many."""
    few, many = [await _of(number) for number in (FEW, MANY)]
    return [
        (one.what, str(one.statements), f"{one.milliseconds:.1f}", str(other.statements), f"{other.milliseconds:.1f}")
        for one, other in zip(few, many, strict=True)
    ]


async def _of(number: int) -> list[Asked]:
    with sqlite() as empty:
        said = await module("queries", str(number), settings=empty)
    assert isinstance(said, list)
    return [Asked(**one) for one in said]


async def main(number: int) -> None:
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        slug = (await fill(number))[0]
        await add_staff(BERND_MAIL, "Bernd", "organiser", PASSWORD, by=SYSTEM, now=now())
        origin = settings().base_url
        app: Any = create_app()
        async with AsyncClient(transport=ASGITransport(app), base_url=origin) as client:
            client.headers["Origin"] = origin
            asked = await _asked(client, slug)
        print(json.dumps([asdict(one) for one in asked]))
    finally:
        await engine.close_connection_pool()


async def _asked(client: AsyncClient, slug: str) -> list[Asked]:
    event, numbers = f"/veranstaltungen/{slug}", iter(range(100))

    def page(path: str) -> Callable[[], Awaitable[Response]]:
        return lambda: client.get(path, params={"anders": next(numbers)})  # never a kept one

    def sign_up() -> Awaitable[Response]:
        rendered = stamp(now() - timedelta(minutes=1))
        email = f"gast{next(numbers)}@example.org"
        typed = {"given_name": "Gast", "email": email, "consent": "on", "rendered": rendered}
        return client.post(f"{event}/anmeldung", data=typed)

    pages = {"Liste": "/", "Veranstaltung": event, "Kalender (ICS)": "/kalender.ics", "Reihe": SERIES}
    asked = [await _counted(name, page(path)) for name, path in pages.items()]
    asked.append(await _counted("Anmeldung (POST)", sign_up))
    client.cookies["team"] = await sign_in(BERND_MAIL, PASSWORD, "192.0.2.7", now())
    return [*asked, await _counted("Team: Veranstaltungen", page("/team/veranstaltungen"))]


async def _counted(what: str, call: Callable[[], Awaitable[Response]]) -> Asked:
    await call()
    before, began = queries_so_far(), time.perf_counter()
    answer = await call()
    took = time.perf_counter() - began
    if answer.status_code not in (200, 303):
        raise RuntimeError(f"{what}: {answer.status_code}")
    return Asked(what, queries_so_far() - before, took * 1000)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
