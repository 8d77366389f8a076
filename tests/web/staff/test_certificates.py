"""Bernd issues, mails, prints, corrects; anybody proves the number, nobody learns the name from it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from pypdf import PdfReader

from events.certificates.actions import correct_name, issue, withdraw
from events.certificates.queries import certificate_by_id, certificates_of
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.registration.signup import Person
from tests.attendance.story import held_event, record, sign_up, was

AMIRA = Person("Amira", "Haddad", "amira@example.org")


async def a_training(**policy):
    event = await held_event(starts_in=-timedelta(days=1), policy={"certificate": "all", **policy})
    (amira,) = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira))
    return event


async def test_bernd_issues_mails_and_prints(browser):
    bernd, event = await browser("organiser"), await a_training()
    here = f"/team/veranstaltungen/{event.id}/bescheinigungen"
    page = await bernd.get(here)
    assert page.status_code == 200 and "1 Bescheinigung ausstellen" in page.text
    assert (await bernd.get(here + ".pdf")).status_code == 409
    for path in (here, f"{here}/senden"):
        assert (await bernd.post(path)).status_code == 303
    (found,) = await certificates_of(event.id)
    assert found.mailed_at is not None and found.grouped_number in (await bernd.get(here)).text
    assert "Amira Haddad" in PdfReader(BytesIO((await bernd.get(here + ".pdf")).content)).pages[0].extract_text()
    assert (await bernd.get(f"/team/bescheinigungen/{uuid4()}")).status_code == 404


async def test_a_correction_needs_a_reason_and_opens_the_new_one(browser):
    bernd, event = await browser("organiser"), await a_training()
    (id,) = await issue(event.id, by=SYSTEM, now=now())
    path = f"/team/bescheinigungen/{id}"
    assert (await bernd.post(f"{path}/berichtigen", data={"given_name": "Amira"})).status_code == 422
    sent = {"given_name": "Amira", "family_name": "Öz", "reason": "Heirat"}
    answer = await bernd.post(f"{path}/berichtigen", data=sent)
    assert answer.status_code == 303 and "Amira Öz" in (await bernd.get(answer.headers["location"])).text
    assert (await bernd.post(f"{path}/zurueckziehen", data={"reason": "x"})).status_code == 409
    assert "Heirat" in (await bernd.get(path)).text


async def test_the_rule_of_an_event_is_chosen_on_its_page(browser):
    bernd, event = await browser("organiser"), await a_training()
    here = f"/team/veranstaltungen/{event.id}/bescheinigungen"
    assert (await bernd.post(f"{here}/regel", data={"kind": "dates", "least": "2"})).status_code == 409
    assert (await bernd.post(f"{here}/regel", data={"kind": "none"})).status_code == 303
    assert "gibt es noch keine Bescheinigungen" in (await bernd.get(here)).text


async def test_a_number_proves_what_was_certified_and_not_to_whom(visitor):
    event = await a_training()
    (id,) = await issue(event.id, by=SYSTEM, now=now())
    number = (await certificate_by_id(id)).number
    asked = await visitor.get("/bescheinigung", params={"nummer": f" {number[:5].lower()} {number[5:]} "})
    assert asked.headers["location"] == f"/bescheinigung/{number}"
    page = await visitor.get(f"/bescheinigung/{number}")
    assert page.status_code == 200 and "ist echt" in page.text and "A. H." in page.text
    assert "Haddad" not in page.text and "noindex" in page.headers["x-robots-tag"]
    new = await correct_name(id, "Amira", "Öz", "Heirat", by=SYSTEM, now=now())
    assert "ersetzt" in (await visitor.get(f"/bescheinigung/{number}")).text
    await withdraw(new, "Versehen", by=SYSTEM, now=now())
    page = await visitor.get(f"/bescheinigung/{(await certificate_by_id(new)).number}")
    assert "zurückgezogen" in page.text and "Versehen" not in page.text


async def test_an_unknown_number_is_said_so(visitor):
    answer = await visitor.get("/bescheinigung/0000000000")
    assert answer.status_code == 404 and "kennen wir nicht" in answer.text
    assert (await visitor.get("/bescheinigung", params={"nummer": "7K3"})).status_code == 422


async def test_names_are_compared_but_not_guessed(visitor):
    event = await a_training()
    (id,) = await issue(event.id, by=SYSTEM, now=now())
    path = f"/bescheinigung/{(await certificate_by_id(id)).number}"
    assert "gehört zu dieser" in (await visitor.post(path + "/name", data={"name": "amira  HADDAD"})).text
    assert "gehört nicht zu dieser" in (await visitor.post(path + "/name", data={"name": "Dorian"})).text
    answers = [(await visitor.post(path + "/name", data={"name": f"Dorian {n}"})).status_code for n in range(10)]
    assert answers[-1] == 429
