"""Bernd writes to many: chooses whom, writes, looks, tries, starts, pauses, stops. Nobody else may."""

import re
from uuid import UUID

import pytest

from events.invitations.actions import call_off_event
from events.invitations.mailings.audiences import Audience
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.mailings.views import mailing_by_id, mailings
from events.invitations.mailings.writing import start_mailing, write_mailing
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail.actions import pause
from events.mail.opt_outs import address_hash, opt_out
from events.mail.tables import OutgoingMail
from tests.factories import make_event, make_programme, make_series
from tests.invitations.mailings.audience import TEXT, a_contact, crowd, joined
from tests.outbox import mails_to
from tests.web.staff.conftest import NOW

TYPED = {"de-subject": "Bitte Stifte mitbringen", "de-body": "Bitte bringen Sie **Stifte** mit.", "greets": "on"}
PATH = "/team/rundmails"


async def a_draft(*events, texts=TEXT):
    audience = Audience("events", tuple(event.id for event in events))
    return await write_mailing(audience, texts, by=SYSTEM, now=NOW)


async def running(size=3):
    event = await make_event(capacity=None)
    await crowd(event, size)
    id = await a_draft(event)
    await start_mailing(id, by=SYSTEM, now=NOW)
    await expand_mailings(now=NOW)
    return id


def id_in(address):
    return UUID(re.search(r"[0-9a-f-]{36}", address)[0])


async def test_bernd_writes_to_everybody_in_an_event(browser):
    bernd = await browser("organiser")
    event = await make_event("Lesen lernen")
    await joined(event, "Amira", family_name="Haddad")
    await joined(event, "Birgit", "birgit@example.org")
    await opt_out(address_hash("birgit@example.org"), "page", now=NOW)
    listed = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen")).text
    link = re.search(r'href="(/team/rundmails/neu\?[^"]+)"', listed)[1].replace("&amp;", "&")
    page = (await bernd.get(link)).text
    assert "1 Adresse bekommt die Mail" in page and "Amira Haddad" in page
    assert "1 Person möchte keine Rundmails" in page and "birgit@example.org" in page
    answer = await bernd.post(link)
    assert answer.status_code == 303 and answer.headers["location"].endswith("/text")
    written = await bernd.post(answer.headers["location"], data=TYPED)
    assert written.status_code == 303
    draft = (await bernd.get(written.headers["location"])).text
    assert "Bitte Stifte mitbringen" in draft and "Angemeldete: Lesen lernen" in draft
    here = f"{PATH}/{id_in(written.headers['location'])}"
    asked = (await bernd.get(f"{here}/senden")).text
    assert "Die Mail geht an 1 Adresse." in asked
    assert (await bernd.post(f"{here}/senden", data={"expected": "1"})).status_code == 303
    assert await expand_mailings(now=NOW) == 1
    assert "0 von 1 Mails verschickt" in (await bernd.get(here)).text
    (mail,) = await mails_to("amira@example.org", "message")
    assert mail["Subject"] == "Bitte Stifte mitbringen"


async def test_series_programme_and_verteiler_can_be_chosen(browser):
    bernd = await browser("organiser")
    programme = await make_programme("Rucksack")
    series = await make_series("Lebenskunde", programme=programme)
    event = await make_event(programme=programme, series=series)
    await joined(event)
    await a_contact(programme, "bo@example.org", proven=NOW)
    for choice, address in (
        (f"quelle=reihe&reihe={series}", "amira@example.org"),
        (f"quelle=programm&programm={programme}", "amira@example.org"),
        (f"quelle=verteiler&thema={programme}", "bo@example.org"),
    ):
        page = (await bernd.get(f"{PATH}/neu?{choice}")).text
        assert address in page and "1 Adresse bekommt die Mail" in page
        assert (await bernd.post(f"{PATH}/neu?{choice}")).status_code == 303
    words = (await bernd.get(PATH)).text
    assert "Angemeldete: Lebenskunde" in words and "Verteiler: Rucksack" in words


async def test_one_more_event_joins_those_chosen_and_a_draft_can_get_others(browser):
    bernd = await browser("organiser")
    first, second = await make_event("Eins"), await make_event("Zwei")
    id = await a_draft(first)
    page = (
        await bernd.get(f"{PATH}/{id}/empfaenger?quelle=veranstaltungen&veranstaltung={first.id}&dazu={second.id}")
    ).text
    assert page.count('name="veranstaltung"') == 2
    query = f"quelle=veranstaltungen&veranstaltung={first.id}&veranstaltung={second.id}&stadt=Herten"
    assert (await bernd.post(f"{PATH}/{id}/empfaenger?{query}")).status_code == 303
    found = await mailing_by_id(id)
    assert found.audience.ids == (first.id, second.id) and found.audience.cities == ("Herten",)


@pytest.mark.parametrize(
    "choice",
    [
        "",
        "quelle=reihe",
        "quelle=verteiler",
        "quelle=nirgendwo",
        "veranstaltung=00000000-0000-0000-0000-000000000000",
        "veranstaltung=kaputt",
        "quelle=programm&programm=00000000-0000-0000-0000-000000000000",
    ],
)
async def test_what_is_not_chosen_or_does_not_exist_begins_nothing(browser, choice):
    bernd = await browser("organiser")
    answer = await bernd.post(f"{PATH}/neu?{choice}")
    assert answer.status_code == 422 and "Bitte" in answer.text and "<title>Fehler:" in answer.text
    assert (await bernd.get(f"{PATH}/neu?{choice}&anzeigen=1")).status_code == 422
    assert await mailings() == []


@pytest.mark.parametrize("page", ["", "/vorschau", "/senden", "/empfaenger"])
async def test_thirty_recipients_cost_no_more_statements_than_one(browser, page):
    bernd = await browser("organiser")
    counted = []
    for size in (1, 30):
        event = await make_event(capacity=None)
        await crowd(event, size)
        id = await a_draft(event)
        before = queries_so_far()
        assert (await bernd.get(f"{PATH}/{id}{page}")).status_code == 200
        counted.append(queries_so_far() - before)
        await OutgoingMail.delete(force=True)
    assert counted[0] == counted[1]


async def test_the_list_of_thirty_mailings_costs_no_more_statements_than_of_one(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    counted = []
    for number in (1, 29):
        for _ in range(number):
            await start_mailing(await a_draft(event), by=SYSTEM, now=NOW)
        before = queries_so_far()
        assert (await bernd.get(PATH)).status_code == 200
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]


async def test_sending_asks_again_when_the_number_is_no_longer_true(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    await joined(event, "Birgit", "birgit@example.org")
    answer = await bernd.post(f"{PATH}/{id}/senden", data={"expected": "1"})
    assert answer.status_code == 409 and "Inzwischen sind es 2 Adressen" in answer.text
    assert 'name="expected" value="2"' in answer.text
    assert (await mailing_by_id(id)).status == "draft"


async def test_sending_twice_is_harmless(browser):
    bernd = await browser("organiser")
    event = await make_event()
    await joined(event)
    id = await a_draft(event)
    for _ in range(2):
        assert (await bernd.post(f"{PATH}/{id}/senden", data={"expected": "1"})).status_code == 303
        await expand_mailings(now=NOW)
    assert await OutgoingMail.count() == 1


async def test_bernd_pauses_resumes_and_stops(browser):
    bernd = await browser("organiser")
    id = await running(3)
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "0 von 3 Mails verschickt" in page and "Anhalten" in page and "Stand aktualisieren" in page
    await bernd.post(f"{PATH}/{id}/anhalten")
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "Fortsetzen" in page and ">angehalten<" in page
    await bernd.post(f"{PATH}/{id}/fortsetzen")
    assert "Anhalten" in (await bernd.get(f"{PATH}/{id}")).text
    await bernd.post(f"{PATH}/{id}/abbrechen")
    page = (await bernd.get(f"{PATH}/{id}")).text
    assert "abgebrochen" in page and "Fortsetzen" not in page and "/anhalten" not in page
    assert (await bernd.post(f"{PATH}/{id}/fortsetzen")).status_code == 409
    assert {row["status"] for row in await OutgoingMail.select(OutgoingMail.status)} == {"failed"}


@pytest.mark.parametrize(
    "page", ["GET text", "POST text", "GET empfaenger", "POST empfaenger", "GET senden", "POST loeschen"]
)
async def test_what_is_on_its_way_is_not_changed_any_more(browser, page):
    bernd = await browser("organiser")
    id = await running(1)
    method, path = page.split()
    found = await mailing_by_id(id)
    query = f"?quelle=veranstaltungen&veranstaltung={found.audience.ids[0]}" if path == "empfaenger" else ""
    answer = await bernd.request(method, f"{PATH}/{id}/{path}{query}", data=TYPED if method == "POST" else None)
    assert answer.status_code == 409 and "schon unterwegs" in answer.text
    assert await mailing_by_id(id) == found


async def test_a_draft_is_deleted_after_asking(browser):
    bernd = await browser("organiser")
    id = await a_draft(await make_event())
    assert "Endgültig löschen" in (await bernd.get(f"{PATH}/{id}")).text
    assert (await bernd.post(f"{PATH}/{id}/loeschen")).headers["location"].startswith(PATH)
    assert (await bernd.get(f"{PATH}/{id}")).status_code == 404


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_who_only_reads_or_leads_finds_no_mailings(browser, role):
    client = await browser(role)
    event = await make_event()
    id = await a_draft(event)
    assert (await client.get(PATH)).status_code == 404
    for page in ("", "/vorschau", "/senden"):
        assert (await client.get(f"{PATH}/{id}{page}")).status_code == 404
    assert (await client.post(f"{PATH}/{id}/senden", data={"expected": "0"})).status_code == 404
    assert "Rundmail" not in (await client.get("/team/")).text


async def test_news_of_a_change_can_be_watched_and_paused_but_not_stopped(browser):
    bernd = await browser("organiser")
    event = await make_event("Lesen lernen")
    await joined(event)
    await call_off_event(event.id, {}, by=SYSTEM, now=NOW)
    (news,) = await mailings()
    assert "Absage einer Veranstaltung: Lesen lernen" in (await bernd.get(PATH)).text
    page = (await bernd.get(f"{PATH}/{news.id}")).text
    assert "/anhalten" in page and "/abbrechen" not in page and "aber nicht abbrechen" in page
    assert (await bernd.post(f"{PATH}/{news.id}/anhalten")).status_code == 303
    assert (await bernd.post(f"{PATH}/{news.id}/abbrechen")).status_code == 409
    for part in ("text", "empfaenger", "vorschau", "senden"):
        assert (await bernd.get(f"{PATH}/{news.id}/{part}")).status_code == 404


async def test_a_long_list_of_people_comes_in_pages(browser):
    bernd = await browser("organiser")
    event = await make_event(capacity=None)
    await crowd(event, 60)
    choice = f"{PATH}/neu?veranstaltung={event.id}"
    page = (await bernd.get(choice)).text
    assert page.count("@example.org</bdi>") == 50 and "60 Adressen bekommen die Mail" in page
    assert (await bernd.get(f"{choice}&seite=2")).text.count("@example.org</bdi>") == 10


async def test_the_page_says_when_the_whole_office_sends_nothing(browser):
    bernd = await browser("organiser")
    id = await running(1)
    assert "Der ganze Mailversand steht" not in (await bernd.get(f"{PATH}/{id}")).text
    await pause("Wartung", by=SYSTEM, now=NOW)
    assert "Der ganze Mailversand steht gerade" in (await bernd.get(f"{PATH}/{id}")).text
