"""A site of one's own for tests that change what others look at: a copy of the demo, served beside it."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.browser.conftest import Site
from tests.servers import serving

Prepare = Callable[[sqlite3.Connection], None]


@asynccontextmanager
async def copy_of(site: Site, folder: Path, prepare: Prepare) -> AsyncIterator[Site]:
    """`prepare` brings the copy into the state a test begins with."""
    copy = folder / "teilnahme.sqlite"
    with closing(sqlite3.connect(site.folder / copy.name)) as before, closing(sqlite3.connect(copy)) as after:
        before.backup(after)
        prepare(after)
        after.commit()
    settings = {"EVENTS_DATA": str(folder), "EVENTS_DATABASE_URL": f"sqlite:///{copy}", "EVENTS_MAIL_RATE": "100000"}
    async with serving(at_its_address=True, **settings) as server:
        yield Site(server.address, folder, site.password)


def move(database: sqlite3.Connection, slug: str, start: str, end: str) -> str:
    """Lets an event of one date take place then; `start` and `end` are what SQLite adds to now. Its id."""
    (event,) = database.execute("SELECT id FROM event WHERE slug = ?", [slug]).fetchone()
    moments = [f"strftime('%Y-%m-%d %H:%M:00+00:00', 'now', '{one}')" for one in (start, end)]
    database.execute(f'UPDATE event_date SET start = {moments[0]}, "end" = {moments[1]} WHERE event = ?', [event])
    database.execute(f"UPDATE event SET starts_at = {moments[0]}, ends_at = {moments[1]} WHERE id = ?", [event])
    return str(event)
