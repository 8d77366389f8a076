"""Every address the site has, asked for by everybody, about what is theirs, what is not, and what is not there.

The addresses come from the site itself: a new one is asked too, without a word here.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from events.accounts.queries import staff_by_email
from events.accounts.rules import ROLES
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.programme.actions import add_trainer
from events.web.wrapper import Site
from tests.factories import make_event, make_programme
from tests.web.objects import MAKERS
from tests.web.staff.conftest import NOW
from tests.web.staff.pages import PAGES
from tests.web.staff.stage import Stage, stage
from tests.web.strangers import (
    OPENED_BY,
    SIGN,
    Story,
    Way,
    other_purposes,
    told,
    told_of_strangers,
    ways,
    wrongly_filled,
)
from tests.web.test_attacks import all_rows

pytestmark = pytest.mark.one_database

STANDS_ALONE = {"other_id", "record_id"}
"""Second in an address, yet not part of what stands before it."""

AT_RANDOM = ("/team/kennwort/", "/team/einladung/")
"""Only hashes of these links are kept, so one that is over cannot be told from one that never was: 410 for both."""

TAKEN_FROM_ANYWHERE = "POST /abmelden/{token}"
"""Mail programs send it, from no page at all (RFC 8058)."""

BUILT_ELSEWHERE = (".pdf", ".png", ".xlsx", ".docx")
"""A process of its own for each: `test_roles` asks for these once."""


@dataclass(frozen=True)
class Town:
    """`mine` is the event `trainer` leads, `theirs` belongs to people who must not show."""

    opened: Stage
    mine: Story
    theirs: Story
    ways: list[Way]

    def behind_the_sign_in(self) -> list[Way]:
        return [way for way in self.ways if way.key in PAGES or way.key + "/" in PAGES]

    def in_public(self) -> list[Way]:
        inside = self.behind_the_sign_in()
        return [way for way in self.ways if way not in inside]


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with standing_at(NOW):
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(empty_database: Callable[[], AbstractAsyncContextManager[None]], site: Site) -> AsyncIterator[Town]:
    async with empty_database(), stage(site, ROLES) as opened:
        with standing_at(NOW):
            mine = await told(await opened.story("GET "))
            foreign = await make_event(
                "Ganz woanders", starts_in=timedelta(days=1), programme=await make_programme("Andere")
            )
            theirs = await told_of_strangers(foreign)
            other = await staff_by_email("trainer-of-others@example.org")
            assert other is not None
            await add_trainer(other.id, event_id=foreign.id, by=SYSTEM, now=NOW)
        yield Town(opened, mine, theirs, ways(site))


def test_what_stands_in_an_address_can_be_made(site: Site) -> None:
    known = {"token", "slug", "receipt", "number", "name", "kind", "mail_kind", "record_id", "event_id"}
    known |= set(MAKERS) | {"event_date_id", "file_id"}
    for way in ways(site):
        missing = set(way.gaps) - known
        assert not missing, f"{way.key}: say in tests/web/objects.py (MAKERS) how to make {', '.join(sorted(missing))}"
        if way.token_prefix:
            assert way.token_prefix in OPENED_BY, (
                f"{way.key}: say in tests/web/strangers.py (OPENED_BY) which link opens it, and make one in `told`"
            )


async def test_nobody_reaches_what_their_role_does_not_open(town: Town) -> None:
    before = await all_rows()
    for way in town.behind_the_sign_in():
        for role in set(ROLES) - may_open(way):
            for story in (town.mine, town.theirs):
                await refused(town.opened.clients[role], way, way.filled(story.of(way)))
    assert await all_rows() == before


async def test_a_trainer_reaches_nothing_of_the_events_of_others(town: Town) -> None:
    before = await all_rows()
    for way in town.behind_the_sign_in():
        if {"event_id", "event_date_id"} & set(way.gaps):
            await refused(town.opened.clients["trainer"], way, way.filled(town.theirs.of(way)))
            await refused(town.opened.clients["trainer-no-more"], way, way.filled(town.theirs.of(way)))
            await refused(town.opened.clients["trainer-no-more"], way, way.filled(town.mine.of(way)))
            await refused(town.opened.clients["trainer-of-others"], way, way.filled(town.mine.of(way)))
    assert await all_rows() == before


@pytest.mark.parametrize("role", ROLES)
async def test_nothing_is_found_under_what_it_does_not_belong_to(town: Town, role: str) -> None:
    before = await all_rows()
    for way in town.behind_the_sign_in():
        for path in wrongly_filled(way, town.mine.of(way), town.theirs.of(way), STANDS_ALONE):
            await refused(town.opened.clients[role], way, path)
    assert await all_rows() == before


async def test_a_trainer_reads_no_name_of_strangers_on_any_page_of_theirs(town: Town) -> None:
    seen: Counter[int] = Counter()
    for way in town.behind_the_sign_in():
        if way.method == "GET" and "trainer" in may_open(way) and not way.path.endswith(BUILT_ELSEWHERE):
            answer = await ask(town.opened.clients["trainer"], way, way.filled(town.mine.of(way)))
            assert SIGN not in everything(answer), way.key
            seen[answer.status_code] += 1
    assert seen[200] > 8, seen


async def test_who_is_not_signed_in_is_asked_to_and_changes_nothing(town: Town) -> None:
    before = await all_rows()
    for way in town.behind_the_sign_in():
        answer = await ask(town.opened.clients["dorian"], way, way.filled(town.theirs.of(way)))
        asked_in = answer.status_code == 303 and answer.headers["location"].startswith("/team/anmelden?weiter=/team/")
        assert (asked_in or answer.status_code == 401) and SIGN not in everything(answer), way.key
    assert await all_rows() == before


async def test_a_link_opens_its_own_page_and_no_other(town: Town) -> None:
    before, opened = await all_rows(), set()
    for way in town.in_public():
        if not way.token_prefix:
            continue
        purposes, own = OPENED_BY[way.token_prefix], town.theirs.of(way)
        if way.method == "GET" and way.gaps == ["token"]:
            answer = await ask(town.opened.clients["dorian"], way, way.filled(own))
            opened |= {way.token_prefix} if answer.status_code == 200 else set()
        others = [token for purpose, token in town.theirs.tokens.items() if purpose not in purposes]
        for token in (*others, *other_purposes(own["token"], purposes), "x" * 43, forged(own["token"])):
            await refused(town.opened.clients["dorian"], way, way.filled({**own, "token": token}))
    assert opened == set(OPENED_BY)
    assert await all_rows() == before


async def test_a_link_opens_nothing_of_other_people(town: Town) -> None:
    before = await all_rows()
    for way in town.in_public():
        for path in wrongly_filled(way, town.mine.of(way), town.theirs.of(way), STANDS_ALONE):
            await refused(town.opened.clients["dorian"], way, path)
    assert await all_rows() == before


@pytest.mark.parametrize(
    "sent_from", [{"Origin": "https://elsewhere.example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_form_on_another_site_does_nothing_at_any_address(town: Town, sent_from: dict[str, str]) -> None:
    before = await all_rows()
    for way in town.ways:
        if way.method != "GET" and way.key != TAKEN_FROM_ANYWHERE:
            answer = await town.opened.clients["admin"].request(
                way.method, way.filled(town.mine.of(way)), data={}, headers=sent_from
            )
            assert answer.status_code == 403, way.key
    assert await all_rows() == before


async def test_no_public_page_names_anybody(town: Town) -> None:
    for way in town.in_public():
        if way.method == "GET" and not {"token", "receipt"} & set(way.gaps) and not way.path.endswith(BUILT_ELSEWHERE):
            answer = await ask(town.opened.clients["dorian"], way, way.filled(town.theirs.of(way)))
            assert SIGN not in everything(answer) and answer.status_code < 500, way.key


def may_open(way: Way) -> set[str]:
    return set(PAGES.get(way.key) or PAGES[way.key + "/"])


def forged(token: str) -> str:
    """One sign of its proof is another."""
    return token[:30] + ("B" if token[30] == "A" else "A") + token[31:]


async def refused(client: AsyncClient, way: Way, path: str) -> None:
    answer = await ask(client, way, path)
    expected = 410 if way.token_prefix in AT_RANDOM else 404
    assert answer.status_code == expected, f"{way.method} {path} ({way.path}): {answer.status_code}"
    assert SIGN not in everything(answer), path


async def ask(client: AsyncClient, way: Way, path: str) -> Response:
    """An empty form where one is sent."""
    return await client.request(way.method, path, data={} if way.method != "GET" else None)


def everything(answer: Response) -> str:
    return (answer.text + str(answer.headers)).casefold()
