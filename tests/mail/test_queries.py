"""How the outbox stands, as staff see it."""

from datetime import timedelta
from typing import Any

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail import actions, queries
from events.mail.tables import OutgoingMail
from events.mail.undeliverable import note_undeliverable
from tests.mail.letters import MINUTE, NOW, a_queued_mail


async def end(mail_id: object, status: str, at: object = NOW) -> None:
    values: dict[Any, Any] = {OutgoingMail.status: status, OutgoingMail.due_at: at}
    await OutgoingMail.update(values).where(OutgoingMail.id == mail_id)


async def test_an_empty_outbox_has_nothing_to_say(db: None) -> None:
    state = await queries.outbox_state(NOW)
    assert state == queries.OutboxState(0, None, "", None, None, 0, 0, 0, None)


async def test_the_state_counts_what_waits_failed_and_is_held(db: None) -> None:
    for number, status in enumerate(["queued", "queued", "failed", "held", "sent"]):
        mail = await a_queued_mail(about=f"trial:{number}", at=NOW + number * MINUTE)
        await end(mail.id, status)
    await actions.pause("Wartung", by=SYSTEM, now=NOW)
    state = await queries.outbox_state(NOW)
    assert (state.queued, state.waiting_since, state.failed, state.held) == (2, NOW, 1, 1)
    assert state.pause is not None
    assert state.pause.reason == "Wartung"


async def test_old_failures_are_no_news(db: None) -> None:
    mail = await a_queued_mail()
    await end(mail.id, "failed", NOW - timedelta(days=15))
    assert (await queries.outbox_state(NOW)).failed == 0


async def test_a_failure_counts_until_its_address_is_dealt_with_elsewhere(db: None) -> None:
    mail = await a_queued_mail()
    await end(mail.id, "failed")
    assert (await queries.outbox_state(NOW)).failed == 1
    await note_undeliverable("amira@example.org", "550", mail.id, NOW)
    state = await queries.outbox_state(NOW)
    assert (state.failed, state.undeliverable) == (0, 1)


async def test_bulk_that_waits_is_told_apart_from_somebodys_own_mail(db: None) -> None:
    await a_queued_mail(priority=9, at=NOW + MINUTE)
    sent = await a_queued_mail("dorian@example.org")
    await end(sent.id, "sent")
    await OutgoingMail.update({OutgoingMail.sent_at: NOW}).where(OutgoingMail.id == sent.id)
    state = await queries.outbox_state(NOW)
    assert (state.waiting_since, state.bulk_due_since, state.last_sent_at) == (None, NOW + MINUTE, NOW)


async def test_mails_about_something_come_in_order_with_as_many_queries_for_thirty_as_for_one(db: None) -> None:
    for number in range(30):
        await a_queued_mail(about="booking:1", sequence=number, at=NOW - number * MINUTE)
    await a_queued_mail(about="booking:2")
    counts = []
    for about in ("booking:1", "booking:2"):
        before = queries_so_far()
        mails = await queries.mails_about(about)
        counts.append(queries_so_far() - before)
        assert [mail.created_at for mail in mails] == sorted(mail.created_at for mail in mails)
        assert all(mail.has_content and mail.about == about for mail in mails)
    assert counts == [2, 2]
