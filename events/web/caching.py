"""Rendered anonymous pages and feeds, kept for two seconds. Nothing is ever taken back: they are as old as they may be.

Which pages are kept their handlers say (`opt={"kept": True}`); never a form that is sent, never anything with a cookie.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from litestar.routes import BaseRoute, HTTPRoute

from events.web.answers import Answer
from events.web.headers import value_of

LONGEST = 2.0  # seconds from the start of rendering
LARGEST = 16 * 1024 * 1024  # bytes of all bodies together
MOST = 100  # pages

Key = tuple[str, bytes, str | None]
"""Path with its language, query, and the language the browser prefers (it may get a line that offers it)."""


@dataclass(frozen=True, slots=True)
class _Page:
    answer: Answer
    since: float
    lasting: bool


class KeptPages:
    """For one process; several show states at most two seconds apart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._flights: dict[Key, asyncio.Task[Answer]] = {}
        self.size = 0  # bytes of all bodies

    def fresh(self, key: Key) -> Answer | None:
        page = self._pages.get(key)
        return page.answer if page is not None and self._clock() - page.since < LONGEST else None

    async def rendered(self, key: Key, render: Callable[[], Awaitable[Answer]], *, lasting: bool) -> Answer:
        """Renders, or waits for who renders the same already. In trouble a `lasting` one gives its last good copy."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(self._render(key, render, lasting))
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        answer = await asyncio.shield(flight)  # one visitor who leaves does not take the page from the others
        last = self._pages.get(key)
        return last.answer if lasting and last is not None and answer.status >= 500 else answer

    def clear(self) -> None:
        self._pages.clear()
        self.size = 0

    async def _render(self, key: Key, render: Callable[[], Awaitable[Answer]], lasting: bool) -> Answer:
        since = self._clock()
        answer = await render()
        if answer.status == 200 and not value_of(answer.headers, b"set-cookie"):
            self._keep(key, _Page(answer, since, lasting))
        return answer

    def _keep(self, key: Key, page: _Page) -> None:
        self._drop(key)
        self._drop_what_nobody_gets_any_more()
        self._pages[key] = page
        self.size += page.answer.size
        while self._pages and (self.size > LARGEST or len(self._pages) > MOST):
            self._drop(next(iter(self._pages)))

    def _drop_what_nobody_gets_any_more(self) -> None:
        """Else addresses that were asked for once would fill the memory up to its bounds, and stay."""
        now = self._clock()
        for key in [key for key, page in self._pages.items() if not page.lasting and now - page.since >= LONGEST]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self.size -= page.answer.size


def kept_paths(routes: Iterable[BaseRoute]) -> re.Pattern[str]:
    """Matches the paths (without language) of the handlers that want to be kept."""
    wanted = [
        "/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in route.path.split("/"))
        for route in routes
        if isinstance(route, HTTPRoute) and any(handler.opt.get("kept") for handler in route.route_handlers)
    ]
    return re.compile("|".join(wanted) or r"(?!)")
