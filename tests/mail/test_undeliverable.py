"""Addresses that take no mail: noted once, ticked by the office, open again when it happens again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.history.queries import history_of
from events.kit.actor import staff
from events.kit.refusals import NotFound
from events.mail.reply_words import why_undeliverable
from events.mail.undeliverable import (
    forget_undeliverable,
    note_undeliverable,
    reopen,
    settle,
    undeliverable_among,
    undeliverable_by_address,
    undeliverable_counts,
    undeliverable_on_page,
)
from tests.mail.letters import NOW

AMIRA, DORIAN = "amira@example.org", "dorian@example.org"
BERND = staff(uuid4())
DAY = timedelta(days=1)


async def noted(address=AMIRA, reply="550 5.1.1 unknown", at=NOW):
    await note_undeliverable(address, reply, None, at)
    return await undeliverable_by_address(address)


async def test_the_first_refusal_keeps_its_time_and_the_last_its_words(db):
    await noted()
    again = await noted(reply="552 5.2.2 full", at=NOW + DAY)
    assert (again.since, again.reply) == (NOW, "552 5.2.2 full")
    assert await undeliverable_counts() == (1, 0)


async def test_who_ticks_first_is_noted_and_ticking_twice_changes_nothing(db):
    one = await noted()
    await settle(one.id, by=BERND, now=NOW)
    await settle(one.id, by=staff(uuid4()), now=NOW + DAY)
    one = await undeliverable_by_address(AMIRA)
    assert (one.settled_at, one.settled_by) == (NOW, BERND.id)
    assert await undeliverable_counts() == (0, 1)
    assert [line.verb for line in await history_of("undeliverable_address", one.id)] == ["settled"]
    assert await undeliverable_among([AMIRA]) == {AMIRA}


async def test_a_tick_can_be_taken_back(db):
    one = await noted()
    await reopen(one.id, by=BERND, now=NOW)
    assert await history_of("undeliverable_address", one.id) == []
    await settle(one.id, by=BERND, now=NOW)
    await reopen(one.id, by=BERND, now=NOW)
    one = await undeliverable_by_address(AMIRA)
    assert (one.settled_at, one.settled_by) == (None, None)


async def test_what_was_settled_opens_when_it_is_refused_again(db):
    one = await noted()
    await settle(one.id, by=BERND, now=NOW)
    assert (await noted(at=NOW + DAY)).settled_at is None


async def test_what_is_not_there_cannot_be_ticked(db):
    for act in (settle, reopen):
        with pytest.raises(NotFound):
            await act(uuid4(), by=BERND, now=NOW)


async def test_pages_hold_the_open_or_the_settled_the_newest_first(db):
    for number in range(3):
        await noted(f"nr{number}@example.org", at=NOW + number * DAY)
    old = await noted(DORIAN)
    await settle(old.id, by=BERND, now=NOW)
    assert [one.address[:3] for one in await undeliverable_on_page(False, 0, 2)] == ["nr2", "nr1"]
    assert [one.address[:3] for one in await undeliverable_on_page(False, 2, 2)] == ["nr0"]
    assert [one.address for one in await undeliverable_on_page(True, 0, 2)] == [DORIAN]


async def test_forgetting_takes_these_and_no_others(db):
    for address in (AMIRA, DORIAN):
        await noted(address)
    await forget_undeliverable()
    await forget_undeliverable(AMIRA)
    assert await undeliverable_among([AMIRA, DORIAN]) == {DORIAN}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("550 5.1.1 <…> User unknown", "Diese Adresse gibt es nicht."),
        ("5.1.2 550 Host unknown", "Den Teil hinter dem @ gibt es nicht."),
        ("5.1.10 null MX", "Den Teil hinter dem @ gibt es nicht, oder er nimmt keine Mails an."),
        ("552 5.2.2 Over quota", "Das Postfach ist voll."),
        ("550 5.2.1 disabled", "Das Postfach ist abgeschaltet."),
        ("551 User not local", "Das Postfach ist umgezogen."),
        ("552 too much", "Das Postfach ist voll."),
        ("4.4.7 expired", "Der Mailserver hinter dieser Adresse war tagelang nicht erreichbar."),
        ("5.0.0 550 5.1.1 no such user 10.5.1.3", "Diese Adresse gibt es nicht."),
        ("550 No such user", "Diese Adresse nimmt keine Mails an."),
        ("", "Diese Adresse nimmt keine Mails an."),
    ],
)
def test_a_refusal_is_said_in_plain_words(reply, words):
    assert why_undeliverable(reply) == words
