"""The demo, loaded once for all tests here: they only read it or put back what they change."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest_asyncio

from events.demo.load import DemoReport, load_demo
from events.kit.clock import now


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def demo(empty_database: Callable[[], AbstractAsyncContextManager[None]]) -> AsyncIterator[DemoReport]:
    async with empty_database():
        began = time.perf_counter()
        report = await load_demo(now=now())
        print(f"demo loaded in {time.perf_counter() - began:.1f} s")
        yield report
