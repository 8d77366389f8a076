"""Somebody calls and is signed up: quickly, without an address, and against rules only with a reason."""

import re
from datetime import timedelta
from html import unescape

import pytest

from events.kit.actor import SYSTEM
from events.programme.details import QuestionDetails
from events.programme.question_actions import add_question
from events.registration.actions import register
from events.registration.queries import booking_of, registrations_of
from events.registration.signup import SignUp
from tests.factories import make_event, make_organisation
from tests.outbox import kinds_to
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def path_of(event):
    return f"/team/veranstaltungen/{event.id}/anmeldungen/neu"


async def send(bernd, event, **form):
    return await bernd.post(path_of(event), data={"party": "1", **form})


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_somebody_without_an_address_is_signed_up_and_the_empty_form_is_there_again(bernd):
    event = await make_event()
    form = await bernd.get(path_of(event))
    assert re.search(r'name="given_name"[^>]*autofocus', form.text)
    answer = await send(bernd, event, given_name="Amira", family_name="Haddad", phone="02361 111111")
    assert answer.status_code == 303
    page = await bernd.get(answer.headers["location"])
    (amira,) = await registrations_of(event.id)
    code = (await booking_of(amira.booking_id)).people[0].code
    assert "Amira H. ist angemeldet (bestätigt)" in words(page) and code in page.text
    assert 'value="Haddad"' not in page.text and re.search(r'name="given_name"[^>]*autofocus', page.text)
    assert amira.status == "confirmed" and await kinds_to("amira@example.org") == []
    answer = await send(bernd, event, family_name="Şahin", phone="02361 111112")
    assert "Şahin ist angemeldet" in words(await bernd.get(answer.headers["location"]))


async def test_with_an_address_the_mail_comes_and_no_code_is_read_out(bernd):
    event = await make_event()
    answer = await send(bernd, event, given_name="Amira", email="amira@example.org")
    page = await bernd.get(answer.headers["location"])
    assert "short-code" not in page.text and await kinds_to("amira@example.org") == ["confirmation"]


async def test_when_all_is_full_it_says_that_the_person_waits(bernd):
    event = await make_event(capacity=1)
    await register(SignUp((event.id,), (DORIAN,), DORIAN.email, source="office"), by=SYSTEM, now=NOW)
    answer = await send(bernd, event, given_name="Amira", family_name="Haddad")
    assert "Amira H. ist auf der Warteliste" in words(await bernd.get(answer.headers["location"]))


@pytest.mark.parametrize(("needs_email", "form", "status"), [
    (True, {}, 422),
    (True, {"phone": "02361 111111"}, 303),
    (True, {"family_name": "Haddad"}, 303),
    (False, {}, 303),
    (False, {"phone": "keine"}, 422),
    (False, {"email": "amira"}, 422),
    (False, {"party": "0"}, 422),
])  # fmt: skip
async def test_hardly_anything_is_needed(bernd, needs_email, form, status):
    event = await make_event(policy={"needs_email": needs_email, "max_party": 6})
    answer = await send(bernd, event, **form)
    assert answer.status_code == status
    assert len(await registrations_of(event.id)) == (status == 303)


async def test_nothing_typed_is_lost(bernd):
    event = await make_event()
    page = (await send(bernd, event, given_name="Amira", organization="Kita Sonne", phone="keine")).text
    assert 'value="Amira"' in page and 'value="Kita Sonne"' in page and 'value="keine"' in page


async def test_all_reasons_are_said_and_what_is_not_about_seats_is_set_aside_with_a_reason(bernd):
    event = await make_event(starts_in=timedelta(hours=20), policy={"sign_up_until_hours": 48, "max_party": 2})
    form = {"given_name": "Amira", "party": "3"}
    refused = await send(bernd, event, **form)
    said = words(refused)
    assert refused.status_code == 409
    assert "Der Anmeldeschluss ist vorbei." in said and "Möglich sind höchstens 2." in said
    assert 'name="override"' in refused.text and 'value="Amira"' in refused.text
    assert (await send(bernd, event, **form, override="Mit der Leitung besprochen.")).status_code == 303
    (amira,) = await registrations_of(event.id)
    page = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen/{amira.id}")).text
    assert "Mit der Leitung besprochen." in page


async def test_seats_cannot_be_set_aside(bernd):
    event = await make_event(capacity=1, policy={"waiting_list": "off"})
    await register(SignUp((event.id,), (DORIAN,), DORIAN.email, source="office"), by=SYSTEM, now=NOW)
    refused = await send(bernd, event, given_name="Amira", override="Trotzdem.")
    assert refused.status_code == 409 and "Alle Plätze sind vergeben" in words(refused)
    assert (
        'type="text" value="Trotzdem."' not in refused.text and "Das lässt sich hier nicht übergehen." in refused.text
    )
    assert len(await registrations_of(event.id)) == 1


async def test_who_is_registered_already_is_named_and_not_mailed(bernd):
    event = await make_event()
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), by=SYSTEM, now=NOW)
    again = await send(bernd, event, given_name="Amira", family_name="Haddad", email="amira@example.org", anyway="on")
    assert again.status_code == 409 and "Diese Person ist schon angemeldet." in words(again)
    assert await kinds_to("amira@example.org") == ["confirmation"]
    alike = await send(bernd, event, given_name="Amira", family_name="Haddad")
    assert alike.status_code == 409 and "Ist das dieselbe Person?" in words(alike)
    assert (await send(bernd, event, given_name="Amira", family_name="Haddad", anyway="on")).status_code == 303


async def test_a_doubled_tap_signs_up_once(bernd):
    event = await make_event()
    form = {"given_name": "Amira", "submission": "one-form"}
    first, second = await send(bernd, event, **form), await send(bernd, event, **form)
    assert first.headers["location"] == second.headers["location"]
    assert len(await registrations_of(event.id)) == 1


async def test_a_known_organisation_is_the_one_of_the_list(bernd):
    kita = await make_organisation("Kita Regenbogen", city="Herten")
    event = await make_event()
    assert '<option value="Kita Regenbogen">' in (await bernd.get(path_of(event))).text
    await send(bernd, event, given_name="Amira", organization="kita regenbogen")
    await send(bernd, event, given_name="Dorian", organization="Förderverein")
    found = {one.given_name: one for one in await registrations_of(event.id)}
    assert found["Amira"].organisation_id == kita and found["Dorian"].organisation_name == "Förderverein"


async def test_questions_may_stay_open_on_the_phone_but_not_be_answered_wrongly(bernd):
    event = await make_event()
    details = QuestionDetails("number", {"de": "Wie viele Kinder bringen Sie mit?"}, purpose="Betreuung", required=True)
    question = await add_question(event.id, details, by=SYSTEM, now=NOW)
    name = f"q-{question.hex}"
    assert name in (await bernd.get(path_of(event))).text
    assert (await send(bernd, event, given_name="Dorian", **{name: "viele"})).status_code == 422
    assert (await send(bernd, event, given_name="Dorian")).status_code == 303
    assert (await send(bernd, event, given_name="Amira", **{name: "2"})).status_code == 303
    table = (await bernd.get(f"/team/veranstaltungen/{event.id}/anmeldungen.csv")).text.splitlines()
    assert table[0].endswith("Wie viele Kinder bringen Sie mit?")
    assert {line.split(";")[0]: line.split(";")[-1] for line in table[1:]} == {"Dorian": "", "Amira": "2"}


async def test_the_page_after_it_shows_nobody_of_another_event(bernd):
    event, other = await make_event(), await make_event("Etwas anderes")
    answer = await send(bernd, event, given_name="Amira", family_name="Haddad")
    booking = answer.headers["location"].partition("?neu=")[2]
    for wrong in (f"{path_of(other)}?neu={booking}", f"{path_of(event)}?neu=unsinn"):
        assert "Amira" not in (await bernd.get(wrong)).text


async def test_the_list_leads_here_for_those_who_may(browser, bernd):
    event = await make_event()
    listed = f"/team/veranstaltungen/{event.id}/anmeldungen"
    assert f'href="{path_of(event)}"' in (await bernd.get(listed)).text
    assert "anmeldungen/neu" not in (await (await browser("reader")).get(listed)).text
    called_off = await make_event("Abgesagt", called_off=True)
    assert "anmeldungen/neu" not in (await bernd.get(f"/team/veranstaltungen/{called_off.id}/anmeldungen")).text
