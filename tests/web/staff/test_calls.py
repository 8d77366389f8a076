"""The call list: what to say, whom to call, who was reached; and that trainers see theirs only."""

from datetime import timedelta

import pytest

from events.accounts.queries import staff_by_email
from events.invitations.actions import call_off_event, move_date
from events.invitations.changes.call_views import changes_to_tell
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme.actions import add_trainer
from events.programme.details import DateDetails
from events.registration.actions import register
from events.registration.queries import booking_of, registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event
from tests.web.staff.conftest import NOW

GUELAY = Person(given_name="Gülay", family_name="Demir", phone="+49 2361 222222", city="Herten")


async def with_people(title, *people, **more):
    event = await make_event(title, policy={"needs_email": False, "max_party": 6}, **more)
    for person in people:
        await register(SignUp((event.id,), (person,), "", source="office"), by=SYSTEM, now=NOW)
    return event


async def call_off(event):
    await call_off_event(event.id, {"de": "Die Referentin ist krank."}, by=SYSTEM, now=NOW)
    await expand_mailings(now=NOW)


async def test_bernd_reads_what_to_say_calls_and_ticks(browser):
    bernd = await browser("organiser")
    event = await with_people("Pflege zu Hause", GUELAY, Person(given_name="Wanda", party=3))
    await call_off(event)
    page = (await bernd.get("/team/anrufe")).text
    assert (
        "Pflege zu Hause" in page and "Die Veranstaltung ist abgesagt" in page and "Die Referentin ist krank." in page
    )
    assert 'href="tel:+492361222222"' in page and "2 Anrufe sind offen" in page
    wanda = (await registrations_of(event.id))[1]
    code = (await booking_of(wanda.booking_id)).people[0].code
    assert "keine Nummer" in page and code in page and "3 Personen" in page
    assert "2 Anrufe sind offen" in (await bernd.get("/team/")).text
    call = (await changes_to_tell())[0].open[0]
    answer = await bernd.post(f"/team/anrufe/{call.id}/erreicht", data={"veranstaltung": str(event.id)})
    assert answer.status_code == 303 and f"veranstaltung={event.id}" in answer.headers["location"]
    page = (await bernd.get(answer.headers["location"])).text
    assert "1 Anruf ist offen" in page and "Organiser" in page and "Doch nicht erreicht" in page
    await bernd.post(f"/team/anrufe/{call.id}/offen")
    assert "2 Anrufe sind offen" in (await bernd.get("/team/anrufe")).text


async def test_a_move_says_old_and_new(browser):
    event = await with_people("Lesen lernen", GUELAY)
    date = event.dates[0]
    later = DateDetails(date.start + timedelta(days=1), date.end + timedelta(days=1), venue_id=date.venue_id)
    await move_date(date.id, later, by=SYSTEM, now=NOW)
    await expand_mailings(now=NOW)
    page = (await (await browser("organiser")).get("/team/anrufe")).text
    assert "Bisher" in page and "26. Januar 2027" in page and "27. Januar 2027" in page


async def test_carla_reads_and_cannot_tick(browser):
    event = await with_people("Pflege zu Hause", GUELAY)
    await call_off(event)
    carla = await browser("reader")
    assert "/erreicht" not in (await carla.get("/team/anrufe")).text
    call = (await changes_to_tell())[0].open[0]
    assert (await carla.post(f"/team/anrufe/{call.id}/erreicht")).status_code == 404
    assert (await changes_to_tell())[0].open


async def test_a_trainer_sees_the_calls_of_their_own_events(browser):
    own, foreign = await with_people("Eigene", GUELAY), await with_people("Fremde", Person(given_name="Wanda"))
    for event in (own, foreign):
        await call_off(event)
    client = await browser("trainer")
    trainer = await staff_by_email("trainer@example.org")
    await add_trainer(trainer.id, event_id=own.id, by=SYSTEM, now=NOW)
    for page in [
        (await client.get(path)).text for path in ("/team/anrufe", f"/team/anrufe?veranstaltung={foreign.id}")
    ]:
        assert "Wanda" not in page and "Fremde" not in page
    assert "Eigene" in (await client.get("/team/anrufe")).text


async def test_the_filter_shows_one_event(browser):
    first, second = await with_people("Erste", GUELAY), await with_people("Zweite", Person(given_name="Wanda"))
    for event in (first, second):
        await call_off(event)
    page = (await (await browser("organiser")).get(f"/team/anrufe?veranstaltung={second.id}")).text
    assert "Wanda" in page and "Gülay" not in page


async def test_until_the_news_is_spread_the_list_says_that_it_is_not_complete(browser):
    bernd = await browser("organiser")
    event = await with_people("Pflege zu Hause", GUELAY)
    await call_off_event(event.id, {"de": "Krank."}, by=SYSTEM, now=NOW)
    page = (await bernd.get("/team/anrufe")).text
    assert "noch nicht vollständig" in page and "Niemand muss angerufen werden" not in page
    await expand_mailings(now=NOW)
    page = (await bernd.get("/team/anrufe")).text
    assert "noch nicht vollständig" not in page and "1 Anruf ist offen" in page


async def test_nobody_to_call_is_a_calm_page(browser):
    assert "Niemand muss angerufen werden." in (await (await browser("reader")).get("/team/anrufe")).text


@pytest.mark.parametrize("path", ["/team/anrufe", "/team/"])
async def test_thirty_calls_take_the_queries_of_one(browser, path):
    bernd, counted = await browser("organiser"), []
    for number in (1, 29):
        event = await with_people("Pflege", *(Person(given_name=f"Gast {n}") for n in range(number)))
        await call_off(event)
        before = queries_so_far()
        assert (await bernd.get(path)).status_code == 200
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]
