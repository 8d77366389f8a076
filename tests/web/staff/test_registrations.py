"""The people of an event: list, table file, one of them, cancelling."""

import csv
from dataclasses import replace

import pytest

from events.kit.actor import SYSTEM
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def sign_up(event, *people):
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)


async def test_the_list_says_who_comes_and_who_waits(bernd):
    event = await make_event(capacity=1)
    await sign_up(event, AMIRA, DORIAN)
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen")).text
    assert "Amira Haddad" in page and "Dorian Weiß" in page and "1 von 1 Plätzen" in page and "1 wartet" in page
    waiting = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen?stand=waiting")).text
    assert "Dorian Weiß" in waiting and "Amira Haddad" not in waiting


async def test_cancelling_frees_the_place_and_is_told_in_the_history(bernd):
    event = await make_event(capacity=1)
    await sign_up(event, AMIRA, DORIAN)
    amira = next(one for one in await registrations_of(event.id) if one.given_name == "Amira")
    path = f"/team/veranstaltungen/{event.id}/anmeldungen/{amira.id}"
    page = (await bernd.get(path)).text
    assert "Amira Haddad" in page and "Stornieren" in page and "Anmeldung: angemeldet" in page
    answer = await bernd.post(f"{path}/absagen", data={"reason": "Hat angerufen."})
    assert answer.status_code == 303
    stands = {one.given_name: one.status for one in await registrations_of(event.id)}
    assert stands == {"Amira": "cancelled", "Dorian": "confirmed"}
    page = (await bernd.get(path)).text
    assert "Hat angerufen." in page and "Stornieren" not in page
    assert (await bernd.post(f"{path}/absagen")).status_code == 409


async def test_a_registration_of_another_event_is_not_found_here(bernd):
    event, other = await make_event(), await make_event("Etwas anderes")
    await sign_up(event, AMIRA)
    (amira,) = await registrations_of(event.id)
    path = f"/team/veranstaltungen/{other.id}/anmeldungen/{amira.id}"
    assert (await bernd.get(path)).status_code == 404
    assert (await bernd.post(f"{path}/absagen")).status_code == 404


async def test_the_table_file_opens_in_a_spreadsheet_and_runs_nothing(bernd):
    event = await make_event()
    dangerous = Person(
        given_name="=1+1", family_name="@SUM(A1)", email="x@example.org", phone="+49 2361 1", city="-Marl"
    )
    await sign_up(event, replace(AMIRA, city="Köln; Süd"), dangerous)
    answer = await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen.csv")
    assert (
        answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    )
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][:2] == ["Amira", "Haddad"] and rows[1][5] == "Köln; Süd"
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)


async def test_nobodys_language_leaves_with_their_name(bernd):
    event = await make_event()
    await sign_up(event, replace(AMIRA, needs=("interpreting", "childcare")))
    table = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen.csv")).text
    assert "Kinderbetreuung" in table
    assert "Sprachmittlung" not in table and "Sprache" not in table and "Deutsch" not in table


async def test_two_hundred_people_are_one_page(bernd):
    event = await make_event(capacity=None)
    for number in range(200):
        await sign_up(event, Person(given_name=f"Person {number}", email=f"p{number}@example.org"))
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen")).text
    assert page.count('scope="row"') == 200


async def test_what_people_typed_stays_text(bernd):
    event = await make_event()
    await sign_up(event, replace(AMIRA, given_name="<script>alert(1)</script>"))
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen")).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


async def test_people_are_found_by_any_word_and_the_table_file_follows(bernd):
    event = await make_event(policy={"needs_email": False})
    await sign_up(event, AMIRA, DORIAN, Person("Şükrü", "Öztürk", phone="02361 222222", city="Herten"))
    path = f"/team/veranstaltungen/{event.id}/anmeldungen"
    found = (await bernd.get(f"{path}?suche=sukru+herten")).text
    assert "Şükrü" in found and "Amira" not in found and "Angemeldet (1)" in found
    table = (await bernd.get(f"{path}.csv?suche=herten")).text
    assert "Amira" in table and "Şükrü" in table and "Dorian" not in table
    nobody = (await bernd.get(f"{path}?suche=niemand")).text
    assert "Zu dieser Suche passt keine Anmeldung." in nobody


async def test_whom_no_mail_reaches_can_be_listed(bernd):
    event = await make_event(policy={"needs_email": False})
    await sign_up(event, AMIRA, Person("Gülay", phone="02361 222222"))
    path = f"/team/veranstaltungen/{event.id}/anmeldungen"
    page = (await bernd.get(f"{path}?stand=ohne-mail")).text
    assert "Ohne E-Mail-Adresse (1)" in page and "Gülay" in page and "Amira" not in page


async def test_cancelling_says_what_happens_to_this_person(bernd):
    event = await make_event(capacity=1, policy={"needs_email": False})
    await sign_up(event, AMIRA, Person("Gülay"))
    freed, waiting = [
        (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen/{one.id}")).text
        for one in await registrations_of(event.id)
    ]
    assert "Der Platz wird sofort frei" in freed and "amira@example.org bekommt eine Absage." in freed
    assert "Der Platz wird sofort frei" not in waiting and "Bitte sagen Sie selbst Bescheid." in waiting
