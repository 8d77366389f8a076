"""The way to the identity provider and back in the browser; without one in the settings it is not there."""

import httpx
import pyotp
import pytest

from events.accounts.actions import add_staff, sign_in
from events.accounts.second_factor import secret_of, switch_on
from events.accounts.tables import StaffSession
from events.app import create_app
from events.kit.actor import SYSTEM
from events.settings import settings
from tests.accounts.identity_provider import CLIENT, SECRET, identity_provider
from tests.people import BERND_MAIL, PASSWORD
from tests.web.staff.conftest import ADDRESS, NOW, new_browser

START = "/team/anmelden/oidc"


@pytest.fixture
def provider(monkeypatch):
    with identity_provider(NOW) as found:
        found.person = {"email": BERND_MAIL}
        monkeypatch.setenv("EVENTS_OIDC_ISSUER", found.issuer)
        monkeypatch.setenv("EVENTS_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("EVENTS_OIDC_CLIENT_SECRET", SECRET)
        settings.cache_clear()
        yield found
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def visitor(db, provider):
    async with new_browser(create_app()) as client:
        yield client


async def bernd():
    return await add_staff(BERND_MAIL, "Bernd", "organiser", PASSWORD, by=SYSTEM, now=NOW)


async def way_back(client, start=START):
    """The address the provider sends the browser to."""
    leaving = await client.get(start)
    assert leaving.status_code == 303 and leaving.headers["cache-control"] == "no-store"
    async with httpx.AsyncClient() as outside:
        back = (await outside.get(leaving.headers["location"])).headers["location"]
    assert back.startswith(ADDRESS)
    return back.removeprefix(ADDRESS)


async def test_there_and_back_to_the_page_that_was_wished(visitor):
    await bernd()
    assert START in (await visitor.get("/team/anmelden")).text
    back = await way_back(visitor, f"{START}?weiter=/team/personen")
    visitor.cookies["team"] = "chosen-by-dorian"
    answer = await visitor.get(back)
    assert answer.headers["location"] == "/team/personen" and "chosen-by-dorian" not in str(answer.headers)
    visitor.cookies.delete("team", domain="")
    assert (await visitor.get("/team/personen")).status_code == 200
    assert (await visitor.get(back)).headers["location"] == "/team/anmelden?meldung=dienst"
    assert await StaffSession.count() == 1


async def test_who_has_no_account_is_told_and_another_site_is_no_goal(visitor):
    assert (await visitor.get(await way_back(visitor))).headers["location"] == "/team/anmelden?meldung=unbekannt"
    assert "keinen Zugang" in (await visitor.get("/team/anmelden?meldung=unbekannt")).text
    await bernd()
    back = await way_back(visitor, f"{START}?weiter=https://elsewhere.example.org/")
    assert (await visitor.get(back)).headers["location"] == "/team/"


async def test_the_second_factor_is_asked_for_after_it_too(visitor):
    id = await bernd()
    view = await StaffSession.select().first() if await sign_in(BERND_MAIL, PASSWORD, "192.0.2.7", NOW) else None
    await switch_on(id, pyotp.TOTP(await secret_of(id)).at(NOW), PASSWORD, view["id"], NOW)
    answer = await visitor.get(await way_back(visitor))
    assert answer.headers["location"] == "/team/anmelden/code?weiter=/team/"
    assert (await visitor.get("/team/")).status_code == 303


async def test_without_a_provider_there_is_no_such_way(db, app):
    async with new_browser(app) as client:
        assert (await client.get(START)).status_code == 404
        assert START not in (await client.get("/team/anmelden")).text
