"""`python -m bench.stock N` puts N events into the database of the settings and prints their slugs as JSON."""

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

from events.kit.database import database, transaction
from events.schema import migrate
from tests.factories import make_event, make_series


async def fill(number: int) -> list[str]:
    """Events of one series, spread over the coming months."""
    async with transaction():
        series = await make_series()
        made = [
            await make_event(f"Veranstaltung {n}", starts_in=timedelta(days=10 + n % 150), series=series)
            for n in range(number)
        ]
    return [event.slug for event in made]


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
