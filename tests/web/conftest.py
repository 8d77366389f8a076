"""A browser in front of the living site, over an empty database."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from events.app import create_app
from events.kit.database import on_sqlite
from events.web.caching import KeptPages
from events.web.wrapper import Site
from piccolo_conf import DB
from tests.life import living

ADDRESS = "http://testserver.local"


class Hand:
    """A clock for kept pages that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(scope="session")
def site() -> Site:
    return create_app()


@pytest_asyncio.fixture(loop_scope="session")
async def client(db: None, site: Site) -> AsyncIterator[AsyncClient]:
    """An anonymous visitor; nothing is kept from the test before."""
    site.kept_pages = KeptPages()
    async with living(site), AsyncClient(transport=ASGITransport(site), base_url=ADDRESS) as visitor:
        yield visitor


@pytest.fixture
def clock(client: AsyncClient, site: Site) -> Hand:
    """Pages grow old only when its `seconds` are moved."""
    hand = Hand()
    site.kept_pages = KeptPages(hand)
    return hand


@asynccontextmanager
async def no_database() -> AsyncIterator[None]:
    """Inside, the database cannot be reached; afterwards it is back."""
    await DB.close_connection_pool()
    kept = DB.connection_kwargs if on_sqlite() else DB.config
    gone = {**kept, "database": "/gibt/es/nicht"} if on_sqlite() else {"dsn": "postgresql://nobody@127.0.0.1:1/x"}
    setattr(DB, "connection_kwargs" if on_sqlite() else "config", gone)
    try:
        yield
    finally:
        setattr(DB, "connection_kwargs" if on_sqlite() else "config", kept)
        await DB.start_connection_pool()


@pytest.fixture
def without_database() -> Callable[[], AbstractAsyncContextManager[None]]:
    return no_database
