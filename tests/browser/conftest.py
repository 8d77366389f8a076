"""One browser and one demo site for all journeys; everybody comes with a name and an address of their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import chromium, options
from tests.servers import output_of, serving

SOONEST = "integration-ins-bildungssystem"
TO_FOLLOW = "arbeitsmarktlotsinnen-und-lotsen-anerkennung-von-abschluessen"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", help="folder that the handbook's pictures are written to")


@dataclass(frozen=True)
class Site:
    """`folder` holds database and mails; `password` opens every account of the demo's team."""

    address: str
    folder: Path
    password: str
    sessions: dict[str, Any] = field(default_factory=dict)  # cookies of who has signed in


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    folder = tmp_path_factory.mktemp("demo")
    settings = {
        "EVENTS_DATA": str(folder),
        "EVENTS_DATABASE_URL": f"sqlite:///{folder / 'teilnahme.sqlite'}",
        "EVENTS_MAIL_RATE": "100000",
    }
    code, printed = await output_of("demo", **settings)
    assert code == 0, printed
    password = printed.partition("Passwort für alle: ")[2].split()[0]
    async with serving(at_its_address=True, **settings) as server:
        yield Site(server.address, folder, password)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(executable_path=chromium(), args=options())
