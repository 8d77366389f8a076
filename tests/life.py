"""The app between start-up and shutdown."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar


@asynccontextmanager
async def living(app: Litestar) -> AsyncIterator[None]:
    """The app between start-up and shutdown; its lifespan must be entered and left in one task."""
    started, stop = asyncio.Event(), asyncio.Event()

    async def life() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    task = asyncio.create_task(life())
    await asyncio.wait([task, asyncio.create_task(started.wait())], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    try:
        yield
    finally:
        stop.set()
        await task
