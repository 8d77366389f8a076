"""The calendar over HTTP, and the page that builds its address."""

from urllib.parse import unquote

import pytest
from httpx import AsyncClient
from icalendar import Calendar

from tests.factories import make_event, make_venue


async def test_the_calendar_comes_as_programs_want_it(client: AsyncClient) -> None:
    await make_event("Grundkurs")
    answer = await client.get("/kalender.ics", headers={"accept-encoding": "gzip, br", "accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["etag"].startswith('"')
    assert answer.headers["last-modified"].endswith("GMT")
    for unwanted in ("content-encoding", "set-cookie", "vary", "location"):
        assert unwanted not in answer.headers
    assert b"SUMMARY:Grundkurs" in answer.content


async def test_who_has_the_calendar_already_is_told_so(client: AsyncClient) -> None:
    await make_event()
    whole = await client.get("/kalender.ics")
    for headers in (
        {"if-none-match": f'W/{whole.headers["etag"]}, "x"'},
        {"if-modified-since": whole.headers["last-modified"]},
    ):
        answer = await client.get("/kalender.ics", headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == whole.headers["etag"]
    later = await client.get("/kalender.ics", headers={"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"})
    broken = await client.get("/kalender.ics", headers={"if-modified-since": "gestern"})
    assert (later.status_code, broken.status_code) == (200, 200)


async def test_filters_of_the_list_are_filters_of_the_calendar(client: AsyncClient) -> None:
    await make_event("Im Rathaus", venue=await make_venue("Rathaus", city="Marl"))
    await make_event("Fällt aus", called_off=True)
    assert b"Im Rathaus" in (await client.get("/kalender.ics?stadt=Marl")).content
    assert b"ABGESAGT" in (await client.get("/kalender.ics")).content
    assert b"ABGESAGT" not in (await client.get("/kalender.ics?abgesagt=0")).content


@pytest.mark.parametrize("query", ["stadt=Atlantis", "monat=%FF%FE", "unbekannt=1", "suche=%00"])
async def test_a_strange_filter_never_breaks_the_calendar(client: AsyncClient, query: str) -> None:
    answer = await client.get(f"/kalender.ics?{query}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"BEGIN:VCALENDAR")


async def test_the_chooser_builds_the_address_and_the_buttons(client: AsyncClient) -> None:
    await make_event(venue=await make_venue("Rathaus", city="Marl"))
    page = (await client.get("/kalender?stadt=Marl&abgesagt=0")).text
    assert 'value="http://testserver.local/kalender.ics?stadt=Marl&amp;abgesagt=0"' in page
    assert 'href="webcal://testserver.local/kalender.ics?stadt=Marl&amp;abgesagt=0"' in page
    assert "cid=webcal://testserver.local/kalender.ics?stadt=Marl&abgesagt=0" in unquote(page)
    assert "addfromweb?url=http://testserver.local/kalender.ics" in unquote(page)
    assert "erst nach einigen Stunden" in page
    for program in ("iPhone", "Google", "Android", "Outlook", "Thunderbird", "Nextcloud", "Integreat"):
        assert program in page


async def test_the_chooser_says_what_the_calendar_is_called_and_keeps_what_was_chosen(client: AsyncClient) -> None:
    await make_event(venue=await make_venue("Rathaus", city="Marl"), languages=("tr",))
    page = (await client.get("/kalender?stadt=Marl&sprache=tr&frei=1&abgesagt=0")).text
    assert "Veranstaltungen: Marl, Türkisch, Freie Plätze" in page
    for chosen in ('value="Marl" selected', 'value="tr" selected', 'name="frei" type="checkbox" value="1" checked'):
        assert chosen in page
    assert "kalender.ics?stadt=Marl&amp;sprache=tr&amp;frei=1&amp;abgesagt=0" in page
    assert "<script" not in page.partition("<form")[2].partition("</form>")[0]


async def test_every_date_can_be_imported_by_programme_format_city_and_language(client: AsyncClient) -> None:
    await make_event("Grundkurs", venue=await make_venue("Rathaus", city="Marl"), languages=("tr",))
    (entry,) = Calendar.from_ical((await client.get("/kalender.ics")).content).walk("VEVENT")
    assert [str(one) for one in entry["CATEGORIES"].cats] == [
        "Griffbereit",
        "Fortbildung",
        "Marl",
        "Deutsch",
        "Türkisch",
    ]


async def test_free_places_are_never_called_unchanged_by_their_date(client: AsyncClient) -> None:
    await make_event()
    assert "last-modified" not in (await client.get("/kalender.ics?frei=1")).headers
    assert "last-modified" in (await client.get("/kalender.ics")).headers


async def test_the_calendar_speaks_the_language_of_its_address(client: AsyncClient) -> None:
    await make_event({"de": "Aufwachsen", "tr": "Büyümek"})
    assert 'value="http://testserver.local/tr/kalender.ics"' in (await client.get("/tr/kalender")).text
    assert "Büyümek" in (await client.get("/tr/kalender.ics")).text
