"""What the team sees in the morning, and the figures at the end of a half-year."""

import csv
import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from events.attendance.actions import record_headcounts
from events.attendance.facts import Count
from events.evidence.actions import close_date
from events.evidence.beside import Comparison, FundedEntry, enter_comparison, enter_funded_units
from events.kit.actor import SYSTEM
from events.mail.actions import pause
from events.mail.undeliverable import note_undeliverable
from events.registration.actions import register
from events.registration.signup import SignUp
from tests.factories import make_event, make_programme
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW
from tests.web.staff.outboxes import a_mail


@pytest.fixture
async def carla(browser):
    return await browser("reader")


async def a_closed_date(title="Pflege zu Hause", **details):
    event = await make_event(title, starts_in=timedelta(days=-3), **details)
    count = Count(id=event.dates[0].id, dimension="total", heads=14)
    await record_headcounts(event.dates[0].id, [count], by=SYSTEM, now=NOW)
    await close_date(event.dates[0].id, by=SYSTEM, now=NOW)
    return event


async def test_today_says_what_takes_place_and_what_is_missing(browser):
    today = await make_event("Heute Abend", starts_in=timedelta(hours=2), capacity=1)
    await make_event("In drei Tagen", starts_in=timedelta(days=3))
    await make_event("In drei Wochen", starts_in=timedelta(days=21))
    await make_event("Gestern gewesen", starts_in=timedelta(days=-1))
    for person in (AMIRA, DORIAN):
        await register(SignUp((today.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)
    page = (await (await browser("organiser")).get("/team/")).text
    assert "Dienstag, 12. Januar 2027" in page
    assert "Heute Abend" in page and f"/team/anwesenheit/{today.dates[0].id}" in page
    assert "In drei Tagen" in page and "In drei Wochen" not in page
    assert "noch nicht abgeschlossen" in page and "Gestern gewesen" in page
    assert "Offene Wartelisten" in page and "1 wartet" in page


@pytest.mark.parametrize(
    ("status", "values", "said", "link"),
    [
        ("failed", {}, "1 Mail ist nicht angekommen", "?stand=failed"),
        ("held", {}, "1 Mail ist vielleicht schon angekommen", "?stand=held"),
        ("queued", {"at": NOW - timedelta(hours=1)}, "1 Mail wartet</a> seit", "?stand=queued"),
        ("queued", {"at": NOW - timedelta(hours=1), "priority": 9}, "1 Mail wartet</a> seit", "?stand=queued"),
    ],
)
async def test_trouble_with_mails_leads_to_where_it_is_dealt_with(browser, status, values, said, link):
    await a_mail(status=status, **values)
    bernds = (await (await browser("organiser")).get("/team/")).text
    carlas = (await (await browser("reader")).get("/team/")).text
    assert "Bei den Mails ist etwas zu tun" in bernds and said in bernds and f'href="/team/postausgang{link}"' in bernds
    assert "Bei den Mails ist etwas zu tun" not in carlas and "amira@example.org" not in carlas + bernds


async def test_an_address_that_takes_no_mail_is_told_once_as_an_address(browser):
    mail = await a_mail(status="failed", reason="bad_address")
    await note_undeliverable("amira@example.org", "550 5.1.1", mail, NOW)
    page = (await (await browser("organiser")).get("/team/")).text
    assert "1 Adresse nimmt keine Mails an" in page and 'href="/team/postausgang/adressen"' in page
    assert "nicht angekommen" not in page


@pytest.mark.parametrize(
    ("status", "values"),
    [
        ("failed", {"reason": "discarded"}),
        ("failed", {"reason": "stopped"}),
        ("failed", {"at": NOW - timedelta(days=15)}),
        ("queued", {"at": NOW - timedelta(minutes=10)}),
        ("paused", {}),
        ("sent", {}),
    ],
)
async def test_what_goes_its_way_is_no_trouble(browser, status, values):
    await a_mail(status=status, **values)
    assert "Bei den Mails ist etwas zu tun" not in (await (await browser("organiser")).get("/team/")).text


async def test_many_mails_that_go_out_one_by_one_are_not_stuck(browser):
    await a_mail(status="queued", at=NOW - timedelta(hours=3), priority=9)
    await a_mail("dorian@example.org", "sent", NOW - timedelta(minutes=1))
    assert "Bei den Mails ist etwas zu tun" not in (await (await browser("organiser")).get("/team/")).text


async def test_a_pause_says_why_and_can_be_ended(browser):
    await pause("Zugangsdaten abgelaufen", by=SYSTEM, now=NOW)
    bernd = await browser("organiser")
    assert "Zugangsdaten abgelaufen" in (await bernd.get("/team/")).text
    answer = await bernd.post("/team/postausgang/fortsetzen")
    assert "Zugangsdaten" not in (await bernd.get(answer.headers["location"])).text


async def test_figures_of_the_year_stand_in_a_table_and_a_picture(carla):
    await a_closed_date()
    page = (await carla.get("/team/auswertung")).text
    assert "1. Januar 2027" in page and "Griffbereit" in page
    assert "<svg" in page and "<script>" not in page
    assert "Freitag, 1. Januar 2027 bis Freitag, 31. Dezember 2027" in page
    assert 'dir="ltr">14</bdi>' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jahr=2027&halbjahr=1", True),
        ("jahr=2027&halbjahr=2", False),
        ("jahr=2026", False),
        ("von=2027-01-09&bis=2027-01-09", True),
        ("von=2027-01-10&bis=2027-12-31", False),
        ("nach=family", True),
        ("nach=kind", True),
        ("nach=city", True),
        ("programm=griffbereit", True),
        ("programm=anderes", False),
        ("familie=early_education&stadt=Recklinghausen", True),
        ("familie=early_education&stadt=Datteln", False),
        ("von=2026-08-01&bis=2027-07-31&vergleich=span_before", True),
    ],
)
async def test_the_span_and_the_grouping_can_be_chosen(carla, query, found):
    await a_closed_date()
    page = (await carla.get(f"/team/auswertung?{query}")).text
    assert ("In diesem Zeitraum gibt es keine Zahlen." not in page) == found


@pytest.mark.parametrize("query", ["von=gestern", "nach=alter", "von=2027-05-01&bis=2027-01-01", "halbjahr=3"])
async def test_a_wrong_span_is_told(carla, query):
    answer = await carla.get(f"/team/auswertung?{query}")
    assert answer.status_code == 422 and "Fehler:" in answer.text


async def test_the_files_hold_the_figures_of_the_page(carla):
    await a_closed_date()
    (figure,) = json.loads((await carla.get("/team/auswertung.json?jahr=2027")).text)
    assert (figure["programme"], figure["dates"], figure["heads"]) == ("Griffbereit", 1, 14)
    rows = list(csv.reader((await carla.get("/team/auswertung.csv?jahr=2027")).text.splitlines(), delimiter=";"))
    assert rows[1][0] == "Griffbereit"


async def test_table_picture_and_workbook_of_the_page_are_one_report(carla):
    await a_closed_date()
    await a_closed_date("Pflege im Heim", programme=await make_programme("Rucksack KiTa", slug="rucksack"))
    query = "?jahr=2027&vergleich=year_before"
    page = (await carla.get("/team/auswertung" + query)).text
    lines = json.loads((await carla.get("/team/auswertung.json" + query)).text)
    heads = {line["programme"]: line["heads"] for line in lines}
    assert heads == {"Griffbereit": 14, "Rucksack KiTa": 14}
    table = _rows(page, "t-figures")
    assert {row[0]: int(row[6]) for row in table} == {**heads, "Zusammen": 28}
    picture = page.partition('aria-labelledby="pic-heads-title')[2].partition("</svg>")[0]
    values = [re.sub(r"\D", "", text) for text in re.findall(r'class="bar-value"[^>]*>([^<]*)<', picture)]
    assert dict(zip(re.findall(r'class="bar-label"[^>]*>([^<]*)<', picture), map(int, values), strict=True)) == heads
    book = CalamineWorkbook.from_filelike(BytesIO((await carla.get("/team/auswertung.xlsx" + query)).content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert {row[0]: row[6] for row in sheet[3:6]} == {**heads, "Zusammen": 28}
    assert ["Köpfe", "28", "0", "+28"] in _rows(page, "t-compared")


def _rows(page, table):
    body = page.partition(f'id="{table}"')[2].partition("</tbody>")[0].partition("<tbody>")[2]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells if row]


@pytest.mark.parametrize("ending", ["csv", "json"])
async def test_a_file_of_a_wrong_span_is_refused(carla, ending):
    answer = await carla.get(f"/team/auswertung.{ending}?von=2027-05-01&bis=2027-01-01")
    assert answer.status_code in (409, 422)


@pytest.mark.parametrize("ending", ["csv", "json"])
async def test_a_file_of_a_span_nobody_understands_leads_to_the_page_that_says_so(carla, ending):
    answer = await carla.get(f"/team/auswertung.{ending}?von=gestern")
    assert (answer.status_code, answer.headers["location"]) == (303, "/team/auswertung?von=gestern")
    assert (await carla.get(answer.headers["location"])).status_code == 422


async def test_the_span_that_is_shown_is_marked_and_the_programme_is_kept(carla):
    page = (await carla.get("/team/auswertung?jahr=2027&halbjahr=1&programm=griffbereit")).text
    shown = r'href="[^"]*von=2027-01-01&amp;bis=2027-06-30[^"]*programm=griffbereit" aria-current="true"'
    assert re.search(shown, page)
    assert page.partition("<main")[2].count('aria-current="true"') == 1


async def test_what_others_did_stands_beside_and_is_never_added(carla):
    programme = await make_programme()
    entry = FundedEntry("KOMM-AN", 2027, "Baustein B", recipient="Verein", applied=8, approved=6, carried_out=5)
    await enter_funded_units([entry], by=SYSTEM, now=NOW)
    await enter_comparison(Comparison(programme, "NRW", "1.200 Gruppen", "Landesstelle"), by=SYSTEM, now=NOW)
    page = (await carla.get("/team/auswertung")).text
    assert "Baustein B" in page and "1.200 Gruppen" in page and "nicht gezählt" in page
    assert json.loads((await carla.get("/team/auswertung.json")).text) == []
