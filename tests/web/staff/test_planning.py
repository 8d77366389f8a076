"""Bernd plans: an event from draft to published, moved, called off; and what happens when something is wrong."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail.tables import Mailing
from events.programme.queries import event_by_id, programmes, venues
from events.registration.actions import register
from events.registration.queries import registrations_of, seats
from events.registration.signup import SignUp
from tests.factories import make_event, make_programme, make_venue, seen
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW

DATE = {"day": "2027-03-02", "starts": "17:30", "ends": "20:30", "break_minutes": "15"}


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def event_form(**changed):
    programme = (await programmes() or [None])[0]
    id = programme.id if programme else await make_programme()
    return {"title": "Lebenskunde", "programme": str(id), "format": "workshop", **changed}


async def date_form(**changed):
    venue = (await venues() or [None])[0]
    return {**DATE, "venue": str(venue.id if venue else await make_venue()), **changed}


def id_in(path: str) -> UUID:
    return UUID(re.search(r"[0-9a-f-]{36}", path)[0])


async def sign_up(event, *people):
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)


async def test_from_an_idea_to_a_published_event(bernd):
    form = await event_form(capacity="12", audiences=["parents", "professionals"], **{"tr-title": "Hayat bilgisi"})
    answer = await bernd.post("/team/veranstaltungen/neu", data=form)
    assert answer.status_code == 303
    id = id_in(answer.headers["location"])
    page = await bernd.get(answer.headers["location"])
    assert "als Entwurf angelegt" in page.text
    answer = await bernd.post(f"/team/veranstaltungen/{id}/termine/neu", data=await date_form())
    page = (await bernd.get(answer.headers["location"])).text
    assert "Dienstag, 2. März 2027" in page and "165 Min." in page and "Veröffentlichen" in page
    answer = await bernd.post(f"/team/veranstaltungen/{id}/veroeffentlichen")
    assert "ist veröffentlicht" in (await bernd.get(answer.headers["location"])).text
    event = await seen(id)
    assert (event.status, event.slug, event.capacity) == ("published", "lebenskunde", 12)
    assert event.title == {"de": "Lebenskunde", "tr": "Hayat bilgisi"} and event.audiences == (
        "parents",
        "professionals",
    )


async def test_a_wrong_form_says_everything_at_once_and_forgets_nothing(bernd):
    form = await event_form(title="", capacity="viele", description="Ein langer Text", programme="")
    answer = await bernd.post("/team/veranstaltungen/neu", data=form)
    assert answer.status_code == 422
    for field in ("title", "capacity", "programme"):
        assert f'href="#f-{field}"' in answer.text and f'id="f-{field}-error"' in answer.text
    assert "Ein langer Text" in answer.text and 'value="viele"' in answer.text
    assert "<title>Fehler:" in answer.text
    assert await bernd.get("/team/veranstaltungen?ansicht=entwuerfe")


async def test_a_draft_without_dates_says_what_is_missing_and_may_be_announced(bernd):
    event = await make_event(dates=0, published=False)
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}")).text
    assert "Es gibt noch keinen Termin" in page and "Termin folgt" in page
    assert (await bernd.post(f"/team/veranstaltungen/{event.id}/veroeffentlichen")).status_code == 409
    path = f"/team/veranstaltungen/{event.id}/veroeffentlichen"
    assert (await bernd.post(path, data={"dates_to_follow": "on"})).status_code == 303


async def test_editing_shows_what_there_is_and_keeps_rules_no_field_shows(bernd):
    event = await make_event(policy={"visibility": "hidden", "minimum": 7, "needs_email": False})
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    page = (await bernd.get(path)).text
    assert 'value="Zweisprachig aufwachsen"' in page and '<option value="hidden" selected>' in page
    assert '<option value="0" selected>' in page
    form = await event_form(title="Neuer Titel", visibility="", needs_email="1", sign_up_until_days="2")
    assert (await bernd.post(path, data=form)).status_code == 303
    policy = (await seen(event.id)).policy
    assert (policy.visibility, policy.needs_email, policy.sign_up_until_hours) == ("public", True, 48)
    assert policy.minimum == 7


async def test_fewer_places_than_taken_are_refused(bernd):
    event = await make_event(capacity=5)
    await sign_up(event, AMIRA, DORIAN)
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    answer = await bernd.post(path, data=await event_form(capacity="1"))
    assert answer.status_code == 409 and "2 Plätze sind schon vergeben" in answer.text
    assert (await seen(event.id)).capacity == 5


async def test_more_places_go_to_those_who_wait(bernd):
    event = await make_event(capacity=1)
    await sign_up(event, AMIRA, DORIAN)
    await bernd.post(f"/team/veranstaltungen/{event.id}/bearbeiten", data=await event_form(capacity="2"))
    assert {one.status for one in await registrations_of(event.id)} == {"confirmed"}
    assert (await seats([event.id], NOW))[event.id].waiting == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": "16:00"}, "ends"),
        ({"break_minutes": "300"}, "break_minutes"),
        ({"venue": ""}, "venue"),
        ({"day": ""}, "day"),
        ({"join_link": "http://unsicher.example.org"}, "join_link"),
    ],
)
async def test_a_date_that_cannot_be_is_told_at_its_field(bernd, wrong, field):
    event = await make_event(dates=0, published=False)
    form = {**await date_form(room="Raum 3"), **wrong}
    answer = await bernd.post(f"/team/veranstaltungen/{event.id}/termine/neu", data=form)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text and "Raum 3" in answer.text


async def test_moving_says_first_whom_it_concerns(bernd):
    event = await make_event()
    await sign_up(event, AMIRA, DORIAN)
    path = f"/team/termine/{event.dates[0].id}/bearbeiten"
    page = await bernd.post(path, data=await date_form(day="2027-03-09"))
    assert page.status_code == 200 and "bekommen 2 Adressen Bescheid" in page.text
    assert (await seen(event.id)).dates[0].start == event.dates[0].start
    answer = await bernd.post(path, data=await date_form(day="2027-03-09", confirmed="yes"))
    assert answer.status_code == 303
    assert (await seen(event.id)).dates[0].start.date().isoformat() == "2027-03-09"
    assert await Mailing.count().where(Mailing.kind == "moved") == 1


async def test_moving_what_concerns_nobody_needs_no_question(bernd):
    event = await make_event()
    path = f"/team/termine/{event.dates[0].id}/bearbeiten"
    assert (await bernd.post(path, data=await date_form())).status_code == 303


async def test_calling_off_says_first_how_many_and_whom_to_call(bernd):
    event = await make_event(policy={"needs_email": False})
    await sign_up(event, AMIRA, DORIAN)
    path = f"/team/veranstaltungen/{event.id}/absagen"
    page = (await bernd.get(path)).text
    assert "2 Adressen bekommen eine Absage." in page
    assert (await seen(event.id)).status == "published"
    answer = await bernd.post(path, data={"reason": "Die Referentin ist erkrankt."})
    assert answer.status_code == 303
    event = await seen(event.id)
    assert event.is_called_off and event.called_off_reason == {"de": "Die Referentin ist erkrankt."}
    assert (await bernd.post(path)).status_code == 409


async def test_one_of_two_dates_is_dropped_and_the_event_stays(bernd):
    event = await make_event(dates=2)
    path = f"/team/termine/{event.dates[1].id}/absagen"
    assert "nur dieser Termin entfällt" in (await bernd.get(path)).text
    assert (await bernd.post(path)).status_code == 303
    after = await event_by_id(event.id)
    assert [date.cancelled for date in after.dates] == [False, True] and after.status == "published"


async def test_the_list_can_be_narrowed_down(bernd):
    care = await make_programme("Pflege")
    await make_event("Entlastung im Alltag", programme=care)
    await make_event("Şükrü erzählt", starts_in=timedelta(days=20), programme=await make_programme("Rucksack"))
    await make_event("Schon vorbei", starts_in=timedelta(days=-20))
    await make_event("Noch geheim", published=False)

    async def titles(query):
        page = (await bernd.get(f"/team/veranstaltungen?{query}")).text
        names = ("Entlastung im Alltag", "Şükrü erzählt", "Schon vorbei", "Noch geheim")
        return [title for title in names if title in page]

    assert await titles("") == ["Entlastung im Alltag", "Şükrü erzählt"]
    assert await titles("suche=sukru") == ["Şükrü erzählt"]
    assert await titles("programm=pflege") == ["Entlastung im Alltag"]
    assert await titles("ansicht=vergangene") == ["Schon vorbei"]
    assert await titles("ansicht=entwuerfe") == ["Noch geheim"]
    assert await titles("suche=100%25") == []


async def test_a_long_list_has_pages_and_costs_no_more_queries(bernd):
    await make_event("Nummer 1")
    await bernd.get("/team/veranstaltungen")
    before = queries_so_far()
    await bernd.get("/team/veranstaltungen")
    with_one = queries_so_far() - before
    for number in range(2, 31):
        await make_event(f"Nummer {number}", starts_in=timedelta(days=14 + number))
    before = queries_so_far()
    first = (await bernd.get("/team/veranstaltungen")).text
    assert queries_so_far() - before == with_one
    second = (await bernd.get("/team/veranstaltungen?seite=2")).text
    assert "30 Veranstaltungen" in first and "Nummer 25" in first and "Nummer 26" not in first
    assert "Nummer 26" in second and "Nummer 25<" not in second


async def test_the_history_tells_who_did_what(bernd):
    event = await make_event()
    await bernd.post(f"/team/veranstaltungen/{event.id}/absagen", data={"reason": "Krankheit"})
    page = (await bernd.get(f"/team/verlauf/event/{event.id}")).text
    assert "Veranstaltung: abgesagt" in page and "Organiser" in page and "Krankheit" in page
    assert "Veranstaltung: veröffentlicht" in page and "System" in page


async def test_a_missing_place_is_added_on_the_way(bernd):
    event = await make_event(dates=0, published=False)
    form = f"/team/veranstaltungen/{event.id}/termine/neu"
    assert f"/team/orte/neu?weiter={form}" in (await bernd.get(form)).text
    nameless = await bernd.post("/team/orte/neu", data={"weiter": form, "city": "Herten"})
    assert nameless.status_code == 422 and 'value="Herten"' in nameless.text
    answer = await bernd.post("/team/orte/neu", data={"weiter": form, "name": "Bürgerhaus Süd", "city": "Herten"})
    assert answer.headers["location"].startswith(form)
    page = (await bernd.get(answer.headers["location"])).text
    assert "Herten: Bürgerhaus Süd" in page and "Der Ort ist angelegt." in page
    away = await bernd.post("/team/orte/neu", data={"weiter": "https://elsewhere.example.org", "name": "Anderswo"})
    assert away.headers["location"].startswith("/team/")
