"""`python -m bench.dates N` fills the database of the settings with N dates, ten of each event, and prints how many."""

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from events.kit.database import database, transaction
from events.programme.tables import Event, EventDate
from events.schema import migrate
from tests.factories import make_event

DATES = 10
AT_ONCE = 20  # events
SUMMARY = {
    "de": "Wie Kinder mit zwei und mehr Sprachen aufwachsen, was ihnen dabei hilft und was Einrichtungen tun können.",
    "tr": "Çocuklar iki ve daha fazla dille nasıl büyür, onlara ne yardımcı olur ve kurumlar neler yapabilir?",
}


async def fill(number: int) -> int:
    """One event is made through the actions; the others are its copies: rendering them all would take minutes."""
    original = await make_event("Mehrsprachig aufwachsen", dates=DATES, languages=("tr", "ar"), summary=SUMMARY)
    event = await Event.select().where(Event.id == original.id).first()
    dates = await EventDate.select().where(EventDate.event == original.id).order_by(EventDate.start)
    copies = number // DATES - 1
    for start in range(0, copies, AT_ONCE):
        async with transaction():
            for n in range(start, min(start + AT_ONCE, copies)):
                await _copy(event or {}, dates, n)
    return int(await EventDate.count())


async def _copy(event: dict[str, Any], dates: list[dict[str, Any]], n: int) -> None:
    id = uuid4()
    await Event.insert(Event(**{**event, "id": id, "slug": f"{event['slug']}-{n}"}))
    await EventDate.insert(*(_moved(date, id, n) for date in dates))


def _moved(date: dict[str, Any], event: UUID, n: int) -> EventDate:
    """Its stored text keeps the time of the original: only the size counts here."""
    uid, away = f"{uuid4()}@example.org", timedelta(minutes=n)
    changed = {"id": uuid4(), "event": event, "uid": uid, "entries": date["entries"].replace(date["uid"], uid)}
    return EventDate(**{**date, **changed, "start": date["start"] + away, "end": date["end"] + away})


async def main(number: int) -> None:
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        print(json.dumps(await fill(number)))
    finally:
        await engine.close_connection_pool()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
