"""Bernd sets what is asked at the sign-up; the others find no such pages."""

import re
from dataclasses import replace

import pytest

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme.details import QuestionDetails
from events.programme.question_actions import add_question
from events.programme.questions import questions_of
from events.registration.actions import register
from events.registration.signup import GivenAnswer, SignUp
from events.registration.tables import Answer
from tests.factories import make_event
from tests.people import AMIRA
from tests.web.staff.conftest import NOW

MEAL = QuestionDetails("yes_no", {"de": "Essen Sie mit?"}, purpose="Damit es für alle reicht.")
TYPED = {
    "text": "Welche Arbeitsgruppe?",
    "en-text": "Which group?",
    "kind": "choice",
    "required": "on",
    "purpose": "Damit die Räume passen.",
    "keep_days": "30",
    "options-0-text": "Sprache",
    "options-0-places": "12",
    "options-0-en-text": "Language",
    "options-1-text": "Pflege",
    "options-1-places": "",
    "options-2-text": "",
}


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def path(event, *parts):
    return "/".join((f"/team/veranstaltungen/{event.id}/fragen", *map(str, parts)))


async def asked(event):
    return (await questions_of([event.id]))[event.id]


async def meal(event, **changed):
    return await add_question(event.id, replace(MEAL, **changed), by=SYSTEM, now=NOW)


async def answered_by_amira(event, question, option):
    amira = replace(AMIRA, email="", answers=(GivenAnswer(question.id, (option.id,)),))
    await register(SignUp((event.id,), (amira,), AMIRA.email, source="office"), by=SYSTEM, now=NOW)


async def working_groups(bernd, event):
    assert (await bernd.post(path(event, "neu"), data=TYPED)).status_code == 303
    return (await asked(event))[-1]


async def test_from_an_empty_list_to_a_question_with_working_groups(bernd):
    event = await make_event()
    assert "Noch keine Frage" in (await bernd.get(path(event))).text
    answer = await bernd.post(path(event, "neu"), data=TYPED)
    page = (await bernd.get(answer.headers["location"])).text
    assert "Die Frage ist gespeichert." in page and "Sprache: 0 von 12 Plätzen" in page and "30 Tage" in page
    (question,) = await asked(event)
    assert question.required and question.text == {"de": "Welche Arbeitsgruppe?", "en": "Which group?"}
    assert [(one.text, one.places) for one in question.options] == [
        ({"de": "Sprache", "en": "Language"}, 12),
        ({"de": "Pflege"}, None),
    ]
    assert "Fragen (1)" in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text


async def test_the_list_shows_the_questions_as_people_meet_them(bernd):
    event = await make_event()
    question = await working_groups(bernd, event)
    page = (await bernd.get(path(event))).text
    preview = page[page.index("So steht es im Formular") :]
    assert 'type="radio"' in preview and f'value="{question.options[0].id}"' in preview
    assert "Damit die Räume passen." in preview


async def test_one_more_answer_is_given_without_losing_what_was_typed(bernd):
    event = await make_event()
    page = await bernd.post(path(event, "neu"), data={**TYPED, "text": "", "more": "1"})
    assert page.status_code == 200 and 'id="f-options-3-text"' in page.text and "Fehler:" not in page.text
    assert 'value="Sprache"' in page.text and 'value="Language"' in page.text and 'value="12"' in page.text
    assert await asked(event) == ()


async def test_a_wrong_question_says_everything_at_once_and_forgets_nothing(bernd):
    event = await make_event()
    wrong = {"text": "", "purpose": "", "keep_days": "500", "options-0-places": "viele"}
    page = await bernd.post(path(event, "neu"), data={**TYPED, **wrong})
    assert page.status_code == 422 and "<title>Fehler:" in page.text
    for field in ("text", "purpose", "keep_days", "options-0-places"):
        assert f'href="#f-{field}"' in page.text and f'id="f-{field}-error"' in page.text
    assert 'value="viele"' in page.text and 'value="Pflege"' in page.text and 'value="Language"' in page.text


async def test_a_question_shows_what_there_is_and_can_be_changed(bernd):
    event = await make_event()
    question = await working_groups(bernd, event)
    page = (await bernd.get(path(event, question.id))).text
    assert 'value="Welche Arbeitsgruppe?"' in page and 'value="Language"' in page
    first, second = question.options
    ids = {"options-0-id": str(first.id), "options-1-id": str(second.id)}
    changed = {**TYPED, **ids, "text": "Wohin?", "options-2-text": "Neu"}
    assert (await bernd.post(path(event, question.id), data=changed)).status_code == 303
    (after,) = await asked(event)
    assert after.text["de"] == "Wohin?" and [one.id for one in after.options[:2]] == [first.id, second.id]
    assert after.options[2].text == {"de": "Neu"}


async def test_fewer_places_than_taken_are_refused_at_their_field(bernd):
    event = await make_event()
    question = await working_groups(bernd, event)
    first, second = question.options
    await answered_by_amira(event, question, first)
    ids = {"options-0-id": str(first.id), "options-1-id": str(second.id)}
    assert "1 Platz ist vergeben." in (await bernd.get(path(event, question.id))).text
    page = await bernd.post(path(event, question.id), data={**TYPED, **ids, "options-0-places": "0", "text": "Wohin?"})
    assert page.status_code == 409 and 'id="f-options-0-places-error"' in page.text
    assert "„Sprache“: Weniger als 1 geht nicht" in page.text and 'value="Wohin?"' in page.text
    assert (await asked(event))[0].options[0].places == 12


async def test_an_answer_that_was_chosen_and_the_kind_stay(bernd):
    event = await make_event()
    question = await working_groups(bernd, event)
    await answered_by_amira(event, question, question.options[0])
    page = await bernd.post(path(event, question.id), data={**TYPED, "kind": "text"})
    assert page.status_code == 409 and 'id="f-kind-error"' in page.text and "Ihre Art steht deshalb fest" in page.text
    page = await bernd.post(path(event, question.id), data={**TYPED, "options-0-id": str(question.options[1].id)})
    assert page.status_code == 409 and "„Sprache“ ist schon 1-mal gewählt" in page.text


async def test_a_question_is_only_asked_after_the_answer_it_depends_on(bernd):
    event = await make_event()
    first = await meal(event)
    page = (await bernd.get(path(event, "neu"))).text
    assert f'<option value="{first}:yes">„Essen Sie mit?“: Ja</option>' in page
    sent = {"text": "Vegetarisch?", "kind": "yes_no", "purpose": "Für die Küche.", "condition": f"{first}:yes"}
    assert (await bernd.post(path(event, "neu"), data=sent)).status_code == 303
    first_question, second = await asked(event)
    assert (second.only_if, second.only_if_value, second.keep_days) == (first, "yes", 90)
    listed = (await bernd.get(path(event))).text
    assert "Nur bei „Essen Sie mit?“: Ja" in listed and 'name="direction"' not in listed
    assert f"{second.id}:yes" not in (await bernd.get(path(event, first_question.id))).text
    late = await bernd.post(path(event, first), data={**sent, "condition": f"{second.id}:yes"})
    assert late.status_code == 422 and 'id="f-condition-error"' in late.text


async def test_what_is_depended_on_cannot_be_removed_and_says_why(bernd):
    event = await make_event()
    first = await meal(event)
    await meal(event, text={"de": "Vegetarisch?"}, only_if=first, only_if_value="yes")
    page = (await bernd.get(path(event, first, "entfernen"))).text
    assert "„Vegetarisch?“" in page and "<form class" not in page[page.index("<h1") :]
    assert (await bernd.post(path(event, first, "entfernen"))).status_code == 409
    assert len(await asked(event)) == 2


async def test_questions_change_places(bernd):
    event = await make_event()
    first, second = await meal(event), await meal(event, text={"de": "Vegetarisch?"})
    answer = await bernd.post(path(event, second, "verschieben"), data={"direction": "up"})
    assert answer.status_code == 303 and answer.headers["location"].endswith(f"#frage-{second}")
    assert [one.id for one in await asked(event)] == [second, first]
    assert (await bernd.post(path(event, second, "verschieben"), data={"direction": "up"})).status_code == 409


async def test_removing_says_first_how_many_answers_it_costs(bernd):
    event = await make_event()
    question = await working_groups(bernd, event)
    await answered_by_amira(event, question, question.options[0])
    assert "auch die 1 Antwort löschen" in (await bernd.get(path(event, question.id, "entfernen"))).text
    page = await bernd.post(path(event, question.id, "entfernen"))
    assert page.status_code == 409 and 'id="f-confirmed-error"' in page.text and await Answer.count() == 1
    answer = await bernd.post(path(event, question.id, "entfernen"), data={"confirmed": "yes"})
    assert "Die Frage ist entfernt." in (await bernd.get(answer.headers["location"])).text
    assert await asked(event) == () and await Answer.count() == 0


async def test_who_is_registered_already_is_not_asked_again_and_the_form_says_so(bernd):
    event = await make_event()
    hint = "wird nicht nachträglich gefragt"
    assert hint not in (await bernd.get(path(event, "neu"))).text
    question = await working_groups(bernd, event)
    await answered_by_amira(event, question, question.options[0])
    assert hint in (await bernd.get(path(event, "neu"))).text


async def test_the_list_costs_the_same_queries_however_many_questions_there_are(bernd):
    event = await make_event()
    await meal(event)
    await bernd.get(path(event))
    before = queries_so_far()
    await bernd.get(path(event))
    with_one = queries_so_far() - before
    for number in range(2, 31):
        await meal(event, text={"de": f"Frage {number}?"})
    before = queries_so_far()
    page = (await bernd.get(path(event))).text
    assert queries_so_far() - before == with_one
    assert "30 Fragen" in page and "Neue Frage" not in page


async def test_a_question_of_another_event_is_not_found(bernd):
    event, other = await make_event(), await make_event("Woanders")
    id = await meal(other)
    for method, *parts in (("GET",), ("POST",), ("GET", "entfernen"), ("POST", "entfernen"), ("POST", "verschieben")):
        assert (await bernd.request(method, path(event, id, *parts))).status_code == 404


@pytest.mark.parametrize("role", ["reader", "trainer"])
async def test_carla_and_trainers_find_no_such_page(browser, role):
    event = await make_event()
    id = await meal(event)
    client = await browser(role)
    for parts in ((), ("neu",), (id,), (id, "entfernen")):
        assert (await client.get(path(event, *parts))).status_code == 404
    assert (await client.post(path(event, "neu"), data=TYPED)).status_code == 404
    assert len(await asked(event)) == 1
    assert not re.search("/fragen|/kontingente", (await client.get(f"/team/veranstaltungen/{event.id}")).text)
