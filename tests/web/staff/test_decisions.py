"""The office decides: requests, one or many at once; the waiting list past its order; changes to one registration."""

import re
from html import unescape

import pytest

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme.agreement_actions import create_agreement
from events.programme.agreement_rules import AgreementDetails
from events.programme.details import QuestionDetails
from events.programme.question_actions import add_question
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import GivenAnswer, Person, SignUp
from tests.factories import make_event, make_organisation
from tests.outbox import kinds_to, mails_to, text_of
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def sign_up(event, *people):
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=NOW)
    return await registrations_of(event.id)


def guests(number):
    return [Person(given_name=f"Gast {n}", email=f"gast{n}@example.org") for n in range(number)]


def path_of(event, one=None, part=""):
    return f"/team/veranstaltungen/{event.id}/anmeldungen" + (f"/{one.id}" if one else "") + part


async def decide(bernd, event, decision, chosen=(), **form):
    sent = {"decision": decision, "registrations": [str(one.id) for one in chosen], **form}
    return await bernd.post(path_of(event, part="/entscheiden"), data=sent)


async def statuses(event):
    return [one.status for one in await registrations_of(event.id)]


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_many_requests_are_approved_at_once_after_saying_whom_it_concerns(bernd):
    event = await make_event(capacity=2, policy={"approval": True, "request_holds_place": False})
    chosen = await sign_up(event, *guests(3))
    listed = await bernd.get(path_of(event) + "?stand=requested")
    assert listed.text.count('name="registrations"') == 3 and "Alle 3 angefragten Anmeldungen" in words(listed)
    asked = await decide(bernd, event, "approve", chosen)
    assert asked.status_code == 200 and "3 Anmeldungen annehmen?" in words(asked)
    assert "2 Plätze sind frei." in words(asked) and await statuses(event) == ["requested"] * 3
    answer = await decide(bernd, event, "approve", chosen, confirmed="yes", message="Wir freuen uns auf Sie!")
    assert answer.status_code == 303 and await statuses(event) == ["confirmed", "confirmed", "waiting"]
    assert "Sie stehen auf der Warteliste" in words(await bernd.get(answer.headers["location"]))
    assert "Wir freuen uns auf Sie!" in text_of((await mails_to("gast0@example.org"))[-1])


async def test_kept_seats_are_said_apart_from_free_ones(bernd):
    event = await make_event(capacity=3, policy={"approval": True})
    chosen = await sign_up(event, *guests(2))
    asked = words(await decide(bernd, event, "approve", chosen))
    assert "Alle sind schon freigehalten." in asked and "Platz frei" not in asked


async def test_all_requests_are_declined_with_one_message(bernd):
    event = await make_event(policy={"approval": True})
    await sign_up(event, *guests(2))
    asked = await decide(bernd, event, "decline", everyone="on")
    assert "2 Anmeldungen ablehnen?" in words(asked)
    assert (
        await decide(bernd, event, "decline", everyone="on", confirmed="yes", message="Leider voll.")
    ).status_code == 303
    assert await statuses(event) == ["declined"] * 2
    assert "Leider voll." in text_of((await mails_to("gast1@example.org", "declined"))[-1])


async def test_going_back_decides_nothing_and_nobody_chosen_is_said(bernd):
    event = await make_event(policy={"approval": True})
    chosen = await sign_up(event, *guests(1))
    assert (await decide(bernd, event, "decline", chosen, confirmed="back")).status_code == 303
    nobody = await decide(bernd, event, "approve")
    assert nobody.status_code == 422 and "Bitte wählen Sie mindestens eine Person." in words(nobody)
    assert await statuses(event) == ["requested"]


async def test_what_was_decided_before_and_what_belongs_elsewhere_is_refused(bernd):
    event, other = await make_event(policy={"approval": True}), await make_event("Etwas anderes")
    chosen = await sign_up(event, *guests(1))
    assert (await decide(bernd, other, "approve", chosen, confirmed="yes")).status_code == 404
    await decide(bernd, event, "decline", chosen, confirmed="yes")
    assert (await decide(bernd, event, "approve", chosen, confirmed="yes")).status_code == 409
    assert await statuses(event) == ["declined"]


async def test_without_an_agreement_approving_needs_a_reason_that_stays_in_the_history(bernd):
    event = await make_event(policy={"agreement": "required"})
    with_one, without = await make_organisation("Kita Sonne"), await make_organisation("Kita Mond")
    details = AgreementDetails(with_one, event.programme_id, NOW.date())
    await create_agreement(details, by=SYSTEM, now=NOW)
    people = [Person(given_name="Amira", email="a@example.org", organisation=without),
              Person(given_name="Birgit", email="b@example.org", organisation=with_one)]  # fmt: skip
    amira, birgit = await sign_up(event, *people)
    assert (amira.status, birgit.status) == ("requested", "confirmed")
    assert "ohne Vereinbarung" in (await bernd.get(path_of(event))).text
    assert "keine gültige Kooperationsvereinbarung" in (await bernd.get(path_of(event, amira))).text
    assert 'name="reason"' in (await decide(bernd, event, "approve", [amira])).text
    refused = await decide(bernd, event, "approve", [amira], confirmed="yes")
    assert refused.status_code == 422 and "warum es ohne Vereinbarung geht" in words(refused)
    await decide(bernd, event, "approve", [amira], confirmed="yes", reason="Der Vertrag ist in der Post.")
    assert await statuses(event) == ["confirmed", "confirmed"]
    assert "Der Vertrag ist in der Post." in (await bernd.get(path_of(event, amira))).text
    assert "Vertrag" not in text_of((await mails_to("a@example.org"))[-1])


async def test_why_it_is_requested_stands_on_the_page_with_both_buttons(bernd):
    event = await make_event(policy={"approval": True})
    (one,) = await sign_up(event, AMIRA)
    page = (await bernd.get(path_of(event, one))).text
    assert "nimmt die Stelle jede Anmeldung einzeln an" in page and "ein Platz freigehalten" in page
    assert 'value="approve"' in page and 'value="decline"' in page


async def test_the_waiting_list_past_its_order_needs_a_reason(bernd):
    event = await make_event(capacity=2, policy={"waiting_list": "direct"})
    first, second, third = await sign_up(event, *guests(3))
    without = await bernd.post(path_of(event, first, "/warteliste"), data={})
    assert without.status_code == 422 and 'href="#f-waiting-reason"' in without.text
    put = await bernd.post(path_of(event, first, "/warteliste"), data={"waiting-reason": "Mit ihr besprochen."})
    assert put.status_code == 303
    assert {one.given_name: one.status for one in await registrations_of(event.id)} == {
        "Gast 0": "waiting", "Gast 1": "confirmed", "Gast 2": "confirmed",
    }  # fmt: skip
    full = await bernd.post(path_of(event, first, "/nachruecken"), data={"moving-reason": "Doch wieder."})
    assert full.status_code == 409
    assert (await bernd.post(path_of(event, second, "/nachruecken"), data={"moving-reason": "x"})).status_code == 409
    page = (await bernd.get(path_of(event, first))).text
    assert "Mit ihr besprochen." in page and "Außer der Reihe" in page and third.id


async def test_more_people_only_from_free_seats(bernd):
    event = await make_event(capacity=3, policy={"max_party": 6})
    (one,) = await sign_up(event, AMIRA)
    assert (await bernd.post(path_of(event, one, "/personenzahl"), data={"party": "3"})).status_code == 303
    refused = await bernd.post(path_of(event, one, "/personenzahl"), data={"party": "4"})
    assert refused.status_code == 409 and 'href="#f-party"' in refused.text
    assert (await bernd.post(path_of(event, one, "/personenzahl"), data={"party": "0"})).status_code == 422
    assert (await registrations_of(event.id))[0].party == 3


async def test_somebody_else_comes_in_the_same_seat(bernd):
    event = await make_event(capacity=1)
    (one,) = await sign_up(event, AMIRA)
    assert "Wer kommt statt Amira Haddad?" in words(await bernd.get(path_of(event, one, "/person")))
    assert (await bernd.post(path_of(event, one, "/person"), data={"given_name": ""})).status_code == 422
    answer = await bernd.post(
        path_of(event, one, "/person"), data={"given_name": "Selma", "email": "selma@example.org"}
    )
    assert answer.status_code == 303 and "Selma" in (await bernd.get(answer.headers["location"])).text
    assert {row.given_name: row.status for row in await registrations_of(event.id)} == {
        "Amira": "cancelled", "Selma": "confirmed",
    }  # fmt: skip
    assert (await bernd.post(path_of(event, one, "/person"), data={"given_name": "Dorian"})).status_code == 409


async def test_details_are_corrected_and_nobody_is_mailed(bernd):
    event = await make_event()
    (one,) = await sign_up(event, AMIRA)
    before = await kinds_to("amira@example.org")
    form = await bernd.get(path_of(event, one, "/daten"))
    assert 'value="Haddad"' in form.text
    sent = {"given_name": "Amira", "family_name": "Haddad-Berg", "phone": "02361 99999", "needs": "childcare"}
    assert (await bernd.post(path_of(event, one, "/daten"), data=sent)).status_code == 303
    assert (await bernd.post(path_of(event, one, "/daten"), data={**sent, "phone": "x"})).status_code == 422
    page = (await bernd.get(path_of(event, one))).text
    assert "Haddad-Berg" in page and "Kinderbetreuung" in page and await kinds_to("amira@example.org") == before


async def test_answers_stand_on_the_page_and_in_columns_of_the_file(bernd):
    event = await make_event()
    details = QuestionDetails("text", {"de": "=Was essen Sie nicht?"}, purpose="Für die Küche")
    question = await add_question(event.id, details, by=SYSTEM, now=NOW)
    answered = Person(given_name="Amira", answers=(GivenAnswer(question, text="=Nüsse"),))
    (one,) = await sign_up(event, answered)
    assert "=Nüsse" in (await bernd.get(path_of(event, one))).text
    lines = (await bernd.get(path_of(event, part=".csv"))).text.splitlines()
    assert [line.split(";")[-1] for line in lines] == ["'=Was essen Sie nicht?", "'=Nüsse"]


async def test_carla_sees_the_requests_and_no_buttons(browser):
    event = await make_event(policy={"approval": True})
    (one,) = await sign_up(event, DORIAN)
    carla = await browser("reader")
    pages = [(await carla.get(path)).text for path in (path_of(event), path_of(event, one))]
    assert all("Dorian" in page and "/entscheiden" not in page and "<textarea" not in page for page in pages)
    assert (await decide(carla, event, "approve", [one], confirmed="yes")).status_code == 404
    assert await statuses(event) == ["requested"]


@pytest.mark.parametrize("part", ["", "?stand=requested", ".csv"])
async def test_thirty_requests_take_the_queries_of_one(bernd, part):
    event = await make_event(capacity=None, policy={"agreement": "required", "approval": True})
    details = QuestionDetails("text", {"de": "Was essen Sie nicht?"}, purpose="Für die Küche")
    question = await add_question(event.id, details, by=SYSTEM, now=NOW)
    counted = []
    for start, end in ((0, 1), (1, 30)):
        people = [
            Person(given_name=f"Gast {n}", answers=(GivenAnswer(question, text="Nüsse"),)) for n in range(start, end)
        ]
        await sign_up(event, *people)
        before = queries_so_far()
        assert (await bernd.get(path_of(event) + part)).text.count("Gast") >= end
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]
