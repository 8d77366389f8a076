"""A personal calendar when the database is away, and what the log says of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest_asyncio
import structlog
from httpx import AsyncClient

from events.calendar_feeds.last_copies import LastCopies
from events.kit.feed_addresses import feed_token
from events.web.public import personal_feed
from tests.factories import make_event
from tests.registration.stories import confirmed, stranger
from tests.web.public.calendars import path
from tests.web.public.own import path_of

NoDatabase = Callable[[], AbstractAsyncContextManager[None]]


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def nothing_kept(client: AsyncClient) -> AsyncIterator[None]:
    personal_feed.last_copies = LastCopies()
    yield


async def test_without_a_database_the_last_copy_stays_and_strangers_are_asked_to_wait(
    client: AsyncClient, without_database: NoDatabase
) -> None:
    receipt = await confirmed(await make_event())
    feed = path("feed", receipt.booking)
    copy = await client.get(feed)
    other = await confirmed(await make_event("Anderer"), who=stranger(1))
    async with without_database():
        assert (await client.get(feed)).content == copy.content
        for unseen in (path("feed", other.booking), f"/tr{feed}", "/kalender/persoenlich/x.ics"):
            answer = await client.get(unseen)
            assert answer.status_code == (404 if unseen.endswith("/x.ics") else 503)
        assert (await client.get(path("feed", other.booking))).headers["retry-after"]


async def test_what_was_switched_off_is_forgotten_at_once(client: AsyncClient, without_database: NoDatabase) -> None:
    receipt = await confirmed(await make_event())
    feed = path("feed", receipt.booking)
    assert (await client.get(feed)).status_code == 200
    await client.post(f"{path_of(receipt)}/kalender/abschalten")
    assert (await client.get(feed)).status_code == 410
    async with without_database():
        assert (await client.get(feed)).status_code == 503


async def test_no_log_line_holds_the_address(client: AsyncClient, without_database: NoDatabase) -> None:
    receipt = await confirmed(await make_event())
    token = feed_token("feed", receipt.booking, 1)
    with structlog.testing.capture_logs() as lines:
        await client.get(f"/kalender/persoenlich/{token}.ics")
        await client.get(f"/tr/kalender/persoenlich/{token}x.ics")
        async with without_database():
            await client.get(f"/en/kalender/persoenlich/{token}.ics")
    assert any(line.get("path") == "/kalender/persoenlich/{token}" for line in lines)
    assert token not in str(lines)
