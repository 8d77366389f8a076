"""Every page of the team with three years of a busy county, on both databases, and the move from one to the other.

`python -m bench.county fill SHARE` fills the database of the settings; SHARE is the part of the whole, such as 0.01.
`python -m bench.county ask` asks every page and prints an `Asked` for each, as JSON; `python -m bench.county` does all.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from httpx import ASGITransport, AsyncClient

from bench.county_stock import EVENTS as NUMBER
from bench.county_stock import fill
from bench.sites import module, postgres, run, sqlite
from bench.tables import table
from events.accounts.actions import sign_in
from events.app import create_app
from events.kit.clock import now
from events.kit.database import connected, queries_so_far
from events.programme.queries import EventView, event_by_slug
from events.programme.tables import Event
from events.registration.signup import Person
from events.registration.tables import Registration
from events.schema import migrate
from events.settings import settings
from tests.attendance.story import sign_up
from tests.factories import make_event
from tests.people import BERND_MAIL, PASSWORD
from tests.servers import EVENTS
from tests.web.objects import parameters
from tests.web.staff.pages import PAGES

REPEATS = 3
FROM, TO = "2000-01-01", "2099-12-31"
STATEMENTS_ALLOWED, TIMES_ALLOWED = 15, 3


@dataclass(frozen=True)
class Asked:
    page: str
    statements: int
    milliseconds: float


@dataclass(frozen=True)
class Figures:
    """What the commands say about all years; `seconds` is how long the report took, with the start of the process."""

    report: str
    seconds: float
    is_clean: bool


@dataclass(frozen=True)
class Measured:
    """Pages and figures by database; `moved`: seconds for everything from one to the other."""

    pages: Mapping[str, Sequence[Asked]]
    figures: Mapping[str, Figures]
    moved: float


async def measured(share: float) -> Measured:
    """Filled once in a file, moved to the other database, and then asked in both."""
    with sqlite() as file, postgres() as server:
        await run(sys.executable, "-m", "bench.county", "fill", str(share), **file)
        figures = {"SQLite": await _figures(file)}
        began = time.perf_counter()
        await run(str(EVENTS), "move", str(Path(file["EVENTS_DATA"]) / "teilnahme.sqlite"), **server)
        moved = time.perf_counter() - began
        figures["PostgreSQL"] = await _figures(server)
        pages = {name: await _pages(place) for name, place in (("SQLite", file), ("PostgreSQL", server))}
    return Measured(pages, figures, moved)


async def _figures(place: dict[str, str]) -> Figures:
    began = time.perf_counter()
    report = await run(str(EVENTS), "report", "--from", FROM, "--to", TO, "--format", "json", **place)
    seconds = time.perf_counter() - began
    try:
        await run(str(EVENTS), "check", **place)
    except RuntimeError:
        return Figures(report, seconds, is_clean=False)
    return Figures(report, seconds, is_clean=True)


async def _pages(place: dict[str, str]) -> list[Asked]:
    said = await module("county", "ask", settings=place)
    assert isinstance(said, list)
    return [Asked(**one) for one in said]


def about_figures(found: Measured) -> Iterator[Sequence[str]]:
    """One line for each database, and whether both say the same."""
    for name, one in found.figures.items():
        clean = "fehlerfrei" if one.is_clean else "FEHLER"
        yield name, f"{one.seconds:.1f}", f"{found.moved:.0f}" if name == "PostgreSQL" else "–", clean
    first, second = found.figures.values()
    yield "Zahlen gleich", "", "", "ja" if first.report == second.report else "NEIN"


def about_pages(small: Sequence[Asked], large: Sequence[Asked]) -> list[Sequence[str]]:
    """Those that ask too much or grow too fast; then the slowest of the others."""
    before = {one.page: one for one in small}
    grown = [(one, one.milliseconds / max(before[one.page].milliseconds, 1.0)) for one in large if one.page in before]
    bad = [pair for pair in grown if pair[0].statements > STATEMENTS_ALLOWED or pair[1] > TIMES_ALLOWED]
    others = sorted((pair for pair in grown if pair not in bad), key=lambda pair: -pair[0].milliseconds)[:5]
    return [
        (
            f"{'!' if pair in bad else ' '} {pair[0].page}", str(pair[0].statements),
            f"{before[pair[0].page].milliseconds:.0f}", f"{pair[0].milliseconds:.0f}", f"{pair[1]:.1f}",
        )
        for pair in (*bad, *others)
    ]  # fmt: skip


async def main() -> None:
    small, large = await measured(0.01), await measured(1)
    table("Drei Jahre: Bericht und Umzug", ("", "Bericht in s", "Umzug in s", "Prüfung"), list(about_figures(large)))
    for name, pages in large.pages.items():
        columns = (f"{len(pages)} Seiten", "Abfragen", "ms mit 1 %", "ms", "mal so lang")
        table(f"Seiten für das Team, {name}; ! heißt zu viel", columns, about_pages(small.pages[name], pages))


async def fill_up(share: float) -> None:
    async with connected():
        await migrate()
        await fill(round(NUMBER * share))


async def ask() -> None:
    async with connected():
        print(json.dumps([asdict(one) for one in await _ask_all(await _middle())]))


async def _middle() -> EventView:
    """Of the copies, the one in the middle of the three years."""
    rows = await Event.select(Event.slug).where(Event.turn > 0).order_by(Event.starts_at)
    found = await event_by_slug(rows[len(rows) // 2]["slug"])
    assert found is not None
    return found


async def _ask_all(event: EventView) -> list[Asked]:
    origin = settings().base_url
    app: Any = create_app()
    async with AsyncClient(transport=ASGITransport(app), base_url=origin, timeout=120) as client:
        client.cookies["team"] = await sign_in(BERND_MAIL, PASSWORD, "192.0.2.7", now())
        paths = sorted(page.removeprefix("GET ") for page in PAGES if page.startswith("GET "))
        values = await _values(event)
        return [found for path in paths if (found := await _asked(client, path, values))]


async def _asked(client: AsyncClient, path: str, values: Mapping[str, str]) -> Asked | None:
    """The best of some calls, after one that fills what is kept. None for pages that are not there for this event."""
    address = re.sub(r"\{(\w+)\}", lambda found: values[found.group(1)], path)
    times, statements = [], 0
    for _call in range(REPEATS + 1):
        before, began = queries_so_far(), time.perf_counter()
        answer = await client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        statements = queries_so_far() - before
    return Asked(path, statements, min(times[1:])) if answer.status_code == 200 else None


async def _values(event: EventView) -> dict[str, str]:
    """For every parameter of a path."""
    coming = await make_event()
    await sign_up(coming, Person("Vera", "Novak", "vera@example.org"))
    values = await parameters(coming)
    of_event = Registration.select().where(Registration.event == event.id)
    first = await of_event.order_by(Registration.queue_number).first()
    ours = {"event_id": event.id, "event_date_id": event.dates[0].id, "record_id": event.id}
    ours |= {"registration_id": first["id"], "participant_id": first["participant"]} if first else {}
    return values | {name: str(value) for name, value in ours.items()}


def _wanted(arguments: Sequence[str]) -> Coroutine[Any, Any, None]:
    if not arguments:
        return main()
    return ask() if arguments[0] == "ask" else fill_up(float(arguments[1]))


if __name__ == "__main__":
    asyncio.run(_wanted(sys.argv[1:]))
