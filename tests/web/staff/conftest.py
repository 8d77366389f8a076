"""Staff of every role, each with a browser of their own that is signed in, and the story most pages need."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from events.accounts.actions import add_staff, sign_in
from events.accounts.queries import staff_by_email
from events.app import create_app
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.web.wrapper import Site
from tests.people import PASSWORD

NOW = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
ADDRESS = "http://testserver.local"

Browser = Callable[[str], Awaitable[AsyncClient]]


@pytest.fixture(scope="session")
def app() -> Site:
    return create_app()


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with standing_at(NOW):
        yield


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(db: None, app: Site) -> AsyncIterator[AsyncClient]:
    """A browser that is not signed in."""
    async with new_browser(app) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def browser(db: None, app: Site) -> AsyncIterator[Browser]:
    """`await browser("organiser")`: a browser in which somebody of that role is signed in."""
    opened: list[AsyncClient] = []

    async def open_as(role: str) -> AsyncClient:
        email = f"{role}@example.org"
        if await staff_by_email(email) is None:
            await add_staff(email, role.title(), role, PASSWORD, by=SYSTEM, now=NOW)
        client = new_browser(app)
        client.cookies["team"] = await sign_in(email, PASSWORD, "192.0.2.7", NOW)
        opened.append(client)
        return client

    yield open_as
    for client in opened:
        await client.aclose()


def new_browser(app: Site) -> AsyncClient:
    """It says where its forms come from, as browsers do."""
    site: Any = app
    return AsyncClient(transport=ASGITransport(site), base_url=ADDRESS, headers={"Origin": ADDRESS})
