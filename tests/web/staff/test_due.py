"""What the first page says is to be decided or done, each one click from the work."""

from datetime import timedelta

import pytest

from events.accounts.queries import staff_by_email
from events.invitations.actions import call_off_event
from events.invitations.inviting import Invitee
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme.actions import add_trainer
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.registration.tables import DateWish
from tests.factories import make_event
from tests.invitations.story import invited
from tests.people import AMIRA
from tests.web.staff.conftest import NOW


async def sign_up(event, *people, source="office", at=NOW):
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source=source), by=SYSTEM, now=at)


async def test_requests_lead_to_exactly_these(browser):
    event = await make_event("Mit Zusage", policy={"approval": True})
    await sign_up(event, AMIRA)
    page = (await (await browser("organiser")).get("/team/")).text
    assert "Anfragen, über die zu entscheiden ist" in page
    assert f"/team/veranstaltungen/{event.id}/anmeldungen?stand=requested" in page


async def test_who_did_not_confirm_for_a_day_is_flagged(browser):
    event = await make_event("Lesen lernen")
    await sign_up(event, AMIRA, source="web", at=NOW - timedelta(hours=25))
    fresh = await make_event("Frisch", starts_in=timedelta(days=15))
    await sign_up(fresh, AMIRA, source="web", at=NOW - timedelta(hours=23))
    page = (await (await browser("organiser")).get("/team/")).text
    assert f"/team/veranstaltungen/{event.id}/anmeldungen?stand=unconfirmed" in page
    assert str(fresh.id) not in page


@pytest.mark.parametrize(
    ("starts_in", "people", "shown"), [(15, 1, False), (13, 1, True), (5, 1, True), (5, 2, False), (-1, 1, False)]
)
async def test_too_few_registrations_are_told_from_a_week_before_the_decision(browser, starts_in, people, shown):
    event = await make_event("Mit Mindestzahl", starts_in=timedelta(days=starts_in), policy={"minimum": 2})
    guests = [Person(given_name=f"Gast {n}") for n in range(people)]
    await sign_up(event, *guests, at=NOW - timedelta(days=3))
    page = (await (await browser("organiser")).get("/team/")).text
    assert ("Zu wenige Anmeldungen" in page) is shown
    assert (f"/team/veranstaltungen/{event.id}/absagen" in page) is shown
    assert ("überfällig" in page) is (shown and starts_in < 7)


async def test_a_quiet_day_says_nothing_of_it(browser):
    await make_event("In drei Wochen", starts_in=timedelta(days=21))
    page = (await (await browser("organiser")).get("/team/")).text
    for words in ("zu entscheiden", "Zu wenige", "nicht bestätigt", "Anrufe sind offen"):
        assert words not in page


async def test_a_trainer_sees_what_is_due_in_their_own_events_only(browser):
    own, foreign = await make_due("Eigene"), await make_due("Fremde")
    client = await browser("trainer")
    trainer = await staff_by_email("trainer@example.org")
    await add_trainer(trainer.id, event_id=own.id, by=SYSTEM, now=NOW)
    page = (await client.get("/team/")).text
    assert "Eigene" in page and "Fremde" not in page and str(foreign.id) not in page


async def make_due(title):
    event = await make_event(title, policy={"approval": True, "minimum": 5}, starts_in=timedelta(days=5))
    await sign_up(event, AMIRA)
    return event


async def test_a_full_morning_leads_to_all_of_it_in_fifteen_queries(browser):
    client = await browser("admin")
    soon = await make_due("Bald")
    await invited(soon, Invitee("noor@example.org", "Noor", "Saleh"))
    today = await make_event("Heute", starts_in=timedelta(hours=2))
    long_ago = await make_event("Reihe", dates=10, starts_in=-timedelta(days=100))
    off = await make_event("Fällt aus", policy={"needs_email": False})
    await sign_up(off, Person(given_name="Gülay", phone="02361 222222"))
    await call_off_event(off.id, {"de": "Krank."}, by=SYSTEM, now=NOW)
    await expand_mailings(now=NOW)
    before = queries_so_far()
    page = (await client.get("/team/")).text
    assert queries_so_far() - before <= 15
    event = f"/team/veranstaltungen/{soon.id}"
    for way in (f"{event}/anmeldungen?stand=requested", f"{event}/absagen", f"{event}/einladungen?stand=invited"):
        assert way in page
    for way in (f"anwesenheit/{today.dates[0].id}", f"anwesenheit/{long_ago.dates[0].id}/abschluss", "anrufe"):
        assert f"/team/{way}" in page
    assert "1 Anruf ist offen" in page and str(long_ago.dates[9].id) not in page
    assert "2 weitere Termine rücken nach" in page


async def test_thirty_events_take_the_queries_of_one(browser):
    bernd, counted = await browser("organiser"), []
    for number in (1, 29):
        for n in range(number):
            await make_due(f"Veranstaltung {n}")
        before = queries_so_far()
        assert (await bernd.get("/team/")).text.count("stand=requested") >= number
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]


async def test_adding_the_first_date_says_how_many_get_a_mail(browser):
    event = await make_event("Fachtag", dates=0)
    for name in ("amira", "dorian"):
        await DateWish.insert(DateWish(event=event.id, email=f"{name}@example.org", language="de", proven_at=NOW))
    form = await (await browser("organiser")).get(f"/team/veranstaltungen/{event.id}/termine/neu")
    assert "2 Personen wollten Bescheid bekommen" in form.text
    with_date = await make_event()
    form = await (await browser("organiser")).get(f"/team/veranstaltungen/{with_date.id}/termine/neu")
    assert "wollten Bescheid" not in form.text and "bekommt über einen neuen Termin keine Mail" in form.text
