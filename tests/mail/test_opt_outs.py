"""Who wants no invitations and mailings gets none: not a new one, and none that waits already."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.kit.refusals import NotFound
from events.mail.composing import Bulk, ComposedMail
from events.mail.opt_outs import address_hash, hash_behind, opt_in, opt_out, opted_out, unsubscribe_token
from events.mail.outbox import claim
from tests.mail.letters import NOW, a_queued_mail, row_of

MANY = Bulk("rundmail", "https://ki.example/abmelden/x")


async def outcome(mail: ComposedMail) -> tuple[str, str]:
    row = await row_of(mail)
    return row["status"], row["reason"]


async def test_what_waits_is_not_sent_any_more_but_their_own_mails_are(db: None) -> None:
    many, others, own = (
        await a_queued_mail("amira@example.org", bulk=MANY),
        await a_queued_mail("dorian@example.org", bulk=MANY),
        await a_queued_mail("amira@example.org", about="trial:2"),
    )
    await opt_out(address_hash("Amira@Example.org"), "click", now=NOW)
    assert await outcome(many) == ("failed", "unwanted")
    assert await outcome(others) == ("queued", "") == await outcome(own)


async def test_what_is_being_sent_just_now_goes(db: None) -> None:
    mail = await a_queued_mail("amira@example.org", bulk=MANY)
    assert await claim(NOW, bulk=True)
    await opt_out(address_hash("amira@example.org"), "click", now=NOW)
    assert await outcome(mail) == ("queued", "")


async def test_two_spellings_are_one_address_and_another_one_is_not(db: None) -> None:
    await opt_out(address_hash("amira@example.org"), "click", now=NOW)
    await opt_out(address_hash("amira@example.org"), "page", now=NOW + timedelta(days=1))
    asked = ["AMIRA@example.org", "dorian@example.org"]
    assert await opted_out(asked) == {"AMIRA@example.org"}
    await opt_in(address_hash("amira@example.org"))
    assert await opted_out(asked) == frozenset()


def test_a_link_names_nobody_and_a_made_up_one_opens_nothing() -> None:
    token = unsubscribe_token("amira@example.org")
    assert hash_behind(token) == address_hash("amira@example.org") and "amira" not in token
    with pytest.raises(NotFound):
        hash_behind(f"{uuid4()}")
    with pytest.raises(NotFound):
        hash_behind(token[:-4] + "AAAA")
