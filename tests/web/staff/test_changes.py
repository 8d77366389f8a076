"""Bernd changes what people count on: moves a date, drops one, calls an event off. He is told first whom it hits."""

from datetime import timedelta

import pytest

from events.evidence.actions import close_date
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM
from events.mail.tables import Mailing
from events.programme.queries import event_by_id
from events.registration.signup import Person
from tests.attendance.story import sign_up as signed_up_before
from tests.factories import make_event, seen
from tests.people import AMIRA, DORIAN
from tests.web.staff.conftest import NOW
from tests.web.staff.planning import date_form, sign_up


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


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


async def test_of_the_dates_of_an_event_that_is_off_nobody_hears_and_nobody_is_asked(bernd):
    event = await make_event(dates=2)
    await sign_up(event, AMIRA)
    assert (await bernd.post(f"/team/veranstaltungen/{event.id}/absagen", data={})).status_code == 303
    await expand_mailings(now=NOW)
    page = (await bernd.get(f"/team/termine/{event.dates[1].id}/absagen")).text
    assert "schon abgesagt. Niemand bekommt eine Mail." in page
    moved = await bernd.post(f"/team/termine/{event.dates[0].id}/bearbeiten", data=await date_form(day="2027-03-09"))
    assert moved.status_code == 303 and "meldung=termin" in moved.headers["location"]


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


async def test_what_was_counted_is_neither_moved_nor_dropped_nor_called_off(bernd):
    event = await make_event(starts_in=-timedelta(days=2))
    await close_date(event.dates[0].id, by=SYSTEM, now=NOW)
    before = await seen(event.id)
    for way in (f"termine/{event.dates[0].id}/bearbeiten", f"termine/{event.dates[0].id}/absagen",
                f"veranstaltungen/{event.id}/absagen"):  # fmt: skip
        for answer in (await bernd.get(f"/team/{way}"), await bernd.post(f"/team/{way}", data=await date_form())):
            assert answer.status_code == 409 and "so, wie er gezählt wurde" in answer.text
    assert await seen(event.id) == before


async def test_records_of_what_is_over_are_put_right_and_nobody_is_told(bernd):
    event, other = (
        await make_event(starts_in=-timedelta(days=2), dates=2),
        await make_event(starts_in=-timedelta(days=2)),
    )
    await signed_up_before(event, AMIRA)
    await signed_up_before(other, AMIRA)
    path = f"/team/termine/{event.dates[0].id}"
    assert (await bernd.post(f"{path}/bearbeiten", data=await date_form(day="2027-01-09"))).status_code == 303
    assert "Niemand bekommt eine Mail." in (await bernd.get(f"{path}/absagen")).text
    assert (await bernd.post(f"{path}/absagen")).status_code == 303
    assert "Niemand bekommt eine Mail." in (await bernd.get(f"/team/veranstaltungen/{other.id}/absagen")).text
    assert (await bernd.post(f"/team/veranstaltungen/{other.id}/absagen", data={"reason": ""})).status_code == 303
    assert (await seen(other.id)).is_called_off and await Mailing.count() == 0


async def test_going_back_from_the_question_keeps_what_was_typed(bernd):
    event = await make_event()
    await sign_up(event, AMIRA)
    path = f"/team/termine/{event.dates[0].id}/bearbeiten"
    form = await date_form(day="2027-03-09", room="Raum 3")
    page = (await bernd.post(path, data=form)).text
    assert "Raum 3" in page and 'name="confirmed" value="yes"' in page
    back = await bernd.post(path, data={**form, "confirmed": "back"})
    assert 'value="2027-03-09"' in back.text and 'value="Raum 3"' in back.text
    assert (await seen(event.id)).dates[0].start == event.dates[0].start


@pytest.mark.parametrize(("fields", "field"), [({"starts": "02:30", "ends": "04:00"}, "starts")])
async def test_an_hour_that_clocks_leave_out_is_refused(bernd, fields, field):
    event = await make_event()
    sent = await date_form(day="2027-03-28", **fields)
    answer = await bernd.post(f"/team/termine/{event.dates[0].id}/bearbeiten", data=sent)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and "Uhren vorgestellt" in answer.text


async def test_moving_into_the_past_is_pointed_out(bernd):
    event = await make_event()
    await sign_up(event, AMIRA)
    path = f"/team/termine/{event.dates[0].id}/bearbeiten"
    warning = "Der neue Termin liegt in der Vergangenheit."
    assert warning in (await bernd.post(path, data=await date_form(day="2026-03-09"))).text
    assert warning not in (await bernd.post(path, data=await date_form())).text


async def test_the_date_of_a_draft_is_taken_out_and_nobody_ever_sees_it(bernd):
    event = await make_event(dates=2, published=False)
    path = f"/team/termine/{event.dates[0].id}/absagen"
    assert "Diesen Termin entfernen?" in (await bernd.get(path)).text
    answer = await bernd.post(path)
    assert "Der Termin ist entfernt." in (await bernd.get(answer.headers["location"])).text
    assert [date.id for date in (await seen(event.id)).dates] == [event.dates[1].id]
    assert "Termin: entfernt" in (await bernd.get(f"/team/verlauf/event/{event.id}")).text
    assert await Mailing.count() == 0


async def test_calling_off_can_be_taken_back_until_the_mails_are_written(bernd):
    event = await make_event()
    await sign_up(event, AMIRA)
    path = f"/team/veranstaltungen/{event.id}"
    await bernd.post(f"{path}/absagen")
    assert "Findet doch statt" in (await bernd.get(path)).text
    answer = await bernd.post(f"{path}/veroeffentlichen")
    assert "Die Absage wird nicht verschickt." in (await bernd.get(answer.headers["location"])).text
    assert await expand_mailings(now=NOW) == 0
    await bernd.post(f"{path}/absagen")
    assert await expand_mailings(now=NOW) == 1
    page = (await bernd.get(path)).text
    assert "Findet doch statt" not in page and "lässt sich nicht mehr zurücknehmen" in page
    refused = await bernd.post(f"{path}/veroeffentlichen")
    assert refused.status_code == 409 and "Die Absage ist schon verschickt." in refused.text
    assert (await seen(event.id)).is_called_off


async def test_whom_no_mail_reaches_is_listed_before_and_after_calling_off(bernd):
    event = await make_event(policy={"needs_email": False})
    await sign_up(event, AMIRA, Person("Gülay", phone="02361 222222"), Person("Hatice", organisation_name="Moschee"))
    path = f"/team/veranstaltungen/{event.id}"
    asked = (await bernd.get(f"{path}/absagen")).text
    await bernd.post(f"{path}/absagen")
    for page in (asked, (await bernd.get(path)).text):
        assert "2 Anmeldungen ohne E-Mail-Adresse" in page and "Amira" not in page
        assert page.index("Bitte rufen Sie an") < page.index("Gülay") < page.index("Auch ohne Telefonnummer")
        assert page.index("Auch ohne Telefonnummer") < page.index("Hatice, Moschee")
