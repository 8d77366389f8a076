"""Signing in and out in the browser."""

import pytest

from events.accounts.actions import add_staff
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.web.guards import local_path
from tests.people import PASSWORD
from tests.web.staff.conftest import NOW


async def sign_in(client, password=PASSWORD, email="bernd@example.org", **more):
    return await client.post("/team/anmelden", data={"email": email, "password": password, **more})


@pytest.fixture
async def bernd(db):
    return await add_staff("bernd@example.org", "Bernd", "organiser", PASSWORD, by=SYSTEM, now=NOW)


async def test_who_is_not_signed_in_is_asked_to_and_comes_back(visitor, bernd):
    answer = await visitor.get("/team/veranstaltungen?ansicht=vergangene")
    assert answer.status_code == 303
    page = await visitor.get(answer.headers["location"])
    assert 'value="/team/veranstaltungen?ansicht=vergangene"' in page.text
    answer = await sign_in(visitor, weiter="/team/veranstaltungen?ansicht=vergangene")
    assert (answer.status_code, answer.headers["location"]) == (303, "/team/veranstaltungen?ansicht=vergangene")
    assert (await visitor.get(answer.headers["location"])).status_code == 200


async def test_without_a_cookie_the_database_is_not_asked(visitor):
    await visitor.get("/team/")
    before = queries_so_far()
    await visitor.get("/team/")
    assert queries_so_far() - before <= 1  # the office's name may be looked up


async def test_a_wrong_password_says_no_more_than_an_unknown_address(visitor, bernd):
    wrong = await sign_in(visitor, "falsch falsch falsch")
    unknown = await sign_in(visitor, email="dorian@example.org")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("bernd@", "dorian@") == unknown.text
    assert "set-cookie" not in wrong.headers and PASSWORD not in unknown.text
    assert 'value="bernd@example.org"' in wrong.text


async def test_an_empty_form_says_what_is_missing(visitor):
    answer = await visitor.post("/team/anmelden", data={})
    assert answer.status_code == 422
    assert answer.text.count("Bitte füllen Sie dieses Feld aus.") == 4  # at both fields and in the summary
    assert "<title>Fehler:" in answer.text


async def test_too_many_tries_are_told_when_to_come_back(visitor, bernd):
    for _ in range(10):
        await sign_in(visitor, "falsch falsch falsch")
    answer = await sign_in(visitor)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 901
    assert "Minuten" in answer.text


async def test_the_cookie_is_for_this_site_only_and_not_for_scripts(visitor, bernd):
    answer = await sign_in(visitor)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie and "domain" not in cookie


async def test_a_new_sign_in_replaces_the_old_session(visitor, bernd):
    await sign_in(visitor)
    old = visitor.cookies["team"]
    await sign_in(visitor)
    assert visitor.cookies["team"] != old
    visitor.cookies.clear()
    visitor.cookies["team"] = old
    assert (await visitor.get("/team/")).status_code == 303


async def test_a_cookie_chosen_by_somebody_else_is_never_taken_over(visitor, bernd):
    visitor.cookies["team"] = "chosen-by-dorian"
    answer = await sign_in(visitor)
    assert "chosen-by-dorian" not in answer.headers["set-cookie"]


async def test_signing_out_ends_the_session_on_the_server(visitor, bernd):
    await sign_in(visitor)
    token = visitor.cookies["team"]
    assert (await visitor.post("/team/abmelden")).headers["location"] == "/team/anmelden"
    visitor.cookies["team"] = token
    assert (await visitor.get("/team/")).status_code == 303


async def test_a_form_of_another_site_signs_nobody_in(visitor, bernd):
    answer = await visitor.post(
        "/team/anmelden",
        data={"email": "bernd@example.org", "password": PASSWORD},
        headers={"Origin": "https://elsewhere.example.org"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "wished",
    ["https://elsewhere.example.org/", "//elsewhere.example.org", "/team/../", "/\\elsewhere", "/team/\r\nX: y", ""],
)
def test_after_signing_in_nobody_is_led_away(wished):
    path = local_path(wished)
    assert path.startswith("/team/") and "\n" not in path and "\\" not in path
