"""A backup while people sign up, fifty a second: whoever was told it worked before it began is in it."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx

from events.programme.queries import EventView
from tests.factories import make_event
from tests.operations.installations import IN_ORDER, backed_up, installed
from tests.servers import serving

EACH = 1 / 50  # seconds
FIRST = 60
"""Answered before the backup begins; people keep coming until it is finished."""


async def test_who_signed_up_before_the_backup_began_is_in_it(db: None, tmp_path: Path) -> None:
    event = await make_event(capacity=None, starts_in=timedelta(days=20))
    acknowledged: list[str] = []
    is_over = asyncio.Event()
    async with serving("--no-worker") as server, httpx.AsyncClient(base_url=server.address, timeout=60) as client:
        people = asyncio.create_task(_arriving(client, event, acknowledged, is_over))
        while len(acknowledged) < FIRST:
            await asyncio.sleep(EACH)
        before = set(acknowledged)
        backup = await backed_up(tmp_path / "sicherung.zip")
        is_over.set()
        came = await people
    elsewhere = await installed("embedded", tmp_path / "anderswo")
    code, printed = await elsewhere.does("restore", str(backup))
    assert code == 0 and printed.endswith(IN_ORDER)
    kept = _addresses(elsewhere.file)
    assert before <= kept <= came and len(before) < len(came) and came == set(acknowledged)


async def _arriving(
    client: httpx.AsyncClient, event: EventView, acknowledged: list[str], is_over: asyncio.Event
) -> set[str]:
    """One after the other at their pace, whether or not those before have got their answer. Who came, once all have."""
    began = asyncio.get_running_loop().time()
    came: set[str] = set()
    async with asyncio.TaskGroup() as group:
        while not is_over.is_set():
            number = len(came)
            await asyncio.sleep(began + number * EACH - asyncio.get_running_loop().time())
            came.add(_mail(number))
            group.create_task(_sign_up(client, event, number, acknowledged))
    return came


def _mail(number: int) -> str:
    return f"gast{number}@example.org"


async def _sign_up(client: httpx.AsyncClient, event: EventView, number: int, acknowledged: list[str]) -> None:
    mail = _mail(number)
    typed = {"given_name": f"Gast {number}", "email": mail, "consent": "on", "submission": f"s{number}"}
    answer = await client.post(f"/veranstaltungen/{event.slug}/anmeldung", data=typed)
    assert answer.status_code == 303
    acknowledged.append(mail)


def _addresses(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        return {row[0] for row in connection.execute("SELECT contact_email FROM booking")}
