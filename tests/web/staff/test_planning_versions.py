"""Two people edit the same event or date: nobody's words are overwritten without being seen."""

import re
from datetime import timedelta

import pytest

from events.kit.clock import standing_at
from events.kit.database import queries_so_far
from tests.factories import make_event, seen
from tests.web.staff.conftest import NOW
from tests.web.staff.planning import date_form, event_form


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def version(client, path):
    return re.search(r'name="seen" value="(\w+)"', (await client.get(path)).text)[1]


async def test_who_saves_second_sees_both_versions_and_loses_nothing(bernd, browser):
    event, admin = await make_event(), await browser("admin")
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    opened = await version(bernd, path)
    first = await event_form(title="Von der Leitung", seen=await version(admin, path))
    with standing_at(NOW + timedelta(minutes=5)):
        assert (await admin.post(path, data=first)).status_code == 303
    typed = await event_form(title="Von Bernd", summary="Bernds Satz", seen=opened)
    answer = await bernd.post(path, data=typed)
    assert answer.status_code == 409 and "inzwischen etwas geändert" in answer.text
    assert "Von der Leitung" in answer.text and 'value="Bernds Satz"' in answer.text
    assert "Zuletzt gespeichert: 09:05 Uhr von Admin" in answer.text
    assert (await seen(event.id)).title["de"] == "Von der Leitung"
    again = {**typed, "seen": re.search(r'name="seen" value="(\w+)"', answer.text)[1]}
    assert (await bernd.post(path, data=again)).status_code == 303
    assert (await seen(event.id)).title["de"] == "Von Bernd"


async def test_a_change_of_something_else_is_no_reason_to_ask(bernd):
    event = await make_event()
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    opened = await version(bernd, path)
    await bernd.post(f"/team/veranstaltungen/{event.id}/termine/neu", data=await date_form())
    assert (await bernd.post(path, data=await event_form(seen=opened))).status_code == 303


async def test_a_date_moved_twice_at_once_is_moved_once_and_asked_about(bernd):
    event = await make_event()
    path = f"/team/termine/{event.dates[0].id}/bearbeiten"
    opened = await version(bernd, path)
    assert (await bernd.post(path, data=await date_form(seen=opened))).status_code == 303
    answer = await bernd.post(path, data=await date_form(day="2027-04-01", room="Saal 3", seen=opened))
    assert answer.status_code == 409 and "2027-03-02" in answer.text and 'value="Saal 3"' in answer.text
    assert (await seen(event.id)).dates[0].room == ""
    await bernd.post(path, data=await date_form(day="2027-04-01", seen=await version(bernd, path)))
    assert (await seen(event.id)).dates[0].start.month == 4


async def test_a_form_asks_few_questions(bernd):
    event = await make_event()
    for path in (f"/team/veranstaltungen/{event.id}/bearbeiten", f"/team/termine/{event.dates[0].id}/bearbeiten"):
        before = queries_so_far()
        await bernd.get(path)
        assert queries_so_far() - before <= 15
