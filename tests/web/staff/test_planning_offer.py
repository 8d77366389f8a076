"""Venues, series and programmes: made, changed, seen with their history; two who edit at once lose nothing."""

import re
from datetime import timedelta

import pytest

from events.kit.clock import standing_at
from events.kit.database import queries_so_far
from events.programme.offered import all_series, programme_by_slug
from events.programme.queries import event_by_id, series_by_slug, venues
from tests.factories import make_event, make_programme, make_series, seen
from tests.web.staff.conftest import NOW


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def form_of(client, path):
    """What stands in the text fields and selects of the page."""
    page = (await client.get(path)).text
    return {"seen": re.search(r'name="seen" value="(\w+)"', page)[1]}


async def test_a_venue_says_how_to_get_in_in_every_language_and_its_dates_follow(bernd):
    event = await make_event()
    (venue,) = await venues()
    path = f"/team/orte/{venue.id}"
    assert 'aria-label="Meldung"' not in (await bernd.get("/team/orte")).text
    sent = {"name": "Kreishaus Nord", "city": "Marl", "access": "Aufzug", "tr-access": "Asansör var"}
    answer = await bernd.post(path, data={**sent, **await form_of(bernd, path)})
    assert "Gespeichert" in (page := (await bernd.get(answer.headers["location"])).text)
    assert "Veranstaltungsort: geändert" in page and "Asansör var" in page
    date = (await event_by_id(event.id)).dates[0]
    assert (date.venue_name, date.city, dict(date.access)) == (
        "Kreishaus Nord", "Marl", {"de": "Aufzug", "tr": "Asansör var"},
    )  # fmt: skip
    wrong = await bernd.post("/team/orte/neu", data={"name": "", "city": "Herten"})
    assert wrong.status_code == 422 and 'value="Herten"' in wrong.text
    assert (await bernd.post("/team/orte/neu", data={"name": "Bürgerhaus"})).status_code == 303


async def test_who_saves_a_venue_second_sees_the_first(bernd, browser):
    await make_event()
    (venue,) = await venues()
    path, admin = f"/team/orte/{venue.id}", await browser("admin")
    opened = await form_of(bernd, path)
    with standing_at(NOW + timedelta(minutes=5)):
        await admin.post(path, data={"name": "Rathaus", **await form_of(admin, path)})
    answer = await bernd.post(path, data={"name": "Kreishaus", "access": "Rampe", **opened})
    assert answer.status_code == 409 and "Rathaus" in answer.text and "Rampe" in answer.text
    assert "Zuletzt gespeichert: 09:05 Uhr von Admin" in answer.text
    assert (await venues())[0].name == "Rathaus"


async def test_a_series_is_written_published_ordered_and_taken_back(bernd):
    other = await make_series("Anderes")
    programme = await make_programme("Austausch")
    sent = {"title": "Abende", "programme": str(programme), "tr-title": "Akşamlar"}
    assert (await bernd.post("/team/reihen/neu", data={**sent, "title": ""})).status_code == 422
    answer = await bernd.post("/team/reihen/neu", data=sent)
    path = answer.headers["location"].partition("?")[0]
    assert await series_by_slug("abende") is None
    await bernd.post(f"{path}/veroeffentlichen", data={"published": "1"})
    assert (await series_by_slug("abende")).title == {"de": "Abende", "tr": "Akşamlar"}
    assert "Reihe: veröffentlicht" in (await bernd.get(path)).text
    assert [one.title["de"] for one in await all_series()] == ["Abende", "Anderes"]
    await bernd.post(f"/team/reihen/{other}/verschieben", data={"direction": "up"})
    assert [one.title["de"] for one in await all_series()] == ["Anderes", "Abende"]
    await bernd.post(f"{path}/veroeffentlichen", data={"published": "0"})
    assert await series_by_slug("abende") is None


async def test_a_new_title_of_a_series_is_found_with_its_events(bernd):
    series = await make_series("Abende")
    event = await make_event(series=series)
    path = f"/team/reihen/{series}"
    sent = {"title": "Nächte", "programme": str(event.programme_id), **await form_of(bernd, path)}
    assert (await bernd.post(path, data=sent)).status_code == 303
    assert (await seen(event.id)).series_title == {"de": "Nächte"}
    assert event.title["de"] in (await bernd.get("/team/veranstaltungen?suche=nächte")).text
    assert (await bernd.post(path, data={**sent, "title": "Tage"})).status_code == 409


async def test_a_programme_says_its_rules_in_words_and_keeps_those_no_form_shows(bernd):
    await make_programme("Pflege", slug="pflege", policy={"max_party": 6, "dimensions": ["people"]})
    path = "/team/programme/pflege"
    page = (await bernd.get(path)).text
    assert "Diese Regeln gelten" in page and "Warteliste" in page and "Erinnerungen vor dem Termin" in page
    sent = {"name": "Pflege", "family": "Alter", "kind": "care_information", **await form_of(bernd, path)}
    unclear = await bernd.post(path, data={**sent, "certificate": "dates"})
    assert unclear.status_code == 422 and "ab wie vielen" in unclear.text
    sent |= {
        "certificate": "dates",
        "certificate_least": "3",
        "needs_email": "0",
        "sign_up_until_days": "2",
        "keep_days": "30",
        "dimensions": ["people", "role"],
    }
    assert (await bernd.post(path, data=sent)).status_code == 303
    found = await programme_by_slug("pflege")
    assert found.own_policy == {
        "dimensions": ["people", "role"], "certificate": "dates", "certificate_least": 3, "needs_email": False,
        "sign_up_until_hours": 48, "keep_days": 30,
    }  # fmt: skip
    page = (await bernd.get(path)).text
    assert "2 Tage vor dem Beginn" in page and "30 Tage" in page and "Frauen, Männer, Kinder, Rolle" in page
    assert (await bernd.post(path, data={**await form_of(bernd, path), **sent, "keep_days": "0"})).status_code == 422
    assert (await bernd.post("/team/programme/neu", data={"name": "Neu", "kind": "erfunden"})).status_code == 409
    assert (await bernd.get("/team/programme/keines")).status_code == 404


async def test_these_pages_ask_few_questions(bernd):
    series, event = await make_series(), await make_event()
    paths = ("/team/orte", "/team/reihen", f"/team/reihen/{series}", "/team/programme")
    for path in (*paths, f"/team/programme/{event.programme_slug}", f"/team/orte/{event.dates[0].venue_id}"):
        before = queries_so_far()
        assert (await bernd.get(path)).status_code == 200
        assert queries_so_far() - before <= 15, path
