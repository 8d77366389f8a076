"""Somebody asks what is stored about them: found by address or name and phone, handed over, erased, and only they."""

import json

from events.contacts.actions import add_contact
from events.contacts.details import ContactDetails
from events.contacts.tables import Contact
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.programme.queries import event_by_id
from events.registration.people import find_people
from events.registration.signup import Person
from tests.attendance.story import held_event, record, sign_up, was
from tests.factories import make_event

PATH = "/team/datenschutz/auskunft"
AMIRA = Person("Amira", "Haddad", "amira@example.org", phone="+49 2361 530")
CEM = Person("Cem", "Kaya")


async def test_one_finds_hands_over_and_erases_what_belongs_to_an_address(browser):
    admin = await browser("admin")
    event = await make_event("Elternabend")
    await sign_up(event, AMIRA)
    await sign_up(event, Person("Bernd", "Adler", "bernd@example.org"))
    await add_contact("Amira@example.org", ContactDetails((event.programme_id,), "de"), today(), by=SYSTEM, now=now())
    page = (await admin.post(PATH, data={"email": "amira@example.org"})).text
    assert "Haddad" in page and "Elternabend" in page and "Verteiler" in page and "Adler" not in page
    answer = await admin.post(f"{PATH}/daten.json", data={"email": "amira@example.org"})
    found = json.loads(answer.text)
    assert found["anmeldevorgaenge"][0]["personen"][0]["name"] == "Amira Haddad"
    assert "attachment" in answer.headers["content-disposition"] and "Adler" not in answer.text
    readable = (await admin.post(f"{PATH}/daten.html", data={"email": "amira@example.org"})).text
    assert "Amira Haddad" in readable and "DSGVO" in readable and "+01:00" not in readable
    gone = {"email": "amira@example.org", "reason": "Antrag vom 3. Mai", "address_too": "on"}
    assert (await admin.post(f"{PATH}/loeschen", data=gone)).status_code == 303
    assert await find_people("amira") == [] and len(await find_people("adler")) == 1
    assert not await Contact.exists()
    lines = {row["verb"]: row for row in await HistoryEntry.select().where(HistoryEntry.about_kind == "instance_fact")}
    assert lines["erased_on_request"]["reason"] == "Antrag vom 3. Mai"
    assert "amira" not in str(lines).lower() and "data_given" in lines
    assert "Nichts gespeichert" in (await admin.post(PATH, data={"email": "amira@example.org"})).text


async def test_a_name_alone_finds_nobody_and_with_the_phone_only_that_person(browser):
    admin = await browser("admin")
    ids = await sign_up(await make_event(), AMIRA, CEM)
    assert (await admin.post(PATH, data={"name": "Amira Haddad"})).status_code == 422
    wrong = await admin.post(PATH, data={"name": "Amira Haddad", "phone": "02361 999"})
    assert "Nichts gespeichert" in wrong.text
    page = (await admin.post(PATH, data={"name": "haddad amira", "phone": "02361/530"})).text
    assert "Haddad" in page and "Kaya" not in page and ids
    asked = {"name": "Amira Haddad", "phone": "02361 530", "reason": "Antrag"}
    assert (await admin.post(f"{PATH}/loeschen", data=asked)).status_code == 303
    assert await find_people("haddad") == [] and len(await find_people("kaya")) == 1


async def test_nothing_goes_without_a_reason_or_before_it_is_counted(browser):
    admin = await browser("admin")
    event = await held_event()
    [id] = await sign_up(event, AMIRA)
    asked = {"email": AMIRA.email}
    assert (await admin.post(f"{PATH}/loeschen", data=asked)).status_code == 422
    await record(event.dates[0].id, was(id))
    answer = await admin.post(f"{PATH}/loeschen", data=asked | {"reason": "Antrag"})
    assert answer.status_code == 409 and "Noch nicht alles" in answer.text and await event_by_id(event.id)
    assert len(await find_people("amira")) == 1
    assert (await (await browser("organiser")).post(PATH, data=asked)).status_code == 404
