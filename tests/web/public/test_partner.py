"""A partner's link: numbers of one event and nothing else, until it ends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from events.attendance.queries import roll
from events.attendance.tables import AttendanceMark, Headcount
from events.evidence.actions import close_date
from events.kit.actor import SYSTEM, organisation
from events.kit.clock import standing_at
from events.programme.actions import add_partner
from events.programme.partner_actions import ask_partner, end_partner_link, renew_partner_link, send_partner_link
from events.programme.partners import LINK_LASTS, partner_links, partner_token
from events.registration.actions import register
from events.registration.signup import SignUp
from tests.factories import make_event, make_organisation, make_programme
from tests.outbox import mails_to, text_of
from tests.people import AMIRA
from tests.web.staff.conftest import ADDRESS, NOW, new_browser

DERYA = "derya@example.org"
MOSQUE = "DITIB-Gemeinde Herten"
POLICY = {"dimensions": ("people", "childcare")}


@pytest.fixture(autouse=True)
def standing_clock():
    with standing_at(NOW):
        yield


@pytest.fixture
async def asked(db):
    """An event of yesterday and next week with Amira on its list, its partner, and the path of the partner's link."""
    programme = await make_programme(kind="care_information", policy=POLICY)
    event = await make_event("Pflege gut geplant", dates=2, starts_in=-timedelta(days=1), programme=programme)
    await register(SignUp((event.id,), (AMIRA,), AMIRA.email, source="office"), by=SYSTEM, now=NOW - timedelta(days=3))
    mosque = await make_organisation(MOSQUE, "community")
    await add_partner(event.id, mosque, "host", by=SYSTEM, now=NOW)
    (partner,) = await partner_links(event.id)
    await ask_partner(partner.id, "Derya Kaya", DERYA, "tr", by=SYSTEM, now=NOW)
    return event, partner, await link_to()


async def link_to():
    mails = await mails_to(DERYA, "partner_asked")
    return re.findall(rf"{ADDRESS}(\S+/partner/\S+)", text_of(mails[-1]))[0]


@pytest.fixture
async def client(db, site):
    async with new_browser(site) as visitor:
        yield visitor


async def fields(client, path, **heads):
    """The form as it is shown, with these numbers in the fields that are labelled so."""
    page = (await client.get(path)).text
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    sent["scope"] = "everyone"
    for name, value in sent.copy().items():
        if name.endswith("-value"):
            dimension = sent[name.replace("-value", "-dimension")]
            key = value or dimension
            if key in heads:
                sent[name.replace("-value", "-heads")] = str(heads[key])
    return sent


async def test_a_partner_sees_its_dates_and_enters_only_numbers(asked, client):
    event, partner, link = asked
    first, second = event.dates
    assert link.startswith("/tr/partner/")
    page = (await client.get(link)).text
    assert MOSQUE in page and "Pflege gut geplant" in page
    assert f"{link}/{first.id}" in page and f"{link}/{second.id}" not in page
    assert "Amira" not in page and "Haddad" not in page
    assert "Amira" not in (await client.get(f"{link}/{first.id}")).text

    saved = await client.post(f"{link}/{first.id}", data=await fields(client, f"{link}/{first.id}", women=30, men=4))
    assert saved.status_code == 303 and saved.headers["location"] == f"{link}?meldung=danke"
    shown = await roll(first.id)
    assert shown.everyone == shown.effective_heads == 34
    assert {one.station for one in shown.counts} == {MOSQUE}
    assert {row["actor"] for row in await Headcount.select()} == {str(organisation(partner.organisation_id))}
    thanks = (await client.get(saved.headers["location"])).text
    assert "<dd" in thanks and ">30<" in thanks.replace("\n", "").replace(" ", "")

    corrected = await fields(client, f"{link}/{first.id}", women=31, men=4)
    assert (await client.post(f"{link}/{first.id}", data=corrected)).status_code == 303
    assert (await roll(first.id)).effective_heads == 35 and await Headcount.count() == 3
    again = await client.post(f"{link}/{first.id}", data=corrected)
    assert again.status_code == 303 and await Headcount.count() == 3
    assert not await AttendanceMark.exists()


async def test_what_cannot_be_entered_is_said_and_nothing_typed_is_lost(asked, client):
    event, _partner, link = asked
    first, second = event.dates
    wrong = await fields(client, f"{link}/{first.id}", women="viele")
    answer = await client.post(f"{link}/{first.id}", data=wrong)
    assert answer.status_code == 422 and 'value="viele"' in answer.text and "aria-invalid" in answer.text
    assert (await client.get(f"{link}/{second.id}")).status_code == 409
    assert (await client.post(f"{link}/{second.id}", data=wrong | {"count-1-heads": "3"})).status_code == 409
    with standing_at(second.start - timedelta(hours=23)):
        assert (await client.get(f"{link}/{second.id}")).status_code == 200
    with standing_at(NOW + timedelta(hours=1)):
        await close_date(first.id, by=SYSTEM, now=NOW + timedelta(hours=1))
        assert (await client.post(f"{link}/{first.id}", data=wrong | {"count-1-heads": "3"})).status_code == 409
        assert (await client.get(link)).status_code == 200
    assert not await Headcount.exists()


async def test_an_empty_form_says_nothing_and_is_told_so_in_the_partners_language(asked, client):
    event, _partner, link = asked
    path = f"{link}/{event.dates[0].id}"
    answer = await client.post(path, data=await fields(client, path))
    assert answer.status_code == 422 and "Lütfen en az bir sayı girin." in answer.text
    assert not await Headcount.exists()


async def test_a_station_of_somebody_else_cannot_be_written_to(asked, client):
    event, _partner, link = asked
    path = f"{link}/{event.dates[0].id}"
    sent = await fields(client, path, women=3)
    await client.post(path, data=sent | {"station": "Eingang"})
    assert {one.station for one in (await roll(event.dates[0].id)).counts} == {MOSQUE}


async def test_a_partners_link_opens_no_other_event_and_nothing_made_up(asked, client):
    event, partner, link = asked
    other = await make_event("Fremde Veranstaltung", starts_in=-timedelta(days=1))
    sent = await fields(client, f"{link}/{event.dates[0].id}", women=3)
    for date in (other.dates[0].id, uuid4()):
        assert (await client.get(f"{link}/{date}")).status_code == 404
        assert (await client.post(f"{link}/{date}", data=sent)).status_code == 404
    for token in ("A" * 43, partner_token(uuid4(), 1), partner_token(partner.id, 2)):
        assert (await client.get(f"/partner/{token}")).status_code == 404
    never_asked = await make_organisation("BIP", "association")
    await add_partner(event.id, never_asked, "cooperation", by=SYSTEM, now=NOW)
    silent = next(one for one in await partner_links(event.id) if one.organisation_id == never_asked)
    assert (await client.get(f"/partner/{partner_token(silent.id, 1)}")).status_code == 404
    assert (await client.get(f"/team/anwesenheit/{event.dates[0].id}")).status_code == 303
    foreign = await client.post(f"{link}/{event.dates[0].id}", data=sent, headers={"Origin": "https://example.com"})
    assert foreign.status_code == 403 and not await Headcount.exists()


async def test_an_ended_link_is_gone_with_kind_words(asked, client):
    event, partner, link = asked
    path = f"{link}/{event.dates[0].id}"
    sent = await fields(client, path, women=3)
    await end_partner_link(partner.id, by=SYSTEM, now=NOW)
    for answer in (await client.get(link), await client.get(path), await client.post(path, data=sent)):
        assert answer.status_code == 410 and "MSO" not in answer.text
    await ask_partner(partner.id, "Derya Kaya", DERYA, "tr", by=SYSTEM, now=NOW)
    assert (await client.get(link)).status_code == 200
    with standing_at(event.dates[-1].end + LINK_LASTS):
        assert (await client.get(link)).status_code == (await client.post(path, data=sent)).status_code == 410
    assert not await Headcount.exists()


async def test_the_same_link_again_a_new_one_and_one_for_another_address(asked, client):
    _event, partner, link = asked
    await send_partner_link(partner.id, by=SYSTEM, now=NOW)
    assert await link_to() == link and len(await mails_to(DERYA)) == 2
    await renew_partner_link(partner.id, by=SYSTEM, now=NOW)
    renewed = await link_to()
    assert (await client.get(link)).status_code == 410 and (await client.get(renewed)).status_code == 200
    await ask_partner(partner.id, "Emre", "emre@example.org", "de", by=SYSTEM, now=NOW)
    assert (await client.get(renewed)).status_code == 410
