"""The Verteiler in the office: finding, adding what was signed, changing, taking off, erasing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.contacts.actions import add_contact, leave_list, prove_contact
from events.contacts.details import ContactDetails
from events.contacts.queries import contacts
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail.opt_outs import address_hash, opt_out
from tests.contacts.stories import confirmed, joined, make_topic, seen
from tests.factories import make_programme
from tests.outbox import kinds_to
from tests.web.staff.conftest import NOW

PATH = "/team/verteiler"
AMIRA = "amira@example.org"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def names(page):
    found = [part.partition("</a>")[0] for part in page.split('scope="row"><a class="kern-link"')[1:]]
    return [one.partition(">")[2].partition("<")[0] for one in found]


async def test_the_search_knows_no_accents_and_can_be_narrowed(bernd):
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    await confirmed("a@example.org", [first], NOW, name="Şükrü Yıldırım", city="Marl")
    await confirmed("b@example.org", [first, second], NOW, name="Beata Bąk", organisation_name="Kita Gökkuşağı")
    await joined("c@example.org", [second], NOW, name="Carla")
    await leave_list(await confirmed("d@example.org", [second], NOW, name="Dorian"), now=NOW)
    for query, found in (
        ("", {"Şükrü Yıldırım", "Beata Bąk", "Carla", "Dorian"}),
        ("suche=sukru+YILDIRIM", {"Şükrü Yıldırım"}),
        ("suche=marl", {"Şükrü Yıldırım"}),
        ("suche=gokkusagi", {"Beata Bąk"}),
        ("suche=B@EXAMPLE", {"Beata Bąk"}),
        ("thema=pflege", {"Beata Bąk", "Carla"}),
        ("thema=pflege&stand=pending", {"Carla"}),
        ("stand=left", {"Dorian"}),
        ("stand=confirmed&suche=carla", set()),
    ):
        assert set(names((await bernd.get(f"{PATH}?{query}")).text)) == found, query
    page = (await bernd.get(f"{PATH}?thema=pflege")).text
    assert (
        "alle (2)" in page
        and "wartet auf Bestätigung (1)" in page
        and "Griffbereit (2)" in page
        and "Pflege (1)" in page
    )
    assert (await bernd.get(f"{PATH}?stand=irgendwie")).status_code == 422


async def test_two_hundred_are_shown_page_by_page_with_the_same_few_questions(bernd):
    topics = [await make_topic("Griffbereit"), await make_topic("Pflege")]

    async def asked():
        before = queries_so_far()
        page = await bernd.get(f"{PATH}?suche=kontakt&seite=1")
        return page.text, queries_so_far() - before

    asks = []
    for more in (5, 195):
        for number in range(more):
            details = ContactDetails(tuple(topics), name=f"Kontakt {more} {number:03}")
            await add_contact(f"k{more}-{number}@example.org", details, NOW.date(), by=SYSTEM, now=NOW)
        page, count = await asked()
        asks.append(count)
    assert asks[0] == asks[1] <= 12
    assert (
        page.count('scope="row"') == 50
        and "200 Kontakte" in page
        and "suche=kontakt" in page.partition("pagination")[2]
    )
    assert (await bernd.get(f"{PATH}?seite=999999999999")).status_code == 200


async def test_somebody_who_signed_on_paper_is_added(bernd):
    topic = await make_programme("Griffbereit")
    sent = {"email": AMIRA, "signed_on": "2027-01-04", "topics": [str(topic)], "language": "ar", "name": "Amira Haddad"}
    answer = await bernd.post(f"{PATH}/neu", data=sent)
    assert answer.status_code == 303
    page = (await bernd.get(answer.headers["location"])).text
    for text in (
        "Amira Haddad",
        "bestätigt",
        "auf Papier",
        "Montag, 4. Januar 2027",
        "Griffbereit",
        "العربية",
        "angelegt",
    ):
        assert text in page, text
    assert await kinds_to(AMIRA) == []


async def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(bernd):
    topic = str(await make_programme("Griffbereit"))
    right = {"email": AMIRA, "signed_on": "2027-01-04", "topics": [topic], "language": "de", "city": "Datteln"}
    for wrong, field in (
        ({"email": "amira"}, "email"),
        ({"signed_on": ""}, "signed_on"),
        ({"signed_on": "2027-02-04"}, "signed_on"),
        ({"topics": []}, "topics"),
        ({"topics": [str(uuid4())]}, "topics"),
        ({"language": "xx"}, "language"),
    ):
        answer = await bernd.post(f"{PATH}/neu", data={**right, **wrong})
        assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and "Datteln" in answer.text, wrong
    assert await contacts() == []


async def test_who_is_there_or_wants_nothing_is_not_added(bernd):
    topic = str(await make_topic())
    sent = {"email": AMIRA, "signed_on": "2027-01-04", "topics": [topic], "language": "de"}
    assert (await bernd.post(f"{PATH}/neu", data=sent)).status_code == 303
    await opt_out(address_hash("dorian@example.org"), "click", now=NOW)
    for email, reason in (
        (AMIRA, "steht schon im Verteiler"),
        ("Dorian@example.org", "keine Rundmails und Einladungen"),
    ):
        answer = await bernd.post(f"{PATH}/neu", data={**sent, "email": email})
        assert answer.status_code == 409 and reason in answer.text and 'href="#f-email"' in answer.text
    assert len(await contacts()) == 1


async def test_topics_and_details_are_changed(bernd):
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    id = await confirmed(AMIRA, [first], NOW, name="Amira")
    assert f'value="{first}" checked' in (await bernd.get(f"{PATH}/{id}/bearbeiten")).text
    sent = {"topics": [str(second)], "language": "tr", "name": "Amira Haddad", "email": "andere@example.org"}
    assert (await bernd.post(f"{PATH}/{id}/bearbeiten", data=sent)).status_code == 303
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "Pflege" in page and "Griffbereit" not in page and "geändert: Name, Sprache, Themen" in page
    assert (await seen(id)).email == AMIRA
    assert (await bernd.post(f"{PATH}/{id}/bearbeiten", data={**sent, "topics": []})).status_code == 422


async def test_who_is_not_in_it_is_not_changed(bernd):
    topic = await make_topic()
    id = await joined(AMIRA, [topic], NOW)
    sent = {"topics": [str(topic)], "language": "tr"}
    answer = await bernd.post(f"{PATH}/{id}/bearbeiten", data=sent)
    assert answer.status_code == 409 and "noch nicht bestätigt" in answer.text and "Bearbeiten" not in answer.text
    await prove_contact(id, now=NOW)
    await leave_list(id, now=NOW)
    answer = await bernd.post(f"{PATH}/{id}/bearbeiten", data=sent)
    assert answer.status_code == 409 and "vom Verteiler abgemeldet" in answer.text


async def test_the_page_of_one_says_how_they_stand_and_what_they_agreed_to(bernd):
    id = await joined(AMIRA, at=NOW)
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "wartet auf Bestätigung" in page and "Noch keine Zustimmung." in page
    await prove_contact(id, now=NOW)
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "auf der Website, mit bestätigter Adresse" in page and "verteiler-1" in page
    await opt_out(address_hash(AMIRA), "mail", now=NOW + timedelta(days=1))
    assert "Will keine Einladungen und Rundmails mehr." in (await bernd.get(f"{PATH}/{id}")).text


async def test_taking_somebody_off_and_erasing(bernd):
    id = await confirmed(AMIRA, at=NOW)
    answer = await bernd.post(f"{PATH}/{id}/abmelden")
    assert answer.headers["location"] == f"{PATH}/{id}?meldung=kontakt_abgemeldet"
    page = (await bernd.get(answer.headers["location"])).text
    assert "Der Kontakt ist abgemeldet." in page and "beim Team" in page and "Kontakt im Verteiler: abgemeldet" in page
    answer = await bernd.post(f"{PATH}/{id}/loeschen")
    assert answer.headers["location"] == f"{PATH}?meldung=kontakt_geloescht"
    assert "Der Kontakt ist gelöscht." in (await bernd.get(answer.headers["location"])).text
    waiting = await joined("wartet@example.org", at=NOW)
    assert (await bernd.post(f"{PATH}/{waiting}/abmelden")).headers["location"].startswith(f"{PATH}?")
    for path in (f"{PATH}/{id}", f"{PATH}/{id}/bearbeiten", f"{PATH}/{waiting}"):
        assert (await bernd.get(path)).status_code == 404
    for path in (f"{PATH}/{id}/bearbeiten", f"{PATH}/{id}/abmelden", f"{PATH}/{id}/loeschen"):
        assert (await bernd.post(path, data={"topics": [str(uuid4())], "language": "de"})).status_code == 404


async def test_nobody_there_yet(bernd):
    assert "Noch niemand im Verteiler" in (await bernd.get(PATH)).text
    assert "Hier ist niemand." in (await bernd.get(f"{PATH}?stand=left")).text


async def test_carla_trainers_and_strangers_find_nothing(browser, visitor):
    id = await confirmed(AMIRA, at=NOW)
    for role in ("reader", "trainer"):
        client = await browser(role)
        for path in (PATH, f"{PATH}/neu", f"{PATH}/{id}", f"{PATH}/{id}/bearbeiten"):
            assert (await client.get(path)).status_code == 404
        assert PATH not in (await client.get("/team/")).text
        assert (await client.post(f"{PATH}/{id}/loeschen")).status_code == 404
    assert (await visitor.get(PATH)).status_code == 303
    assert (await seen(id)).status == "confirmed"
