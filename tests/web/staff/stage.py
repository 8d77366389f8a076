"""One database for all questions of who may open what: everybody signed in once, one story for pages only read."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from httpx import AsyncClient

from events.accounts.actions import add_staff, sign_in
from events.accounts.queries import staff_by_email
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.programme.actions import add_trainer
from events.programme.queries import EventView
from events.registration.actions import register
from events.registration.signup import SignUp
from events.web.wrapper import Site
from tests.factories import make_event
from tests.people import AMIRA, PASSWORD
from tests.web.staff.conftest import NOW, new_browser

TRAINERS = ("trainer", "trainer-of-others", "trainer-no-more")


@dataclass
class Stage:
    """`clients` by name: each role, the trainers, and "dorian" who is not signed in."""

    clients: dict[str, AsyncClient]
    _stories: dict[str, EventView] = field(default_factory=dict)

    async def story(self, page: str) -> EventView:
        """An event of tomorrow with Amira on its list, led by `trainer` and until now by `trainer-no-more`.

        A page that changes something has one of its own.
        """
        about = "" if page.startswith("GET ") else page
        if about not in self._stories:
            self._stories[about] = await _story()
        return self._stories[about]


@asynccontextmanager
async def stage(app: Site, roles: Sequence[str]) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        clients = {"dorian": await stack.enter_async_context(new_browser(app))}
        with standing_at(NOW):
            for name in dict.fromkeys([*roles, *TRAINERS]):
                clients[name] = await stack.enter_async_context(new_browser(app))
                clients[name].cookies["team"] = await _signed_in(name)
        yield Stage(clients)


async def _signed_in(name: str) -> str:
    email = f"{name}@example.org"
    await add_staff(email, name.title(), "trainer" if name in TRAINERS else name, PASSWORD, by=SYSTEM, now=NOW)
    return await sign_in(email, PASSWORD, "192.0.2.7", NOW)


async def _story() -> EventView:
    event = await make_event(starts_in=timedelta(days=1))
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), by=SYSTEM, now=NOW)
    now_and_then = {"trainer": (None, NOW), "trainer-no-more": (NOW, NOW - timedelta(days=1))}
    for name, (until, since) in now_and_then.items():
        member = await staff_by_email(f"{name}@example.org")
        assert member is not None
        await add_trainer(member.id, event_id=event.id, until=until, by=SYSTEM, now=since)
    return event
