"""How long a long list takes: read, looked at and signed up, and the memory it needs meanwhile.

`python -m bench.imports N` does it inside its own process for N people and prints a `Taken` a line of JSON.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from bench.sites import module, sqlite
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import database, queries_so_far
from events.registration.imports.drafts import import_people, outlook
from events.registration.imports.kept import draft_of, keep_draft
from events.schema import migrate
from tests.factories import make_event
from tests.workbooks import xlsx

FEW, MANY = 50, 5000


@dataclass(frozen=True)
class Taken:
    """`megabytes`: how much the process has grown at its largest since the start, its own helpers not counted."""

    what: str
    statements: int
    milliseconds: float
    megabytes: float


async def measured() -> Sequence[Sequence[str]]:
    """Rows: what, then statements and milliseconds for few people, the same and megabytes for many."""
    few, many = [await _of(number) for number in (FEW, MANY)]
    return [
        (
            one.what, str(one.statements), f"{one.milliseconds:.0f}",
            str(other.statements), f"{other.milliseconds:.0f}", f"{other.megabytes:.0f}",
        )
        for one, other in zip(few, many, strict=True)
    ]  # fmt: skip


async def _of(number: int) -> list[Taken]:
    with sqlite() as empty:
        said = await module("imports", str(number), settings=empty)
    assert isinstance(said, list)
    return [Taken(**one) for one in said]


async def main(number: int) -> None:
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        print(json.dumps([asdict(one) for one in await _taken(number)]))
    finally:
        await engine.close_connection_pool()


async def _taken(number: int) -> list[Taken]:
    event, content, before = await make_event(capacity=number - 10), _list(number), _largest()

    async def timed(what: str, call: Awaitable[Any]) -> tuple[Taken, Any]:
        statements, began = queries_so_far(), time.perf_counter()
        found = await call
        took = (time.perf_counter() - began) * 1000
        return Taken(what, queries_so_far() - statements, took, (_largest() - before) / 1e6), found

    kept, id = await timed("Datei annehmen (XLSX)", keep_draft(event.id, uuid4(), "liste.xlsx", content, now=now()))
    draft = await draft_of(id)
    seen, found = await timed("Vorschau", outlook(draft, event, now=now()))
    if len(found.new) != number:
        raise RuntimeError(f"{len(found.new)} of {number} can be signed up")
    done, _ = await timed(
        "Anmelden ohne Mails", import_people(draft, draft.version, by=SYSTEM, now=now(), notify=False)
    )
    return [kept, seen, done]


def _list(number: int) -> bytes:
    people = [
        [f"Vorname{n}", f"Nachname{n}", f"gast{n}@example.org", f"02361 {n:06}", f"Kita {n % 40}", "Herten"]
        for n in range(number)
    ]
    return xlsx([["Vorname", "Nachname", "E-Mail", "Telefon", "Einrichtung", "Ort"], *people])


def _largest() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
