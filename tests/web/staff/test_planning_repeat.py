"""Bernd copies an event and repeats it: he sees the days first, and a double tap makes nothing twice."""

import re
from datetime import date

import pytest

from events.kit.clock import BERLIN
from events.kit.database import queries_so_far
from events.programme.queries import unpublished, venues
from tests.factories import make_event, seen


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


async def test_a_copy_asks_for_new_days_and_is_made_once(bernd):
    event = await make_event(dates=2)
    path = f"/team/veranstaltungen/{event.id}/kopieren"
    page = (await bernd.get(path)).text
    form = {"id": hidden(page, "id"), "title": "Frühling", "date-0-day": "2027-05-04", "date-1-day": ""}
    wrong = await bernd.post(path, data={**form, "title": "", "date-0-day": "irgendwann"})
    assert wrong.status_code == 422 and 'value="irgendwann"' in wrong.text
    first, second = [(await bernd.post(path, data=form)).headers["location"] for _ in range(2)]
    assert first == second and "Kopie ist als Entwurf angelegt" in (await bernd.get(first)).text
    (copy,) = await unpublished()
    assert copy.title == {"de": "Frühling"} and len(copy.dates) == 1
    assert copy.dates[0].start.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M") == "04.05.2027 17:30"


async def test_repeating_shows_the_holidays_before_anything_is_made(bernd):
    event = await make_event()
    path = f"/team/veranstaltungen/{event.id}/wiederholen"
    page = (await bernd.get(path)).text
    venue = str((await venues())[0].id)
    form = {"submission": hidden(page, "submission"), "rhythm": "weekly", "first": "2027-03-15", "times": "3"}
    form |= {"starts": "18:00", "ends": "20:00", "venue": venue, "makes": "events", "series_title": "Frühjahr"}
    preview = await bernd.post(path, data=form)
    assert preview.status_code == 200 and await unpublished() == []
    assert "Ostermontag, Osterferien: nicht angekreuzt" in preview.text
    ticked = re.findall(r'name="day" value="([\d-]+)" checked', preview.text)
    assert ticked == ["2027-03-15", "2027-04-05", "2027-04-12"]
    answers = [await bernd.post(path, data={**form, "day": ticked, "confirmed": "yes"}) for _ in range(2)]
    assert "als Entwürfe angelegt" in (await bernd.get(answers[0].headers["location"])).text
    made = sorted(await unpublished(), key=lambda one: one.starts_at)
    assert [f"{one.starts_at.astimezone(BERLIN):%d.%m. %H:%M}" for one in made] == [
        "15.03. 18:00", "05.04. 18:00", "12.04. 18:00",
    ]  # fmt: skip
    assert {one.series_title["de"] for one in made} == {"Frühjahr"} and len({one.slug for one in made}) == 3


async def test_a_room_that_is_taken_is_pointed_out_in_the_preview(bernd):
    event = await make_event("Eins")
    day = event.starts_at.astimezone(BERLIN).date()
    path = f"/team/veranstaltungen/{event.id}/wiederholen"
    form = {"submission": hidden((await bernd.get(path)).text, "submission"), "rhythm": "weekly", "makes": "events"}
    form |= {"first": day.isoformat(), "times": "2", "starts": "17:00", "ends": "19:00"}
    assert "Überschneidung" not in (await bernd.post(path, data=form)).text
    preview = (await bernd.post(path, data={**form, "venue": str(event.dates[0].venue_id)})).text
    assert preview.count("Überschneidung: Kreishaus ist belegt durch „Eins“") == 1


async def test_repeating_by_a_list_makes_more_dates_and_says_what_is_no_day(bernd):
    event = await make_event()
    path = f"/team/veranstaltungen/{event.id}/wiederholen"
    form = {"submission": hidden((await bernd.get(path)).text, "submission"), "rhythm": "list", "makes": "dates"}
    form |= {"starts": "18:00", "ends": "20:00", "days": "24.3.2027\nübermorgen"}
    wrong = await bernd.post(path, data=form)
    assert wrong.status_code == 422 and "Das ist kein Tag: übermorgen" in wrong.text
    form |= {"days": "4. 5. 2027, 2027-06-01"}
    nothing = await bernd.post(path, data={**form, "confirmed": "yes"})
    assert nothing.status_code == 409 and "kein Tag ausgewählt" in nothing.text
    back = await bernd.post(path, data={**form, "confirmed": "back"})
    assert back.status_code == 200 and "4. 5. 2027, 2027-06-01" in back.text
    before = queries_so_far()
    await bernd.post(path, data=form)
    assert queries_so_far() - before <= 15
    answer = await bernd.post(path, data={**form, "day": ["2027-05-04", "2027-06-01"], "confirmed": "yes"})
    assert answer.headers["location"] == f"/team/veranstaltungen/{event.id}?meldung=termine"
    days = [one.start.astimezone(BERLIN).date() for one in (await seen(event.id)).dates]
    assert days[1:] == [date(2027, 5, 4), date(2027, 6, 1)]
