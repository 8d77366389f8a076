"""Who has their booking erased is taken off the Verteiler; nobody takes anybody else off it, nor does the clock."""

from dataclasses import replace
from uuid import uuid4

from events.contacts.tables import Contact
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.mail.opt_outs import address_hash, opt_out, opted_out
from events.privacy.erasing import erase_booking, erase_participant
from events.registration.tables import Participant
from events.topics.actions import propose_topic
from events.topics.voices import voices_at
from tests.contacts import stories
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, signed_up
from tests.web.public.own import people_of, together


async def on_the_list() -> list[str]:
    rows = await Contact.select(Contact.email).order_by(Contact.email)
    return [row["email"] for row in rows]


async def both_on_the_list() -> None:
    topic = await stories.make_topic()
    for one in (AMIRA, DORIAN):
        await stories.confirmed(one.email, [topic])


async def test_erasing_the_last_booking_erases_the_entry_and_keeps_the_opt_out(db: None) -> None:
    await both_on_the_list()
    await opt_out(address_hash(AMIRA.email), "mail", now=now())
    await propose_topic(uuid4(), "Ganztag", "", AMIRA.email, "de", now=now())
    first, second = await confirmed(await make_event()), await confirmed(await make_event())
    await erase_booking(first.booking, by=person(first.booking), now=now())
    assert await on_the_list() == [AMIRA.email, DORIAN.email] and await voices_at(AMIRA.email)
    await erase_booking(second.booking, by=person(second.booking), now=now())
    assert await on_the_list() == [DORIAN.email] and await opted_out([AMIRA.email]) == {AMIRA.email}
    assert await voices_at(AMIRA.email) == []


async def test_an_address_that_was_only_typed_takes_nobody_off_the_list(db: None) -> None:
    await both_on_the_list()
    unproven = await signed_up(await make_event())
    await erase_booking(unproven.booking, by=person(unproven.booking), now=now())
    shared = await together([replace(AMIRA, email=""), DORIAN], await make_event(), contact="sekretariat@example.org")
    await erase_booking(shared.booking, by=person(shared.booking), now=now())
    assert await on_the_list() == [AMIRA.email, DORIAN.email]


async def test_that_is_not_me_leaves_the_entry_alone(db: None) -> None:
    await both_on_the_list()
    receipt = await together([AMIRA, DORIAN], await make_event(), contact=AMIRA.email)
    (dorian,) = [one for one in await people_of(receipt) if one.email == DORIAN.email]
    await erase_participant(dorian.id, by=person(receipt.booking), now=now())
    assert await Participant.exists().where(Participant.email == DORIAN.email) is False
    assert await on_the_list() == [AMIRA.email, DORIAN.email]


async def test_the_clock_forgets_the_booking_and_not_the_entry(db: None) -> None:
    await both_on_the_list()
    receipt = await confirmed(await make_event())
    await erase_booking(receipt.booking, by=SYSTEM, now=now())
    assert await on_the_list() == [AMIRA.email, DORIAN.email]
