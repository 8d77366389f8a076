"""Addresses that take no mail: why, who is behind them and what they come to, so that the office can call."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from events.contacts.tables import Contact
from events.invitations.actions import call_off_event
from events.invitations.tables import Invitation
from events.kit.actor import SYSTEM
from events.kit.addresses import address_key
from events.kit.database import queries_so_far
from events.mail.opt_outs import address_hash
from events.mail.undeliverable import note_undeliverable, undeliverable_by_address
from events.registration.actions import cancel_registration, register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from events.registration.tables import DateWish
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW
from tests.web.staff.outboxes import a_mail

LIST = "/team/postausgang/adressen"


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


async def refused(address=AMIRA.email, reply="550 5.1.1 User unknown", mail=None, at=NOW):
    await note_undeliverable(address, reply, mail, at)
    return await undeliverable_by_address(address)


async def signed_up(event, *people, at=NOW):
    await register(SignUp((event.id,), people, people[0].email, source="office"), by=SYSTEM, now=at)


async def test_no_such_address_is_a_calm_page(bernd):
    page = (await bernd.get(LIST)).text
    assert "Alle Adressen nehmen Mails an, soweit wir wissen." in page and "Offen (0)" in page
    assert "Hier ist keine Adresse." in (await bernd.get(f"{LIST}?stand=erledigt")).text


async def test_bernd_reads_why_whom_to_call_and_about_what(bernd):
    event, gone = await make_event("Pflege zu Hause"), await make_event("Vorbei", starts_in=timedelta(days=-3))
    for one in (event, gone):
        await signed_up(one, AMIRA, at=NOW - timedelta(days=5))
    mail = await a_mail(status="failed", reason="bad_address")
    await refused(mail=mail)
    page = (await bernd.get(LIST)).text
    (registration,) = await registrations_of(event.id)
    assert "Diese Adresse gibt es nicht." in page and "1 Adresse" in page and f"/team/postausgang/{mail}" in page
    assert "Amira Haddad" in page and 'href="tel:02361111111"' in page
    assert f"/team/veranstaltungen/{event.id}/anmeldungen/{registration.id}" in page and "Vorbei" not in page
    one = (await bernd.get(f"/team/postausgang/{mail}")).text
    assert "Diese Adresse nimmt keine Mails an" in one and LIST in one
    assert "1 Adresse nimmt keine Mails an" in (await bernd.get("/team/postausgang")).text


async def test_who_has_no_phone_comes_to_nothing_or_is_unknown_is_said(bernd):
    event = await make_event()
    await signed_up(event, DORIAN)
    (registration,) = await registrations_of(event.id)
    await cancel_registration(registration.id, by=SYSTEM, now=NOW)
    await refused(DORIAN.email)
    await refused("niemand@example.org")
    page = (await bernd.get(LIST)).text
    assert "Dorian Weiß" in page and "keine Telefonnummer" in page
    assert page.count("keine kommende Veranstaltung") == 2 and "Niemand, von dem wir noch etwas wissen." in page


async def test_whoever_was_registered_from_an_address_is_behind_it(bernd):
    event = await make_event(policy={"max_party": 5})
    child = Person(given_name="Selma", phone="02361 333333")
    await signed_up(event, AMIRA, replace(child, email=""), replace(DORIAN, given_name="Oleg"))
    await refused()
    page = (await bernd.get(LIST)).text
    assert "Selma" in page and "Oleg" in page and page.count("von dieser Adresse angemeldet") == 1


async def test_events_that_were_called_off_are_named_as_such(bernd):
    event = await make_event("Pflege zu Hause")
    await signed_up(event, AMIRA)
    await call_off_event(event.id, {}, by=SYSTEM, now=NOW)
    await refused()
    page = (await bernd.get(LIST)).text
    assert "Pflege zu Hause" in page and "Abgesagt" in page


async def test_people_invited_and_people_in_the_mailing_list_are_named(bernd):
    event = await make_event("Fachtag")
    invitation = Invitation(
        id=uuid4(), event=event.id, email=AMIRA.email, address_key=address_key(AMIRA.email), given_name="Amira",
        family_name="Haddad", language="de", status="invited", created_at=NOW,
    )  # fmt: skip
    await Invitation.insert(invitation)
    contact = Contact(
        id=uuid4(), email=AMIRA.email, address_hash=address_hash(AMIRA.email), name="A. Haddad", language="de",
        created_at=NOW, proven_at=NOW,
    )  # fmt: skip
    await Contact.insert(contact)
    await refused()
    page = (await bernd.get(LIST)).text
    assert "Fachtag" in page and "eingeladen, noch keine Antwort" in page and "A. Haddad (im Verteiler)" in page


async def test_colleagues_and_whoever_waits_for_a_date_are_named(bernd):
    event = await make_event("Schreibwerkstatt", dates=0)
    for address in ("organiser@example.org", AMIRA.email):
        await refused(address)
    await DateWish.insert(DateWish(id=uuid4(), event=event.id, email=AMIRA.email, language="de", created_at=NOW))
    page = (await bernd.get(LIST)).text
    assert "Organiser (im Team)" in page and "Schreibwerkstatt" in page and "sobald der Termin feststeht" in page
    assert "ohne Namen" in page


async def test_bernd_ticks_and_takes_it_back(bernd):
    one = await refused()
    answer = await bernd.post(f"{LIST}/{one.id}/erledigt")
    page = (await bernd.get(answer.headers["location"])).text
    assert "Als erledigt vermerkt." in page and "Erledigt (1)" in page and "amira@" not in page
    assert "Adresse nimmt keine Mails an" not in (await bernd.get("/team/")).text
    page = (await bernd.get(f"{LIST}?stand=erledigt")).text
    assert "Organiser" in page and "Doch nicht erledigt" in page
    answer = await bernd.post(f"{LIST}/{one.id}/offen")
    assert "amira@" in (await bernd.get(answer.headers["location"])).text


async def test_what_does_not_exist_cannot_be_ticked(bernd):
    for action in ("erledigt", "offen"):
        assert (await bernd.post(f"{LIST}/{uuid4()}/{action}")).status_code == 404


async def test_carla_and_trainers_neither_see_nor_tick(browser):
    one = await refused()
    for role in ("reader", "trainer"):
        client = await browser(role)
        assert (await client.get(LIST)).status_code == 404
        assert (await client.post(f"{LIST}/{one.id}/erledigt")).status_code == 404
    assert (await undeliverable_by_address(AMIRA.email)).settled_at is None


async def test_a_registration_outlives_its_address(bernd):
    event = await make_event()
    await signed_up(event, AMIRA)
    one = await refused()
    await bernd.post(f"{LIST}/{one.id}/erledigt")
    assert [row.status for row in await registrations_of(event.id)] == ["confirmed"]


async def test_two_hundred_addresses_come_in_pages_with_the_queries_of_one(bernd):
    event, counted = await make_event(capacity=None), []
    for number in (1, 29, 170):
        for one in range(number):
            address = f"nr{number}-{one}@example.org"
            await signed_up(event, Person(given_name=f"Gast {one}", email=address))
            await refused(address, at=NOW - timedelta(minutes=one))
        before = queries_so_far()
        page = (await bernd.get(LIST)).text
        counted.append(queries_so_far() - before)
    assert len(set(counted)) == 1
    assert "200 Adressen" in page and page.count("/erledigt") == 50 and "?seite=4" in page
    assert (await bernd.get(f"{LIST}?seite=4")).text.count("/erledigt") == 50
