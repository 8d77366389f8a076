"""Bernd plans: an event from draft to published, its list and its history; and what happens when something is wrong."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from events.kit.database import queries_so_far
from events.programme.queries import event_by_id, venues
from events.programme.tables import Event, Venue
from events.registration.queries import registrations_of, seats
from tests.factories import make_event, make_programme, seen
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW
from tests.web.staff.planning import DATE, date_form, event_form, sign_up


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def id_in(path: str) -> UUID:
    return UUID(re.search(r"[0-9a-f-]{36}", path)[0])


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
    event = await make_event(policy={"visibility": "hidden", "dimensions": ["people"], "needs_email": False})
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    page = (await bernd.get(path)).text
    assert 'value="Zweisprachig aufwachsen"' in page and '<option value="hidden" selected>' in page
    assert '<option value="0" selected>' in page
    form = await event_form(title="Neuer Titel", visibility="", needs_email="1", sign_up_until_days="2")
    assert (await bernd.post(path, data=form)).status_code == 303
    policy = (await seen(event.id)).policy
    assert (policy.visibility, policy.needs_email, policy.sign_up_until_hours) == ("public", True, 48)
    assert policy.dimensions == ("people",)


async def test_rules_of_its_own_stand_in_the_form_and_in_words_on_the_page(bernd, browser):
    event = await make_event(programme=await make_programme("Pflege", policy={"approval": True}))
    path = f"/team/veranstaltungen/{event.id}"
    assert "Eigene Regeln" not in (await bernd.get(path)).text
    rules = {
        "approval": "0", "waiting_list": "offer", "cut_off_hours": "24", "max_people": "3", "minimum": "8",
        "decide_minimum_days": "14", "agreement": "required", "request_holds_place": "0",
    }  # fmt: skip
    form = await event_form(programme=str(event.programme_id), capacity="20", **rules)
    assert (await bernd.post(f"{path}/bearbeiten", data=form)).status_code == 303
    policy = (await seen(event.id)).policy
    assert (policy.approval, policy.waiting_list, policy.minimum, policy.max_people) == (False, "offer", 8, 3)
    page = (await (await browser("reader")).get(path)).text
    for words in ("Eigene Regeln (8)", "8 Plätze", "14 Tage vor dem Beginn", "bis 24 Stunden vor dem Beginn",
                  "Freie Plätze werden mit Frist angeboten.", "Nötig, sonst entscheidet das Team"):  # fmt: skip
        assert words in page
    shown = (await bernd.get(f"{path}/bearbeiten")).text
    assert '<option value="offer" selected>' in shown and 'value="14"' in shown
    taken_back = await event_form(programme=str(event.programme_id), capacity="20")
    assert (await bernd.post(f"{path}/bearbeiten", data=taken_back)).status_code == 303
    assert (await seen(event.id)).policy.approval and "Eigene Regeln" not in (await bernd.get(path)).text


async def test_a_minimum_above_the_places_is_told_at_its_field(bernd):
    event = await make_event()
    form = await event_form(capacity="5", minimum="6")
    page = await bernd.post(f"/team/veranstaltungen/{event.id}/bearbeiten", data=form)
    assert page.status_code == 422 and 'id="f-minimum-error"' in page.text and 'value="6"' in page.text


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
    await bernd.get("/team/veranstaltungen")  # what every page remembers for two seconds
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


async def test_a_missing_place_is_named_with_the_date_and_stands_in_the_list_afterwards(bernd):
    event = await make_event(dates=0, published=False)
    path = f"/team/veranstaltungen/{event.id}/termine/neu"
    place = {"venue": "", "new-venue-city": "Herten"}
    nameless = await bernd.post(path, data={**DATE, **place})
    assert nameless.status_code == 422 and 'id="f-new-venue-name-error"' in nameless.text
    assert 'value="17:30"' in nameless.text and 'value="Herten"' in nameless.text
    before = await venues()
    assert (await bernd.post(path, data={**DATE, **place, "new-venue-name": "Bürgerhaus Süd"})).status_code == 303
    assert len(await venues()) == len(before) + 1
    assert (await seen(event.id)).dates[0].venue_name == "Bürgerhaus Süd"
    assert "Herten: Bürgerhaus Süd" in (await bernd.get(path)).text


async def test_a_draft_in_the_past_is_pointed_out_before_it_is_published(bernd):
    warning = "Ein Termin hat schon begonnen"
    for starts_in, is_told in ((timedelta(days=-3), True), (timedelta(days=3), False)):
        event = await make_event(published=False, starts_in=starts_in)
        assert (warning in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text) is is_told


async def test_too_few_places_are_told_at_the_field_and_nothing_typed_is_lost(bernd):
    event = await make_event(capacity=5)
    await sign_up(event, AMIRA, DORIAN)
    path = f"/team/veranstaltungen/{event.id}/bearbeiten"
    answer = await bernd.post(path, data=await event_form(capacity="1", summary="Viel getippt"))
    assert 'id="f-capacity-error"' in answer.text and 'value="Viel getippt"' in answer.text


async def test_the_history_of_an_event_shows_the_people_only_when_asked(bernd):
    event = await make_event()
    await sign_up(event, AMIRA)
    path = f"/team/verlauf/event/{event.id}"
    page, everything = (await bernd.get(path)).text, (await bernd.get(f"{path}?alles=true")).text
    assert "Veranstaltung: veröffentlicht" in page and "Anmeldung: angemeldet" not in page
    assert "Veranstaltung: veröffentlicht" in everything and "Anmeldung: angemeldet" in everything


async def test_what_is_refused_is_told_inside_the_team_pages(bernd, visitor):
    event = await make_event(dates=0, published=False)
    path = f"/team/veranstaltungen/{event.id}/veroeffentlichen"
    refused = (await bernd.post(path)).text
    assert 'href="/team/veranstaltungen"' in refused and "Abmelden" in refused
    outside = await visitor.get("/veranstaltungen/gibt-es-nicht")
    assert outside.status_code == 404 and "Abmelden" not in outside.text


async def test_what_is_searched_for_under_the_wrong_view_is_pointed_out(bernd):
    await make_event("Sprechstunde im Mai", published=False)
    await make_event("Sprechstunde im März", starts_in=timedelta(days=-20))
    page = (await bernd.get("/team/veranstaltungen?suche=sprechstunde")).text
    assert "1 Veranstaltung unter „Vergangene“" in page
    assert 'ansicht=entwuerfe">1 Veranstaltung unter „Entwürfe“' in page
    assert "unter „" not in (await bernd.get("/team/veranstaltungen")).text


@pytest.mark.parametrize(
    ("query", "words"),
    [("ansicht=entwuerfe", "Kein Entwurf"), ("suche=nichts", "Auswahl zurücksetzen")],
)
async def test_an_empty_list_says_what_it_would_hold(bernd, query, words):
    page = (await bernd.get(f"/team/veranstaltungen?{query}")).text
    assert words in page and ("Auswahl zurücksetzen" in page) is ("suche" in query)


async def test_a_double_tap_makes_one_event_one_date_and_one_venue(bernd):
    form = (await bernd.get("/team/veranstaltungen/neu")).text
    found = re.search(r'name="id" value="([^"]+)"', form)
    assert found is not None
    sent = await event_form(id=found.group(1))
    first, second = [await bernd.post("/team/veranstaltungen/neu", data=sent) for _tap in range(2)]
    assert first.headers["location"] == second.headers["location"] and await Event.count() == 1
    event, date = await event_by_id(UUID(found.group(1))), await date_form()
    for _tap in range(2):
        await bernd.post(f"/team/veranstaltungen/{event.id}/termine/neu", data=date)
        await bernd.post("/team/orte/neu", data={"name": "Altes Rathaus", "street": "Markt 1", "city": "Marl"})
    assert len((await event_by_id(event.id)).dates) == 1
    assert await Venue.count().where(Venue.name == "Altes Rathaus") == 1
