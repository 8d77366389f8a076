"""Every page behind the sign-in for every role, for trainers also about an event that is not theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio

from events.accounts.queries import staff_by_email
from events.accounts.rules import ROLES
from events.app import STAFF
from events.kit.actor import SYSTEM
from events.programme.actions import add_trainer
from tests.factories import make_event
from tests.web.objects import parameters
from tests.web.staff.conftest import NOW
from tests.web.staff.pages import PAGES
from tests.web.staff.stage import stage

pytestmark = pytest.mark.one_database

OF_AN_EVENT = [page for page in PAGES if "{event" in page]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everybody(empty_database, app):
    async with empty_database(), stage(app, ROLES) as opened:
        yield opened


async def ask(client, page, event):
    method, path = page.split(" ")
    filled = path.format(**await parameters(event, path))
    return await client.request(method, filled)


@pytest.mark.parametrize("page", PAGES)
async def test_who_may_open_a_page_does_and_all_others_find_nothing(page, everybody):
    event = await everybody.story(page)
    for role in ROLES:
        answer = await ask(everybody.clients[role], page, event)
        assert (answer.status_code != 404) == (role in PAGES[page]), role
        assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("page", OF_AN_EVENT)
async def test_a_trainer_finds_nothing_of_events_of_others(page, everybody):
    event = await everybody.story(page)
    assert (await ask(everybody.clients["trainer-of-others"], page, event)).status_code == 404


@pytest.mark.parametrize("page", OF_AN_EVENT)
async def test_a_trainer_finds_nothing_any_more_once_the_time_is_over(page, everybody):
    event = await everybody.story(page)
    assert (await ask(everybody.clients["trainer-no-more"], page, event)).status_code == 404


FOR_SCRIPTS = ("/liste.json", "/fakten")
"""What a script asks for, which cannot follow to a form."""


@pytest.mark.parametrize("page", PAGES)
async def test_dorian_is_asked_to_sign_in(page, everybody):
    answer = await ask(everybody.clients["dorian"], page, await everybody.story(page))
    if page.endswith(FOR_SCRIPTS):
        assert answer.status_code == 401
        return
    assert answer.status_code == 303 and answer.headers["location"].startswith("/team/anmelden?weiter=/team/")


async def test_what_does_not_exist_is_not_found(everybody):
    for path in ("veranstaltungen/{}", "anwesenheit/{}", "termine/{}/bearbeiten", "verlauf/event/{}"):
        assert (await everybody.clients["admin"].get("/team/" + path.format(uuid4()))).status_code == 404


async def test_a_trainers_list_holds_only_their_events(everybody):
    await make_event("Fremde Veranstaltung")
    own = await make_event("Eigene Veranstaltung", starts_in=timedelta(days=2))
    trainer = await staff_by_email("trainer-of-others@example.org")
    await add_trainer(trainer.id, event_id=own.id, by=SYSTEM, now=NOW)
    for path in ("/team/", "/team/veranstaltungen"):
        page = (await everybody.clients["trainer-of-others"].get(path)).text
        assert "Eigene Veranstaltung" in page and "Fremde Veranstaltung" not in page


def test_every_page_behind_the_sign_in_is_in_this_table():
    known = {page.replace("{", "").replace("}", "") for page in PAGES}
    found = set()
    for module in STAFF:
        for router in module.handlers:
            for route in getattr(router, "routes", ()):
                for handler in route.route_handlers:
                    path = "".join(f"/{part if isinstance(part, str) else part.name}" for part in route.path_components)
                    found |= {f"{method} {path or '/'}" for method in handler.http_methods if method != "OPTIONS"}
    assert {page.rstrip("/") for page in found} == {page.rstrip("/") for page in known}
