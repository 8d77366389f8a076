"""Whom a mailing reaches: each address once, only proven ones, less those that want nothing or take nothing."""

from datetime import timedelta

import pytest

from events.contacts.tables import Contact
from events.invitations.mailings.audiences import Audience, LeftOut, as_json, from_json, reachable, recipients
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.mail.opt_outs import address_hash, opt_out
from events.mail.undeliverable import note_undeliverable
from events.registration.actions import cancel_booking
from tests.factories import make_event, make_organisation, make_programme, make_series
from tests.invitations.mailings.audience import BERND, a_contact, addresses, crowd, everybody_in, joined


async def test_the_confirmed_of_an_event_are_meant_unless_others_are_asked_for(db: None) -> None:
    event = await make_event(capacity=1)
    await joined(event, "Amira")
    await joined(event, "Wanda", "wanda@example.org")
    assert addresses(await recipients(everybody_in(event))) == ["amira@example.org"]
    assert addresses(await recipients(everybody_in(event, statuses=("waiting",)))) == ["wanda@example.org"]
    assert len(await recipients(everybody_in(event, statuses=("confirmed", "waiting")))) == 2


async def test_who_cancelled_or_never_proved_the_address_is_not_written_to(db: None) -> None:
    event = await make_event()
    booking = await joined(event, "Amira")
    await joined(event, "Dorian", "dorian@example.org", source="web")
    await cancel_booking(booking, by=BERND, now=now())
    assert await recipients(everybody_in(event, statuses=("confirmed", "unconfirmed"))) == []


async def test_people_who_share_an_address_get_one_mail_that_names_nobody(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", "Kita@Example.ORG")
    await joined(event, "Birgit", "kita@example.org")
    (one,) = await recipients(everybody_in(event))
    assert (one.address, one.name) == ("Kita@example.org", "")


async def test_who_is_in_several_events_is_one_recipient_with_a_name(db: None) -> None:
    first, second = await make_event("Eins"), await make_event("Zwei")
    for event in (first, second):
        await joined(event, "Amira")
    (one,) = await recipients(everybody_in(first, second))
    assert (one.name, one.event_slug) == ("Amira", "")
    (one,) = await recipients(everybody_in(second))
    assert one.event_slug == second.slug


async def test_an_own_address_comes_before_the_one_of_the_contact(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", "kita@example.org", email="amira@example.org")
    assert addresses(await recipients(everybody_in(event))) == ["amira@example.org"]


async def test_a_whole_series_and_a_whole_programme_can_be_meant(db: None) -> None:
    programme = await make_programme("Rucksack")
    series = await make_series(programme=programme)
    inside = await make_event("Innen", programme=programme, series=series)
    beside = await make_event("Daneben", programme=programme)
    foreign = await make_event("Fremd")
    for number, event in enumerate((inside, beside, foreign)):
        await joined(event, f"Gast{number}", f"gast{number}@example.org")
    assert addresses(await recipients(Audience("series", (series,)))) == ["gast0@example.org"]
    found = addresses(await recipients(Audience("programme", (programme,))))
    assert sorted(found) == ["gast0@example.org", "gast1@example.org"]


async def test_events_that_are_over_can_be_left_aside(db: None) -> None:
    past = await make_event("Früher", starts_in=timedelta(days=-7))
    to_come, without_date = await make_event("Bald"), await make_event("Offen", dates=0)
    for number, event in enumerate((past, to_come)):
        await crowd(event, number + 1)
    meant = {"source": "events", "ids": (past.id, to_come.id, without_date.id)}
    assert len(await recipients(Audience(**meant, ends_after=now()))) == 2
    only_past = Audience("events", (past.id,), ends_after=now())
    assert await recipients(only_past) == []


async def test_an_audience_is_narrowed_by_city_kind_of_organisation_and_language(db: None) -> None:
    event = await make_event()
    kita = await make_organisation("Kita Regenbogen", "institution")
    await joined(event, "Amira", city="herten ", organisation=kita)
    await joined(event, "Bo", "bo@example.org", city="Marl", language="tr")
    assert addresses(await recipients(everybody_in(event, cities=("Herten",)))) == ["amira@example.org"]
    assert addresses(await recipients(everybody_in(event, kinds=("institution",)))) == ["amira@example.org"]
    assert addresses(await recipients(everybody_in(event, languages=("tr",)))) == ["bo@example.org"]
    assert await recipients(everybody_in(event, cities=("Datteln",))) == []


async def test_who_opted_out_or_is_undeliverable_or_has_no_address_is_left_out_and_said(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    for name in ("Amira", "Birgit", "Carla"):
        await joined(event, name, f"{name.lower()}@example.org")
    await joined(event, "Dorian", "")
    await opt_out(address_hash("Amira@example.org"), "page", now=now())
    await note_undeliverable("birgit@example.org", "550 no such user", None, now())
    found = await reachable(everybody_in(event))
    assert addresses(found.recipients) == ["carla@example.org"]
    assert found.counts == {"opted_out": 1, "undeliverable": 1, "no_address": 1}
    assert LeftOut("Dorian", "", "no_address") in found.left_out


async def test_contacts_are_those_who_want_to_hear_of_a_topic(db: None) -> None:
    early, care = await make_programme("Rucksack"), await make_programme("Pflege")
    await a_contact(early, proven=now(), name="Amira Haddad", language="ar", city="Herten")
    await a_contact(care, "bo@example.org", proven=now())
    await a_contact(early, "unproven@example.org")
    gone = await a_contact(early, "gone@example.org", proven=now())
    await Contact.update({Contact.left_at: now()}).where(Contact.id == gone)
    (one,) = await recipients(Audience("contacts", (early,)))
    assert (one.address, one.name, one.language) == ("amira@example.org", "Amira Haddad", "ar")
    assert len(await recipients(Audience("contacts", (early, care)))) == 2
    assert await recipients(Audience("contacts", (early,), languages=("de",))) == []
    assert await recipients(Audience("contacts", ())) == []


async def test_who_has_two_of_the_topics_is_one_recipient(db: None) -> None:
    early, care = await make_programme("Rucksack"), await make_programme("Pflege")
    await a_contact(early, proven=now(), also=[care])
    from_both = Audience("contacts", (early, care))
    assert addresses(await recipients(from_both)) == ["amira@example.org"]


async def test_a_language_we_no_longer_offer_is_german(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", language="xx")
    assert (await recipients(everybody_in(event)))[0].language == "de"


@pytest.mark.parametrize("size", [1, 30, 300])
async def test_any_number_of_people_takes_three_statements(db: None, size: int) -> None:
    event = await make_event(capacity=None)
    await crowd(event, size)
    before = queries_so_far()
    assert len(await recipients(everybody_in(event))) == size
    assert queries_so_far() - before == 3


async def test_an_audience_is_kept_as_it_was_chosen(db: None) -> None:
    event = await make_event()
    chosen = everybody_in(event, statuses=("waiting",), cities=("Herten",), languages=("de", "ar"), ends_after=now())
    assert from_json(as_json(chosen)) == chosen
    assert from_json("{}") is None
