"""The link to an institution's own page: mailed, renewed, ended; and what the page says of its people."""

import asyncio
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from events.groups.institution_actions import (
    end_institution_link,
    renew_institution_link,
    send_institution_link,
    set_contact,
)
from events.groups.institutions import PURPOSE, InstitutionPage, institution_behind, institution_by_id
from events.groups.wording import next_step, refusal_text
from events.history.tables import HistoryEntry
from events.kit import links
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.kit.refusals import Gone, NotFound, Refused
from events.settings import settings
from tests.factories import make_organisation
from tests.outbox import mails_to, text_of

NOW = berlin(date(2026, 11, 2), time(10))
CONTACT = "leitung@example.org"


async def a_kita(name: str = "Kita Regenbogen") -> UUID:
    kita = await make_organisation(name, city="Marl")
    await set_contact(kita, " Amira Haddad ", CONTACT, by=SYSTEM, now=NOW)
    return kita


async def page_of(id: UUID) -> InstitutionPage:
    page = await institution_by_id(id)
    assert page is not None
    return page


def token(id: UUID, version: int = 1, purpose: str = PURPOSE) -> str:
    return links.derive(settings().secret_key, purpose, id, version)


async def test_the_contact_gets_a_link_that_opens_the_page(db: None) -> None:
    kita = await a_kita()
    with pytest.raises(NotFound):
        await institution_behind(token(kita))
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    assert (await institution_behind(token(kita))).contact_name == "Amira Haddad"
    mails = await mails_to(CONTACT, "institution_link")
    assert len(mails) == 2
    assert mails[0]["Subject"] == "Ihr Link für Kita Regenbogen"
    assert f"/einrichtung/{token(kita)}" in text_of(mails[0])
    assert "Guten Tag Amira Haddad," in text_of(mails[0])
    verbs = await HistoryEntry.select(HistoryEntry.verb, HistoryEntry.facts).where(HistoryEntry.about_id == kita)
    assert sorted(row["verb"] for row in verbs) == ["created", "edited", "link_sent", "link_sent"]
    assert CONTACT not in str(verbs)


async def test_only_our_own_link_of_this_kind_opens_it(db: None) -> None:
    kita, other = await a_kita(), await make_organisation("Kita Purzelbaum")
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    for wrong in (token(kita, purpose="partner"), token(kita, 2), token(other), token(uuid4()), "", "a" * 43):
        with pytest.raises(NotFound):
            await institution_behind(wrong)


async def test_a_renewed_and_an_ended_link_are_gone(db: None) -> None:
    kita = await a_kita()
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    await renew_institution_link(kita, by=SYSTEM, now=NOW)
    with pytest.raises(Gone):
        await institution_behind(token(kita))
    assert (await institution_behind(token(kita, 2))).id == kita
    await end_institution_link(kita, by=SYSTEM, now=NOW)
    await end_institution_link(kita, by=SYSTEM, now=NOW + timedelta(days=1))
    assert (await page_of(kita)).ended_at == NOW
    with pytest.raises(Gone):
        await institution_behind(token(kita, 2))
    with pytest.raises(Refused) as refused:
        await send_institution_link(kita, by=SYSTEM, now=NOW)
    assert refusal_text(refused.value.reasons[0]) and next_step(refused.value.reasons[0])
    await renew_institution_link(kita, by=SYSTEM, now=NOW)
    assert (await page_of(kita)).is_open
    assert (await institution_behind(token(kita, 3))).id == kita


async def test_another_address_gets_a_link_of_its_own(db: None) -> None:
    kita = await a_kita()
    await set_contact(kita, "Amira", "amira@example.org", by=SYSTEM, now=NOW)
    assert (await page_of(kita)).link_version == 1
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    await set_contact(kita, "Amira Haddad", "amira@example.org", by=SYSTEM, now=NOW)
    assert (await institution_behind(token(kita))).contact_name == "Amira Haddad"
    await set_contact(kita, "Bernd", "bernd@example.org", by=SYSTEM, now=NOW)
    with pytest.raises(Gone):
        await institution_behind(token(kita))
    with pytest.raises(NotFound):
        await institution_behind(token(kita, 2))
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    assert (await institution_behind(token(kita, 2))).contact_name == "Bernd"
    assert len(await mails_to("bernd@example.org")) == 1


async def test_nothing_is_sent_to_nobody(db: None) -> None:
    kita = await make_organisation()
    with pytest.raises(Refused) as refused:
        await send_institution_link(kita, by=SYSTEM, now=NOW)
    assert refused.value.reasons[0].code == "institution_without_contact"
    assert refusal_text(refused.value.reasons[0]) and next_step(refused.value.reasons[0])
    with pytest.raises(Refused):
        await set_contact(kita, "Amira", "amira", by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        await set_contact(uuid4(), "Amira", CONTACT, by=SYSTEM, now=NOW)
    await set_contact(kita, "Amira", CONTACT, by=SYSTEM, now=NOW)
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    await set_contact(kita, "", "", by=SYSTEM, now=NOW)
    with pytest.raises(Gone):
        await institution_behind(token(kita))
    assert not (await page_of(kita)).is_open


async def test_two_who_renew_at_once_leave_one_link_that_was_mailed(db: None) -> None:
    kita = await a_kita()
    await send_institution_link(kita, by=SYSTEM, now=NOW)
    await asyncio.gather(*(renew_institution_link(kita, by=SYSTEM, now=NOW) for _ in range(2)))
    assert (await page_of(kita)).link_version == 3
    mailed = " ".join([text_of(mail) for mail in await mails_to(CONTACT)])
    assert all(token(kita, version) in mailed for version in (1, 2, 3))
