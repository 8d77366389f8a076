"""A trainer's mailed link: what it opens, for whom, and that it opens nothing once it has ended."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from events.accounts.actions import add_staff, session_of, sign_in
from events.accounts.queries import staff_by_email
from events.accounts.tables import StaffMember, StaffSession
from events.kit.actor import SYSTEM
from events.kit.clock import standing_at
from events.programme.tables import EventTrainer
from events.programme.trainer_actions import (
    end_charge,
    name_trainer,
    renew_trainer_link,
    send_trainer_link,
)
from events.programme.trainer_links import trainer_address
from events.programme.trainers import ACCESS_LASTS, charge_by_id, charges_for
from tests.factories import make_event, make_series
from tests.outbox import kinds_to, mails_to, text_of
from tests.people import BERND_MAIL, PASSWORD
from tests.web.staff.conftest import ADDRESS, NOW, new_browser

TANJA = "tanja@example.org"
UWE = "uwe@example.org"
DAY = timedelta(days=1)


async def link_to(email: str) -> str:
    """The newest one that was mailed, as a path."""
    mails = await mails_to(email, "trainer_invited")
    found = re.findall(rf"{ADDRESS}(/team/zugang/\S+)", text_of(mails[-1]))
    return str(found[0])


async def named(event, email=TANJA, name="Tanja Fuchs", **more):
    return await name_trainer(event.id, name, email, by=SYSTEM, now=NOW, **more)


async def opened(client, email=TANJA):
    answer = await client.post(await link_to(email))
    assert answer.status_code == 303 and answer.headers["location"] == "/team/termine"
    return client


@pytest.fixture
async def tanja(visitor):
    """Her event, and a browser in which she has opened her link."""
    event = await make_event("Elterntreff", dates=2, starts_in=DAY)
    await named(event)
    return event, await opened(visitor)


async def test_an_organiser_names_somebody_who_sees_their_own_dates_by_one_button(browser, visitor):
    bernd, event = await browser("organiser"), await make_event("Elterntreff", starts_in=DAY)
    other = await make_event("Fremde Veranstaltung", starts_in=DAY)
    page = f"/team/veranstaltungen/{event.id}/mitwirkende"
    wrong = await bernd.post(page, data={"name": "Tanja Fuchs", "email": "tanja"})
    assert wrong.status_code == 422 and "Tanja Fuchs" in wrong.text
    assert (await bernd.post(page, data={"name": "Tanja Fuchs", "email": TANJA})).status_code == 303
    shown = (await bernd.get(page)).text
    assert "Link gesendet am" in shown and TANJA in shown
    again = await bernd.post(page, data={"name": "Tanja Fuchs", "email": TANJA})
    assert again.status_code == 409 and "schon genannt" in again.text

    first_look = await visitor.get(await link_to(TANJA))
    assert "Guten Tag Tanja" in first_look.text and "Elterntreff" in first_look.text
    assert "set-cookie" not in first_look.headers
    mine = (await (await opened(visitor)).get("/team/termine")).text
    assert "Elterntreff" in mine and f"/team/anwesenheit/{event.dates[0].id}" in mine and "Fremde" not in mine
    assert (await visitor.get(f"/team/anwesenheit/{event.dates[0].id}")).status_code == 200
    for path in (f"/team/anwesenheit/{other.dates[0].id}", f"/team/veranstaltungen/{other.id}", "/team/organisationen"):
        assert (await visitor.get(path)).status_code == 404
    assert "Rundmails" not in mine and "Organisationen" not in mine


async def test_looking_at_the_link_opens_and_changes_nothing(visitor):
    await named(await make_event(starts_in=DAY))
    path = await link_to(TANJA)
    for method in ("GET", "HEAD"):
        answer = await visitor.request(method, path)
        assert answer.status_code in (200, 405) and "set-cookie" not in answer.headers
    assert not await StaffSession.exists()
    assert (await visitor.get("/team/zugang/" + "A" * 43)).status_code == 404
    assert (await visitor.post("/team/zugang/" + "A" * 43)).status_code == 404
    foreign = await visitor.post(path, headers={"Origin": "https://example.com"})
    assert foreign.status_code == 403 and not await StaffSession.exists()


async def test_the_same_link_again_is_the_same_and_a_new_one_ends_the_old(visitor):
    id = await named(await make_event(starts_in=DAY))
    old = await link_to(TANJA)
    charge = await charge_by_id(id)
    await send_trainer_link(charge, by=SYSTEM, now=NOW)
    assert await link_to(TANJA) == old and await kinds_to(TANJA) == ["trainer_invited"] * 2
    await opened(visitor)
    await renew_trainer_link(charge, by=SYSTEM, now=NOW)
    assert (await visitor.get("/team/termine")).headers["location"].startswith("/team/anmelden")
    assert (await visitor.get(old)).status_code == (await visitor.post(old)).status_code == 410
    await opened(visitor)


async def test_access_ends_by_itself_some_days_after_the_last_date(tanja):
    event, client = tanja
    last = event.dates[-1].end
    with standing_at(last + ACCESS_LASTS - timedelta(minutes=1)):
        await opened(client)
        assert "Elterntreff" in (await client.get("/team/termine")).text
    with standing_at(last + ACCESS_LASTS):
        assert (await client.get(f"/team/veranstaltungen/{event.id}")).status_code == 303
        gone = await client.get(await link_to(TANJA))
        assert gone.status_code == 410 and "Ihr Zugang ist beendet" in gone.text
        assert (await client.post(await link_to(TANJA))).status_code == 410
    assert not [row for row in await StaffSession.select() if row["created_at"] >= last + ACCESS_LASTS]


async def test_the_office_ends_the_access_at_once(tanja, browser):
    event, client = tanja
    bernd, (charge,) = await browser("organiser"), await charges_for(event)
    page = f"/team/veranstaltungen/{event.id}/mitwirkende"
    assert (await bernd.post(f"{page}/referent/{charge.id}/beenden")).status_code == 303
    assert "Beendet" in (await bernd.get(page)).text
    assert (await client.get("/team/termine")).status_code == 303
    assert (await client.post(await link_to(TANJA))).status_code == 410
    refused = await bernd.post(f"{page}/referent/{charge.id}/senden")
    assert refused.status_code == 409
    assert (await bernd.post(f"{page}/referent/{uuid4()}/senden")).status_code == 404


async def test_who_leads_something_else_stays_signed_in_for_that(tanja):
    event, client = tanja
    other = await make_event("Zweite Veranstaltung", starts_in=DAY)
    await named(other)
    (charge,) = await charges_for(event)
    await end_charge(charge, by=SYSTEM, now=NOW)
    assert (await client.get(f"/team/veranstaltungen/{event.id}")).status_code == 404
    assert (await client.get(f"/team/veranstaltungen/{other.id}")).status_code == 200


async def test_a_removed_row_a_disabled_person_and_an_ended_moment_open_nothing(tanja):
    event, client = tanja
    path, (charge,) = await link_to(TANJA), await charges_for(event)
    await StaffMember.update({StaffMember.active: False}).where(StaffMember.email == TANJA)
    assert (await client.get("/team/termine")).status_code == 303
    assert (await client.post(path)).status_code == 410
    await StaffMember.update({StaffMember.active: True}).where(StaffMember.email == TANJA)
    await EventTrainer.update({EventTrainer.until: NOW}).where(EventTrainer.id == charge.id)
    assert (await client.get("/team/termine")).status_code == 303
    await EventTrainer.delete().where(EventTrainer.id == charge.id)
    assert (await client.get("/team/termine")).status_code == 303
    assert (await client.post(path)).status_code == 404


@pytest.mark.parametrize("role", ["admin", "organiser", "reader"])
async def test_a_link_never_opens_a_session_of_anybody_else_of_the_team(role, visitor):
    await add_staff(BERND_MAIL, "Bernd Roth", role, PASSWORD, by=SYSTEM, now=NOW)
    event = await make_event(starts_in=DAY)
    id = await named(event, BERND_MAIL, "Irgendwer")
    mail = text_of((await mails_to(BERND_MAIL, "trainer_invited"))[0])
    assert "wie gewohnt" in mail and "/team/zugang/" not in mail and f"/team/veranstaltungen/{event.id}" in mail
    member = await staff_by_email(BERND_MAIL)
    assert (member.name, member.role) == ("Bernd Roth", role)
    path = trainer_address(id, 1).removeprefix(ADDRESS)
    answer = await visitor.post(path)
    assert answer.status_code == 200 and "set-cookie" not in answer.headers and "wie gewohnt" in answer.text
    assert not await StaffSession.exists()


async def test_a_trainer_who_becomes_an_organiser_signs_in_with_a_password(tanja):
    event, client = tanja
    await StaffMember.update({StaffMember.role: "organiser"}).where(StaffMember.email == TANJA)
    assert (await client.get(f"/team/veranstaltungen/{event.id}/bearbeiten")).status_code == 303
    answer = await client.post(await link_to(TANJA))
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    assert await session_of(client.cookies["team"], NOW) is None


async def test_a_session_somebody_else_began_is_never_taken_over(app, visitor, tanja):
    _event, _client = tanja
    async with new_browser(app) as fresh:
        fresh.cookies["team"] = "link.vorgegeben"
        await opened(fresh)
        assert (fresh.cookies.get("team", domain="testserver.local") or fresh.cookies["team"]) != "link.vorgegeben"
    assert await session_of("link.vorgegeben", NOW) is None
    own = await add_staff("carla@example.org", "Carla", "reader", PASSWORD, by=SYSTEM, now=NOW)
    token = await sign_in("carla@example.org", PASSWORD, "192.0.2.7", NOW)
    assert not token.startswith("link.") and await session_of("link." + token, NOW) is None and own


async def test_one_link_cannot_be_opened_without_end(visitor):
    await named(await make_event(starts_in=DAY))
    path = await link_to(TANJA)
    answers = [(await visitor.post(path)).status_code for _ in range(31)]
    assert answers == [303] * 30 + [429]


async def test_a_whole_series_is_one_link(visitor):
    series = await make_series("Lebenskunde")
    first, second = [await make_event(title, series=series, starts_in=DAY) for title in ("Eins", "Zwei")]
    await named(first, for_series=True)
    page = (await (await opened(visitor)).get("/team/termine")).text
    assert "Eins" in page and "Zwei" in page
    assert (await visitor.get(f"/team/veranstaltungen/{second.id}")).status_code == 200


async def test_a_substitute_gets_a_link_of_their_own_and_names_nobody(app, tanja, browser):
    event, client = tanja
    page = f"/team/veranstaltungen/{event.id}/vertretung"
    assert "Elterntreff" in (await client.get(page)).text
    assert (await client.post(page, data={"name": "", "email": UWE})).status_code == 422
    assert (await client.post(page, data={"name": "Uwe Kern", "email": UWE})).status_code == 303
    assert "Tanja Fuchs hat Sie als Vertretung genannt" in text_of((await mails_to(UWE))[0])
    assert (await client.get(f"/team/veranstaltungen/{event.id}")).status_code == 200
    bernd = await browser("organiser")
    assert "Vertretung für Tanja Fuchs" in (await bernd.get(f"/team/veranstaltungen/{event.id}/mitwirkende")).text
    assert "Tanja Fuchs, Uwe Kern" in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text
    async with new_browser(app) as uwe:
        await opened(uwe, UWE)
        refused = await uwe.post(page, data={"name": "Eva", "email": "eva@example.org"})
        assert refused.status_code == 409 and not await mails_to("eva@example.org")
    for number in (1, 2):
        await client.post(page, data={"name": "X", "email": f"{number}@example.org"})
    full = await client.post(page, data={"name": "X", "email": "3@example.org"})
    assert full.status_code == 409 and "schon 3 Vertretungen" in full.text
    assert (await bernd.get(page)).status_code == 404
    stranger = await make_event("Fremde Veranstaltung", starts_in=DAY)
    other = f"/team/veranstaltungen/{stranger.id}/vertretung"
    assert (await client.post(other, data={"name": "X", "email": UWE})).status_code == 404
