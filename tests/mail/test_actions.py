"""Queueing once, sending anew, discarding, pausing, forgetting."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from events.history.tables import HistoryEntry
from events.kit.actor import staff
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refused
from events.mail import actions
from events.mail.pausing import current_pause
from events.mail.tables import OutgoingMail
from tests.mail.letters import MINUTE, NOW, a_mail, a_queued_mail, row_of

BERND = staff(uuid4())
WEEK = timedelta(days=7)


async def set_status(mail_id: object, status: str, reason: str = "") -> None:
    values: dict[Any, Any] = {OutgoingMail.status: status, OutgoingMail.reason: reason}
    await OutgoingMail.update(values).where(OutgoingMail.id == mail_id)


async def test_the_same_mail_is_queued_once(db: None) -> None:
    first = await a_queued_mail()
    again, other = a_mail(), a_mail(sequence=1)
    await actions.queue(again, other, now=NOW)
    rows = await OutgoingMail.select(OutgoingMail.id).order_by(OutgoingMail.sequence)
    assert [row["id"] for row in rows] == [first.id, other.id]


async def test_a_mail_of_a_transaction_that_failed_was_never_queued(db: None) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await a_queued_mail()
            raise ZeroDivisionError
    assert await OutgoingMail.count() == 0


async def test_many_mails_fit_into_one_call(db: None) -> None:
    mail = a_mail()
    rows = [type(mail)(**{**vars(mail), "id": uuid4(), "sequence": number}) for number in range(501)]
    await actions.queue(*rows, now=NOW)
    assert await OutgoingMail.count() == 501


@pytest.mark.parametrize("status", ["failed", "held"])
async def test_a_mail_sent_anew_keeps_its_bytes_and_is_due_now(db: None, status: str) -> None:
    mail = await a_queued_mail()
    await set_status(mail.id, status)
    await actions.resend(mail.id, by=BERND, now=NOW + WEEK)
    row = await row_of(mail)
    assert (row["status"], row["due_at"], row["tries"]) == ("queued", NOW + WEEK, 0)
    assert (row["content"], row["message_id"]) == (mail.content, mail.message_id)
    noted = await HistoryEntry.select(HistoryEntry.verb, HistoryEntry.actor).first()
    assert noted == {"verb": "resent", "actor": str(BERND)}


async def test_a_mail_that_was_sent_is_not_sent_anew(db: None) -> None:
    mail = await a_queued_mail()
    await set_status(mail.id, "sent")
    with pytest.raises(Refused, match="mail_not_resendable"):
        await actions.resend(mail.id, by=BERND, now=NOW)


async def test_what_is_not_there_cannot_be_sent_anew(db: None) -> None:
    with pytest.raises(NotFound):
        await actions.resend(uuid4(), by=BERND, now=NOW)


async def test_two_who_press_the_same_button_send_it_once(db: None) -> None:
    mail = await a_queued_mail()
    await set_status(mail.id, "held")
    asked = [actions.resend(mail.id, by=BERND, now=NOW) for _ in range(2)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["NoneType", "Refused"]
    assert await HistoryEntry.count() == 1


@pytest.mark.parametrize(
    ("status", "reason", "twice"),
    [
        ("held", "unknown_outcome", True),
        ("failed", "discarded", True),
        ("failed", "gave_up", False),
        ("failed", "bounced", False),
    ],
)
async def test_what_may_have_arrived_already_is_marked_when_sent_anew(
    db: None, status: str, reason: str, twice: bool
) -> None:
    mail = await a_queued_mail()
    await set_status(mail.id, status, reason)
    await actions.resend(mail.id, by=BERND, now=NOW)
    row = await row_of(mail)
    assert (row["status"], row["reason"], row["maybe_twice"]) == ("queued", "", twice)


async def test_many_are_sent_anew_and_what_cannot_be_is_left(db: None) -> None:
    held, failed, sent, erased, late = [await a_queued_mail(sequence=number) for number in range(5)]
    for mail, status in ((held, "held"), (failed, "failed"), (sent, "sent"), (erased, "failed"), (late, "held")):
        await set_status(mail.id, status)
    await OutgoingMail.update({OutgoingMail.content: None}).where(OutgoingMail.id == erased.id)
    await OutgoingMail.update({OutgoingMail.useful_until: NOW}).where(OutgoingMail.id == late.id)
    ids = [mail.id for mail in (held, failed, sent, erased, late)]
    assert await actions.resend_all([*ids, uuid4()], by=BERND, now=NOW) == 2
    assert [(await row_of(mail))["status"] for mail in (held, failed, sent, erased, late)] == [
        "queued", "queued", "sent", "failed", "held",
    ]  # fmt: skip
    assert await HistoryEntry.count() == 2


async def test_many_that_are_held_are_discarded_in_portions(db: None) -> None:
    mail = a_mail()
    rows = [type(mail)(**{**vars(mail), "id": uuid4(), "sequence": number}) for number in range(501)]
    await actions.queue(*rows, now=NOW)
    await OutgoingMail.update({OutgoingMail.status: "held"}, force=True)
    sent = await a_queued_mail("carla@example.org")
    ids = [row.id for row in rows] + [sent.id]
    assert await actions.discard_all(ids, by=BERND, now=NOW) == 501
    assert await OutgoingMail.count().where(OutgoingMail.reason == "discarded") == 501
    assert (await row_of(sent))["status"] == "queued"
    assert await actions.discard_all([], by=BERND, now=NOW) == 0


async def test_a_held_mail_can_be_discarded(db: None) -> None:
    mail = await a_queued_mail()
    await set_status(mail.id, "held")
    await actions.discard(mail.id, by=BERND, now=NOW)
    row = await row_of(mail)
    assert (row["status"], row["reason"]) == ("failed", "discarded")


async def test_a_waiting_mail_cannot_be_discarded(db: None) -> None:
    mail = await a_queued_mail()
    with pytest.raises(Refused, match="mail_not_held"):
        await actions.discard(mail.id, by=BERND, now=NOW)


async def test_a_pause_by_hand_lasts_until_it_is_ended(db: None) -> None:
    await actions.pause("Wartung", by=BERND, now=NOW)
    pause = await current_pause()
    assert pause is not None
    assert (pause.reason, pause.until > NOW + 1000 * WEEK) == ("Wartung", True)
    await actions.resume(by=BERND, now=NOW)
    assert await current_pause() is None


async def test_texts_are_erased_a_week_after_sending(db: None) -> None:
    sent, waiting = await a_queued_mail(), await a_queued_mail("carla@example.org")
    await set_status(sent.id, "sent")
    assert await actions.erase_contents(NOW + WEEK) == 0
    assert await actions.erase_contents(NOW + WEEK + MINUTE) == 1
    assert (await row_of(sent))["content"] is None
    assert (await row_of(waiting))["content"] == waiting.content


async def test_forgetting_takes_every_mail_about_it_and_no_other(db: None) -> None:
    await a_queued_mail(about="booking:1")
    kept = await a_queued_mail(about="booking:2")
    await actions.forget(["booking:1"])
    await actions.forget([])
    assert [row["id"] for row in await OutgoingMail.select(OutgoingMail.id)] == [kept.id]
