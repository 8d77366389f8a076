"""Bernd looks for somebody who calls; a trainer finds only people of the own events."""

from uuid import uuid4

from events.accounts.queries import staff_by_email
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.actions import add_trainer
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event


async def signed_up(name="Şükrü"):
    event = await make_event()
    person = Person(name, "<b>Özdemir</b>", f"{uuid4().hex}@example.org", phone="02361 12345")
    await register(SignUp((event.id,), (person,), person.email, source="office"), by=SYSTEM, now=now())
    (one,) = await registrations_of(event.id)
    return one


async def test_bernd_finds_somebody_and_what_they_are_registered_for(browser):
    bernd, one, other = await browser("organiser"), await signed_up(), await signed_up()
    assert "Eintrag" not in (await bernd.get("/team/personen")).text
    page = (await bernd.get("/team/personen", params={"suche": "sukru OZDEMIR"})).text
    assert "2 Einträge" in page and "<b>Özdemir" not in page and "tel:" in page
    page = (await bernd.get(f"/team/personen/{one.participant_id}")).text
    assert f"/anmeldungen/{one.id}" in page and f"/team/personen/{other.participant_id}" in page
    assert "Niemand gefunden" in (await bernd.get("/team/personen?suche=niemand")).text
    assert (await bernd.get("/team/personen", params={"suche": "x" * 161})).status_code == 422
    assert (await bernd.get(f"/team/personen/{uuid4()}")).status_code == 404


async def test_a_trainer_sees_nobody_of_other_events(browser):
    tanja, mine, foreign = await browser("trainer"), await signed_up(), await signed_up("Amira")
    person = await staff_by_email("trainer@example.org")
    await add_trainer(person.id, event_id=mine.event_id, by=SYSTEM, now=now())
    page = (await tanja.get("/team/personen?suche=ozdemir")).text
    assert "Şükrü" in page and "Amira" not in page
    assert (await tanja.get(f"/team/personen/{mine.participant_id}")).status_code == 200
    assert (await tanja.get(f"/team/personen/{foreign.participant_id}")).status_code == 404


async def test_two_entries_are_merged_after_a_look(browser):
    bernd, one, other = await browser("organiser"), await signed_up("Şükrü"), await signed_up("Sukru")
    path = f"/team/personen/{one.participant_id}/zusammenfuehren/{other.participant_id}"
    page = (await bernd.get(path)).text
    assert "Sukru" in page and "Jetzt zusammenführen" in page
    assert (await bernd.post(path)).headers["location"].startswith(f"/team/personen/{one.participant_id}")
    assert "dieselben Angaben" in (await bernd.get(path)).text
    same = f"/team/personen/{one.participant_id}/zusammenfuehren/{one.participant_id}"
    assert (await bernd.post(same)).status_code == 409
    assert (await bernd.get(f"/team/personen/{one.participant_id}/zusammenfuehren/{uuid4()}")).status_code == 404
    carla = await browser("reader")
    assert (await carla.post(path)).status_code == 404
