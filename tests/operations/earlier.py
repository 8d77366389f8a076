"""A database as an earlier program left it: only its first migrations ran."""

import asyncio

from events.schema import migrate

THEN = "2026-11-22T19:20:00:000000"


def main() -> None:
    asyncio.run(migrate(until=THEN))
