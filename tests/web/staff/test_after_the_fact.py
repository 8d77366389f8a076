"""Entering an event that was held without sign-up."""

import re
from datetime import date
from uuid import uuid4

import pytest

from events.evidence.queries import evidence_of
from events.kit.clock import BERLIN
from events.programme.queries import events_between, events_by_ids, organisations, venues
from events.reports.queries import figures
from tests.factories import make_organisation, make_programme, make_venue
from tests.web.staff.conftest import NOW

PATH = "/team/nachtragen"
HERE = f"{PATH}?programm=pflege"
YEAR = (date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


@pytest.fixture
async def pflege(db):
    policy = {"dimensions": ["people", "language", "childcare"]}
    return await make_programme("Pflege", kind="care_information", family="pflege", policy=policy)


async def filled(**fields):
    return {
        "submission": str(uuid4()),
        "title": "Pflegegeld einfach erklärt",
        "format": "information",
        "day": "2027-01-10",
        "starts": "17:00",
        "ends": "19:00",
        "break_minutes": "15",
        "venue": str(await make_venue("Moscheegemeinde Lippe", city="Marl")),
        "origin": "estimate",
        **count(1, "people", "women", 24),
        **count(2, "people", "men", 6),
        **fields,
    }


def count(number, dimension, value, heads):
    line = f"count-{number}-"
    return {f"{line}dimension": dimension, f"{line}value": value, f"{line}heads": str(heads)}


async def entered():
    """What was entered: its event and the only row of evidence."""
    [brief] = await events_between(NOW.replace(year=2026), NOW)
    event = (await events_by_ids([brief.id]))[brief.id]
    [row] = (await evidence_of([event.dates[0].id]))[event.dates[0].id]
    return event, row


async def test_first_the_programme_then_one_form_with_what_it_counts(bernd, pflege):
    page = (await bernd.get(PATH)).text
    assert "Zu welchem Programm gehört sie?" in page and "Pflege" in page
    page = (await bernd.get(HERE)).text
    labels = re.findall(r'<label for="f-count-\d+-heads">([^<]+)<', page)
    assert labels == ["Insgesamt", "Frauen", "Männer", "Divers oder ohne Angabe", "Kinder", "Kinderbetreuung"]
    assert page.count('value="language"') == 4
    assert (await bernd.get(f"{PATH}?programm=gibt-es-nicht")).status_code == 422


async def test_what_was_held_is_in_the_figures_at_once(bernd, pflege):
    assert await figures(*YEAR, "programme", NOW) == []
    partner = await make_organisation("Moscheegemeinde Lippe", "community")
    more = {**count(5, "language", "türkisch", 28), **count(9, "childcare", "children", 8)}
    sent = await filled(partner=str(partner), **more)
    answer = await bernd.post(HERE, data=sent)
    assert answer.status_code == 303
    event, row = await entered()
    assert event.title == {"de": "Pflegegeld einfach erklärt"} and event.partners[0].name == "Moscheegemeinde Lippe"
    assert (row.heads, row.minutes, row.countable_minutes, row.city) == (30, 105, 105, "Marl")
    assert row.counts["language", "tr"] == 28 and "Schätzung" in row.note
    [figure] = await figures(*YEAR, "programme", NOW)
    assert (figure.programme, figure.events, figure.dates, figure.heads, figure.minutes) == ("Pflege", 1, 1, 30, 105)
    page = (await bernd.get(answer.headers["location"])).text
    assert "nachgetragen und abgeschlossen" in page and "Herkunft der Zahlen: Schätzung" in page
    assert "Frauen" in page and "Türkisch" in page and "28" in page
    assert event.title["de"] in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text
    assert event.slug not in (await bernd.get("/")).text


async def test_a_new_place_is_made_with_it(bernd, pflege):
    sent = await filled(venue="", **{"new-venue-name": "Teestube", "new-venue-city": "Herten"})
    assert (await bernd.post(HERE, data=sent)).status_code == 303
    event, row = await entered()
    assert (event.dates[0].venue_name, row.city) == ("Teestube", "Herten")


async def test_online_needs_no_place_and_the_funding_may_count_other_minutes(bernd, pflege):
    sent = await filled(venue="", is_online="on", countable_minutes="90")
    assert (await bernd.post(HERE, data=sent)).status_code == 303
    event, row = await entered()
    assert event.dates[0].is_online and (row.minutes, row.countable_minutes) == (105, 90)


async def test_sent_twice_it_is_one_event(bernd, pflege):
    sent = await filled()
    first, second = [await bernd.post(HERE, data=sent) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    [figure] = await figures(*YEAR, "programme", NOW)
    assert (figure.events, figure.heads) == (1, 30)
    other = await bernd.post(HERE, data={**sent, "submission": str(uuid4())})
    assert other.headers["location"] != first.headers["location"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"format": "Kaffeeklatsch"}, "format"),
        ({"day": ""}, "day"),
        ({"day": "2027-01-13"}, "day"),
        ({"ends": "16:00"}, "ends"),
        ({"break_minutes": "120"}, "break_minutes"),
        ({"venue": ""}, "venue"),
        ({"venue": str(uuid4())}, "venue"),
        ({"venue": "", "new-venue-city": "Marl"}, "new-venue-name"),
        ({"partner": str(uuid4())}, "partner"),
        ({"countable_minutes": "1441"}, "countable_minutes"),
        ({"origin": ""}, "origin"),
        ({"count-1-heads": "-1"}, "count-1-heads"),
        ({"count-1-heads": "2001"}, "count-1-heads"),
        ({"count-1-heads": "viele"}, "count-1-heads"),
        ({"count-1-heads": "0", "count-2-heads": ""}, "count-0-heads"),
        (count(5, "language", "", 3), "count-5-value"),
        (count(5, "language", "Türkisch", ""), "count-5-heads"),
        ({**count(5, "language", "Türkisch", 3), **count(6, "language", "türkisch", 4)}, "count-6-value"),
        (count(5, "Haarfarbe", "rot", 3), "count-5-dimension"),
    ],
)
async def test_what_is_wrong_stands_by_its_field_and_nothing_is_lost(bernd, pflege, wrong, field):
    sent = await filled(**{"new-venue-street": "", **wrong})
    answer = await bernd.post(HERE, data=sent)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text
    kept = {"title", "starts", "count-2-heads"} - wrong.keys()
    assert all(f'value="{sent[name]}"' in answer.text for name in kept)
    assert await events_between(NOW.replace(year=2026), NOW) == []
    assert len(await venues()) == 1 and await organisations() == []


async def test_what_ends_this_minute_is_over_and_what_goes_on_is_not(bernd, pflege):
    local = NOW.astimezone(BERLIN)
    going_on = await filled(day=f"{local:%Y-%m-%d}", starts="08:00", ends=f"{local:%H}:{local.minute + 1:02}")
    answer = await bernd.post(HERE, data=going_on)
    assert answer.status_code == 422 and "was schon stattgefunden hat" in answer.text
    over = {**going_on, "ends": f"{local:%H:%M}"}
    assert (await bernd.post(HERE, data=over)).status_code == 303


async def test_without_a_known_programme_nothing_is_entered(bernd, pflege):
    answer = await bernd.post(PATH, data=await filled())
    assert answer.status_code == 422 and "Zu welchem Programm gehört sie?" in answer.text
    assert await events_between(NOW.replace(year=2026), NOW) == []


async def test_only_who_closes_dates_enters_one(browser, pflege):
    for role, status in (("admin", 200), ("organiser", 200), ("reader", 404), ("trainer", 404)):
        client = await browser(role)
        assert (await client.get(HERE)).status_code == status, role
    carla = await browser("reader")
    assert (await carla.post(HERE, data=await filled())).status_code == 404
    assert PATH not in (await carla.get("/team/auswertung")).text
    assert await events_between(NOW.replace(year=2026), NOW) == []
