"""The month at a glance: every date on its day, holidays, what overlaps; the same warning on the event and on Heute."""

from datetime import timedelta

import pytest

from events.kit.database import queries_so_far
from tests.factories import make_event, make_venue


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def test_a_month_shows_its_dates_and_its_holidays(bernd):
    event = await make_event("Lebenskunde", starts_in=timedelta(days=75))
    await make_event("Anderer Monat", venue=await make_venue("Woanders"))
    page = (await bernd.get("/team/veranstaltungen/monat?monat=2027-03")).text
    assert "Veranstaltungen im März 2027" in page and "Karfreitag" in page and "1 Termin<" in page
    assert f'href="/team/veranstaltungen/{event.id}"' in page and "Anderer Monat" not in page
    assert "monat=2027-02" in page and "monat=2027-04" in page
    assert "im Januar 2027" in (await bernd.get("/team/veranstaltungen/monat?monat=Unsinn")).text


async def test_an_overlap_is_warned_of_wherever_one_looks(bernd):
    first = await make_event("Eins", starts_in=timedelta(days=7))
    await make_event("Zwei", starts_in=timedelta(days=7))
    for path in ("/team/veranstaltungen/monat", "/team/", f"/team/veranstaltungen/{first.id}"):
        page = (await bernd.get(path)).text
        assert "1 Überschneidung" in page and "Zwei" in page, path


async def test_who_leads_events_sees_only_those_in_the_month(browser):
    await make_event("Fremd", starts_in=timedelta(days=2))
    trainer = await browser("trainer")
    page = await trainer.get("/team/veranstaltungen/monat")
    assert page.status_code == 200 and "Fremd" not in page.text


async def test_a_full_month_costs_no_more_questions(bernd):
    counted = {"/team/veranstaltungen/monat": [], "/team/": []}
    for many in (1, 12):
        for number in range(many):
            event = await make_event(f"Nummer {many} {number}", starts_in=timedelta(days=1 + number % 5))
        for path, found in counted.items():
            before = queries_so_far()
            await bernd.get(path)
            found.append(queries_so_far() - before)
    one, other = counted["/team/veranstaltungen/monat"]
    assert one == other <= 15
    before = queries_so_far()
    await bernd.get(f"/team/veranstaltungen/{event.id}")
    assert queries_so_far() - before <= 20
