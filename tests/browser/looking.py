"""Looks at pages as a strict reader: axe, a narrow screen, the console, and what is asked of other sites."""

import asyncio
from collections.abc import Iterable

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request

from tests.browser.axe import violations
from tests.browser.conftest import Site

AT_ONCE = 3
NARROW = {"width": 320, "height": 640}


class Complaints:
    """What a page does that it should not: errors in the console, requests to other sites."""

    def __init__(self, page: Page, site: Site) -> None:
        self.found: list[str] = []
        self._site = site
        page.on("console", self._said)
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.found.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        # The browser notes the 404 of the page that is meant to be one.
        if message.type == "error" and "404" not in message.text:
            self.found.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self._site.address):
            self.found.append(f"asks {request.url}")


async def looked_at(context: BrowserContext, site: Site, address: str) -> list[str]:
    return await all_looked_at(context, site, [address])


async def all_looked_at(context: BrowserContext, site: Site, addresses: Iterable[str]) -> list[str]:
    """A few pages look at all of them: one more page costs as much as what is shown on it."""
    left = list(reversed(list(addresses)))

    async def look_at_what_is_left() -> list[str]:
        page, found = await context.new_page(), []
        complaints = Complaints(page, site)
        wide = page.viewport_size
        while left:
            found += await _found_at(left.pop(), page)
            await page.set_viewport_size(wide)  # type: ignore[arg-type]
        await page.close()
        return found + complaints.found

    lines = await asyncio.gather(*(look_at_what_is_left() for _number in range(min(AT_ONCE, len(left)))))
    return [line for some in lines for line in some]


async def _found_at(address: str, page: Page) -> list[str]:
    await page.goto(address)
    found = await violations(page)
    await page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{address}: wider than 320 px")
    return found
