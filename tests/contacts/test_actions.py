"""Joining the Verteiler, proving it, changing topics, leaving, and coming back."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from events.contacts.actions import (
    change_contact,
    erase_contact,
    join_list,
    leave_list,
    prove_contact,
    sweep_contacts,
    take_off_list,
    unsubscribe,
)
from events.contacts.details import ContactDetails
from events.contacts.links import contact_behind, contact_token
from events.contacts.queries import consents_of
from events.contacts.tables import Contact, ContactConsent, ContactTopic
from events.contacts.wording import CONSENT_VERSION
from events.history.queries import history_of
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.refusals import Gone, NotFound, Refused
from events.mail.opt_outs import Way, address_hash, opt_out, opted_out
from events.mail.tables import OptOut, OutgoingMail
from events.registration.links import booking_token
from tests.contacts.stories import AMIRA, confirmed, joined, make_topic, on_paper, seen, token_of
from tests.outbox import kinds_to, mails_to, text_of

NOBODY = uuid4()


async def refused(doing: Awaitable[Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        await doing
    return [one.code for one in refusal.value.reasons]


async def test_nobody_is_in_it_before_the_address_is_proven(db: None) -> None:
    topic = await make_topic()
    id = await joined(topics=[topic], name="Amira Haddad", language="tr")
    found = await seen(id)
    assert (found.status, found.topics, found.language, found.name) == ("pending", (topic,), "tr", "Amira Haddad")
    assert await consents_of(id) == []
    await prove_contact(id, now=now())
    assert (await seen(id)).status == "confirmed"
    (consent,) = await consents_of(id)
    assert (consent.given, consent.way, consent.text_version) == (True, "web", CONSENT_VERSION)


async def test_proving_twice_is_one_consent(db: None) -> None:
    id = await confirmed()
    first = await seen(id)
    await prove_contact(id, now=now() + timedelta(days=1))
    assert await seen(id) == first and await ContactConsent.count() == 1


async def test_the_mail_proves_the_address_and_holds_nothing_that_was_typed(db: None) -> None:
    await joined(name="Kaufen Sie hier", organisation_name="Billig GmbH", city="Gewinnstadt")
    (mail,) = await mails_to(AMIRA, "list_confirm")
    for typed in ("Kaufen", "Billig", "Gewinn", "Rucksack"):
        assert typed not in text_of(mail) and typed not in str(mail)
    assert mail["List-Unsubscribe"] is None and mail["Precedence"] is None


async def test_asking_again_sends_the_same_link_and_the_newest_choice_counts(db: None) -> None:
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    id = await joined(topics=[first])
    link = await token_of()
    assert await joined("Amira@example.org", topics=[second], language="ar") == id
    assert await token_of("Amira@example.org") == link
    assert (await seen(id)).topics == (second,) and await Contact.count() == 1


async def test_nobody_proves_the_mailbox_of_somebody_whose_address_is_nearly_the_same(db: None) -> None:
    id = await joined("weiss@example.org")
    link = await token_of("weiss@example.org")
    assert await joined("weiß@example.org") == id
    with pytest.raises(Gone):
        await contact_behind(link)
    assert (await seen(id)).email == "weiß@example.org"


async def test_who_is_in_it_already_gets_a_link_and_stays_as_they_are(db: None) -> None:
    id = await confirmed(name="Amira", language="tr")
    before = await seen(id)
    await join_list("AMIRA@example.org", ContactDetails((await make_topic("Pflege"),), name="Fremde"), now=now())
    assert await seen(id) == before
    assert await kinds_to(AMIRA) == ["list_confirm", "list_known"]
    (mail,) = await mails_to(AMIRA, "list_known")
    assert f"/tr/verteiler/{await token_of()}" in text_of(mail) and "Fremde" not in text_of(mail)


async def test_asking_three_times_at_once_is_one_entry_and_three_mails(db: None) -> None:
    details = ContactDetails((await make_topic(),))
    await asyncio.gather(*(join_list(AMIRA, details, now=now()) for _ in range(3)))
    assert await Contact.count() == 1 and await ContactTopic.count() == 1
    assert await kinds_to(AMIRA) == ["list_confirm"] * 3


async def test_topics_are_changed_and_the_history_says_which_parts(db: None) -> None:
    first, second = await make_topic("Griffbereit"), await make_topic("Pflege")
    id = await confirmed(topics=[first])
    wished = replace((await seen(id)).details, topics=(second, second), city="Marl")
    await change_contact(id, wished, by=person(id), now=now())
    await change_contact(id, replace(wished, topics=(second,)), by=person(id), now=now())
    assert ((await seen(id)).topics, (await seen(id)).city) == ((second,), "Marl")
    (line,) = await history_of("contact", id)
    assert (line.verb, line.facts) == ("edited", {"changed": ["city", "topics"]})


async def test_who_is_not_in_it_changes_nothing(db: None) -> None:
    id = await joined()
    details = (await seen(id)).details
    assert await refused(change_contact(id, details, by=SYSTEM, now=now())) == ["contact_not_proven"]
    await prove_contact(id, now=now())
    await leave_list(id, now=now())
    assert await refused(change_contact(id, details, by=SYSTEM, now=now())) == ["contact_has_left"]
    with pytest.raises(NotFound):
        await change_contact(NOBODY, details, by=SYSTEM, now=now())


async def test_leaving_keeps_the_line_of_consent_and_takes_the_topics(db: None) -> None:
    id = await confirmed()
    await leave_list(id, now=now())
    await leave_list(id, now=now())
    await prove_contact(id, now=now())
    assert ((await seen(id)).status, (await seen(id)).topics) == ("left", ())
    assert [(one.given, one.way) for one in await consents_of(id)] == [(False, "click"), (True, "web")]
    assert await OptOut.count() == 0 and await ContactTopic.count() == 0


async def test_who_does_not_want_it_is_deleted_before_it_began(db: None) -> None:
    id = await joined()
    await leave_list(id, now=now())
    assert await Contact.count() == 0 and await kinds_to(AMIRA) == []
    with pytest.raises(NotFound):
        await contact_behind(contact_token(id, 1))


async def test_unsubscribing_ends_everything_for_good_and_needs_no_contact(db: None) -> None:
    id = await confirmed()
    for _ in range(2):
        await unsubscribe(address_hash("AMIRA@example.org"), way="click", now=now())
        await unsubscribe(address_hash("unbekannt@example.org"), way="click", now=now())
    assert await opted_out([AMIRA, "unbekannt@example.org"]) == {AMIRA, "unbekannt@example.org"}
    assert [(one.given, one.way) for one in await consents_of(id)] == [(False, "click"), (True, "web")]
    assert ((await seen(id)).status, await OptOut.count(), await Contact.count()) == ("left", 2, 1)


@pytest.mark.parametrize(
    ("way", "noted"), [("click", "click"), ("page", "click"), ("mail", "mail"), ("office", "office")]
)
async def test_the_line_of_consent_says_whichever_way_it_was(db: None, way: Way, noted: str) -> None:
    id = await confirmed()
    await unsubscribe(address_hash(AMIRA), way=way, now=now())
    assert [one.way for one in await consents_of(id)] == [noted, "web"]


async def test_coming_back_needs_the_mailbox_again_and_ends_the_opt_out(db: None) -> None:
    id = await confirmed()
    await unsubscribe(address_hash(AMIRA), way="click", now=now())
    assert await joined() == id
    assert (await seen(id)).status == "pending" and await opted_out([AMIRA]) == {AMIRA}
    await prove_contact(id, now=now() + timedelta(minutes=1))
    assert (await seen(id)).status == "confirmed" and not await opted_out([AMIRA])
    assert [one.given for one in await consents_of(id)] == [True, False, True]


async def test_who_opted_out_by_a_mail_comes_back_the_same_way(db: None) -> None:
    id = await confirmed()
    await opt_out(address_hash(AMIRA), "mail", now=now())
    assert (await seen(id)).status == "left"
    await joined()
    assert await kinds_to(AMIRA) == ["list_confirm", "list_confirm"]


async def test_a_signature_on_paper_is_a_consent_of_its_day_without_a_mail(db: None) -> None:
    id = await on_paper(name="Bernd")
    assert (await seen(id)).status == "confirmed" and await kinds_to(AMIRA) == []
    (consent,) = await consents_of(id)
    assert (consent.given, consent.way, consent.at.date().isoformat()) == (True, "paper", "2026-11-02")
    assert await refused(on_paper("Amira@example.org")) == ["contact_known"]
    await take_off_list(id, by=SYSTEM, now=now())
    assert await on_paper() == id and (await seen(id)).status == "confirmed"


async def test_paper_brings_nobody_back_who_wants_nothing(db: None) -> None:
    topic = await make_topic()
    await unsubscribe(address_hash(AMIRA), way="click", now=now())
    assert await refused(on_paper(topics=[topic])) == ["contact_opted_out"]
    assert await Contact.count() == 0


async def test_the_office_takes_somebody_off_once(db: None) -> None:
    id = await confirmed()
    for _ in range(2):
        await take_off_list(id, by=SYSTEM, now=now())
    assert [(one.given, one.way) for one in await consents_of(id)] == [(False, "office"), (True, "web")]
    assert [line.verb for line in await history_of("contact", id)] == ["left_list"]
    with pytest.raises(NotFound):
        await take_off_list(NOBODY, by=SYSTEM, now=now())


async def test_erasing_leaves_nothing_but_the_hash(db: None) -> None:
    id = await confirmed()
    await unsubscribe(address_hash(AMIRA), way="click", now=now())
    await erase_contact(id, by=SYSTEM, now=now())
    counts = [await table.count() for table in (Contact, ContactTopic, ContactConsent, OutgoingMail)]
    assert counts == [0, 0, 0, 0] and await OptOut.count() == 1
    with pytest.raises(NotFound):
        await erase_contact(id, by=SYSTEM, now=now())


async def test_a_made_up_link_opens_nothing_and_a_withdrawn_one_says_so(db: None) -> None:
    id = await joined()
    for foreign in ("x", booking_token(id, 1), contact_token(NOBODY, 1)):
        with pytest.raises(NotFound):
            await contact_behind(foreign)
    await Contact.update({Contact.link_version: 2}, force=True)
    with pytest.raises(Gone):
        await contact_behind(contact_token(id, 1))


async def test_the_unproven_go_after_a_week_and_those_who_left_after_two(db: None) -> None:
    topics = [await make_topic()]
    await joined("nie@example.org", topics)
    await leave_list(await confirmed("weg@example.org", topics), now=now())
    await confirmed("da@example.org", topics)
    for days, left in ((6, 3), (8, 2), (13, 2), (15, 1), (4000, 1)):
        await sweep_contacts(now() + timedelta(days=days))
        assert await Contact.count() == left, days
    assert await kinds_to("nie@example.org") == []


async def test_the_clock_sees_who_opted_out_by_a_mail(db: None) -> None:
    id = await confirmed()
    await opt_out(address_hash(AMIRA), "mail", now=now())
    await joined("amira2@example.org")
    await sweep_contacts(now())
    assert [(one.given, one.way) for one in await consents_of(id)] == [(False, "mail"), (True, "web")]
    await sweep_contacts(now() + timedelta(days=15))
    assert await Contact.count() == 0 and await opted_out([AMIRA]) == {AMIRA}


async def test_who_waits_to_come_back_is_not_sent_away_by_the_clock(db: None) -> None:
    await unsubscribe(address_hash(AMIRA), way="click", now=now())
    id = await joined()
    await sweep_contacts(now())
    assert (await seen(id)).status == "pending"
