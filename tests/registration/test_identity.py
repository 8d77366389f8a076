"""Recognising people and submissions again: known addresses, shared mailboxes, doubled submits."""

from events.registration.signup import Person
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, own_link, text_of
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, signed_up, statuses


async def test_a_known_address_gets_the_same_receipt_and_a_mail_that_says_so(db: None) -> None:
    event = await make_event()
    await confirmed(event)
    second = await signed_up(event)
    assert second.booking
    assert await statuses(event) == ["confirmed"]
    assert (await kinds_to(AMIRA.email))[-1] == "already_registered"


async def test_who_signs_up_again_before_confirming_is_asked_to_confirm_the_first(db: None) -> None:
    event = await make_event()
    await signed_up(event)
    await signed_up(event)
    first, second = await mails_to(AMIRA.email, "confirm_address")
    assert own_link(first) == own_link(second)
    assert await statuses(event) == ["unconfirmed"]


async def test_mails_to_an_unproven_address_carry_nothing_somebody_typed(db: None) -> None:
    event = await make_event()
    await confirmed(event, who=Person(given_name="Kauft bei https://spam.example", email="stranger@example.org"))
    await signed_up(event, who=Person(given_name="Kauft bei https://spam.example", email="stranger@example.org"))
    mails = [*await mails_to("stranger@example.org", "confirm_address")]
    mails += await mails_to("stranger@example.org", "already_registered")
    assert len(mails) == 2 and not any("spam.example" in text_of(mail) for mail in mails)


async def test_colleagues_may_share_a_mailbox(db: None) -> None:
    event = await make_event()
    await confirmed(event, who=Person(given_name="Ayşe", email="kita@example.org"))
    await confirmed(event, who=Person(given_name="Birgit", email="kita@example.org"))
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_the_same_name_written_otherwise_is_the_same_person(db: None) -> None:
    event = await make_event()
    await confirmed(event, who=Person(given_name="Şükrü", family_name="Öz", email="Kita@Example.org"))
    await confirmed(event, who=Person(given_name="sukru", family_name="oz", email="kita@example.org"))
    assert await statuses(event) == ["confirmed"]


async def test_a_doubled_submit_yields_the_first_receipt(db: None) -> None:
    event = await make_event()
    first = await signed_up(event, submission="abc")
    again = await signed_up(event, submission="abc")
    assert first == again
    assert await statuses(event) == ["unconfirmed"]
    assert await kinds_to(AMIRA.email) == ["confirm_address"]


async def test_the_same_form_with_other_content_is_another_sign_up(db: None) -> None:
    event = await make_event()
    await signed_up(event, submission="abc")
    await signed_up(event, who=DORIAN, submission="abc")
    assert await statuses(event) == ["unconfirmed", "unconfirmed"]


async def test_people_without_an_address_are_never_taken_for_each_other(db: None) -> None:
    event = await make_event(policy={"needs_email": False, "max_party": 6})
    receipts = [await signed_up(event, who=Person(party=3)) for _group in range(2)]
    assert await statuses(event) == ["confirmed", "confirmed"]
    assert receipts[0].codes != receipts[1].codes
