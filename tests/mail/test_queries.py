"""How the outbox stands, as staff see it."""

from datetime import timedelta
from typing import Any

from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.mail import actions, queries
from events.mail.tables import OutgoingMail
from tests.mail.letters import MINUTE, NOW, a_queued_mail


async def end(mail_id: object, status: str, at: object = NOW) -> None:
    values: dict[Any, Any] = {OutgoingMail.status: status, OutgoingMail.due_at: at}
    await OutgoingMail.update(values).where(OutgoingMail.id == mail_id)


async def test_an_empty_outbox_has_nothing_to_say(db: None) -> None:
    assert await queries.outbox_state(NOW) == queries.OutboxState(0, None, "", 0, 0, None)


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
    assert await queries.undelivered(NOW) == []


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


async def test_undelivered_mails_name_whom_to_call(db: None) -> None:
    mail = await a_queued_mail()
    await end(mail.id, "failed")
    await a_queued_mail("carla@example.org")
    assert [view.recipient for view in await queries.undelivered(NOW)] == ["amira@example.org"]
