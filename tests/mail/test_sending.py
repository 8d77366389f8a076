"""The outbox meets real servers: nothing is lost, nothing is sent twice without need."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from events.kit.actor import SYSTEM
from events.mail import actions, sending
from events.mail.pausing import current_pause
from events.mail.queries import outbox_state
from events.mail.rules import BULK, GIVE_UP_AFTER
from events.mail.sending import Delivered, deliver_due
from events.mail.smtp import Server, SmtpTransport
from events.mail.tables import OutgoingMail
from events.settings import settings
from tests.mail.letters import MINUTE, NOW, Watch, a_mail, a_queued_mail, row_of, until
from tests.mail.servers import Behaviour, Listening, mail_server, unused_port


async def deliver(server: Listening, at: Watch | None = None, **options: Any) -> Delivered:
    transport = server.transport()
    done = await deliver_due(transport, now_fn=at or Watch(), **options)
    await transport.close()
    return done


async def deliver_all(server: Listening, at: Watch | None = None) -> int:
    sent = 0
    while (done := await deliver(server, at)).sent:
        sent += done.sent
    return sent


async def test_what_is_due_goes_out_and_is_recorded(db: None) -> None:
    mail = await a_queued_mail()
    async with mail_server() as server:
        assert await deliver(server) == Delivered(sent=1)
        assert await deliver(server) == Delivered()
        assert server.behaviour.accepted == [mail.content]
    row = await row_of(mail)
    assert (row["status"], row["sent_at"], row["reply"], row["tries"]) == ("sent", NOW, "2.0.0 queued", 1)
    assert row["lease_until"] is None


async def test_people_come_before_bulk(db: None) -> None:
    bulk = await a_queued_mail(about="trial:2", priority=BULK, at=NOW - MINUTE)
    own = await a_queued_mail()
    async with mail_server() as server:
        await deliver(server)
        assert server.behaviour.message_ids == [own.message_id, bulk.message_id]


async def test_what_is_not_due_yet_waits(db: None) -> None:
    await a_queued_mail(at=NOW + MINUTE)
    async with mail_server() as server:
        assert await deliver(server) == Delivered()


async def test_what_comes_too_late_is_never_sent(db: None) -> None:
    mail = await a_queued_mail(useful_until=NOW)
    async with mail_server() as server:
        assert await deliver(server) == Delivered(failed=1)
        assert server.behaviour.accepted == []
    row = await row_of(mail)
    assert (row["status"], row["reason"]) == ("failed", "too_late")


async def test_what_becomes_too_late_while_it_waits_for_another_try_is_not_sent(db: None) -> None:
    mail, watch = await a_queued_mail(useful_until=NOW + 2 * MINUTE), Watch()
    async with mail_server(Behaviour(recipients={mail.recipient: ["451 4.7.1 greylisted"]})) as server:
        assert await deliver(server, watch) == Delivered(later=1)
        watch.at += 3 * MINUTE
        assert await deliver(server, watch) == Delivered(failed=1)


async def test_a_greylisted_mail_is_tried_again_while_others_go_on(db: None) -> None:
    first, second, watch = await a_queued_mail(), await a_queued_mail("carla@example.org"), Watch()
    async with mail_server(Behaviour(recipients={first.recipient: ["451 4.7.1 greylisted"]})) as server:
        assert await deliver(server, watch) == Delivered(sent=1, later=1)
        row = await row_of(first)
        assert row["status"] == "queued"
        assert NOW + MINUTE <= row["due_at"] <= NOW + 1.25 * MINUTE
        assert await deliver(server, watch) == Delivered()
        watch.at += 2 * MINUTE
        assert await deliver(server, watch) == Delivered(sent=1)
        assert server.behaviour.message_ids == [second.message_id, first.message_id]


async def test_a_bad_address_fails_at_once_and_stops_nobody_else(db: None) -> None:
    bad, good = await a_queued_mail("dorian@example.org"), await a_queued_mail()
    answer = ["550 5.1.1 <dorian@example.org> unknown"]
    async with mail_server(Behaviour(recipients={"dorian@example.org": answer})) as server:
        assert await deliver(server) == Delivered(sent=1, failed=1)
        assert server.behaviour.message_ids == [good.message_id]
    row = await row_of(bad)
    assert (row["status"], row["reason"], row["reply"]) == ("failed", "bad_address", "550 5.1.1 <…> unknown")
    assert await current_pause() is None


async def test_a_refusal_of_our_mail_pauses_everything_and_blames_no_address(db: None) -> None:
    mail, other, watch = await a_queued_mail(), await a_queued_mail("carla@example.org"), Watch()
    async with mail_server(Behaviour(content="554 5.7.1 looks like spam")) as server:
        assert await deliver(server, watch) == Delivered(later=1, stopped=True)
        assert await deliver(server, watch) == Delivered()
        assert [(await row_of(one))["status"] for one in (mail, other)] == ["queued", "queued"]
        pause = await current_pause()
        assert pause is not None
        assert (pause.reason, pause.since, pause.until) == ("554 5.7.1 looks like spam", NOW, NOW + 5 * MINUTE)

        watch.at += 10 * MINUTE
        await deliver(server, watch)
        pause = await current_pause()
        assert pause is not None
        assert (pause.since, pause.until) == (NOW, watch.at + 10 * MINUTE)

        server.behaviour.content = "250 OK"
        watch.at += 11 * MINUTE
        assert await deliver(server, watch) == Delivered(sent=2)
        assert await current_pause() is None


async def test_resuming_by_hand_tries_at_once(db: None) -> None:
    await a_queued_mail()
    await actions.pause("Wartung", by=SYSTEM, now=NOW)
    async with mail_server() as server:
        assert await deliver(server) == Delivered()
        await actions.resume(by=SYSTEM, now=NOW)
        assert await deliver(server) == Delivered(sent=1)


async def test_a_server_that_hangs_up_after_the_content_gets_the_same_bytes_again(db: None) -> None:
    mail, watch = await a_queued_mail(), Watch()
    async with mail_server(Behaviour(drop_after_content=1)) as server:
        assert await deliver(server, watch) == Delivered(later=1)
        watch.at += 2 * MINUTE
        assert await deliver(server, watch) == Delivered(sent=1)
        assert server.behaviour.accepted == [mail.content, mail.content]


async def test_bulk_of_unknown_outcome_waits_for_a_person(db: None) -> None:
    mail, watch = await a_queued_mail(priority=BULK), Watch()
    async with mail_server(Behaviour(drop_after_content=1)) as server:
        assert await deliver(server, watch) == Delivered(failed=1)
        watch.at += timedelta(days=1)
        assert await deliver(server, watch) == Delivered()
        assert len(server.behaviour.accepted) == 1
    row = await row_of(mail)
    assert (row["status"], row["reason"]) == ("held", "unknown_outcome")
    assert (await outbox_state(NOW)).held == 1


async def test_an_unreachable_server_costs_one_try_and_loses_nothing(db: None) -> None:
    for number in range(3):
        await a_queued_mail(about=f"trial:{number}")
    transport, watch = SmtpTransport(Server("127.0.0.1", await unused_port(), "smtp")), Watch()
    assert await deliver_due(transport, now_fn=watch) == Delivered(later=1, stopped=True)
    watch.at += 2 * MINUTE
    async with mail_server() as server:
        assert await deliver(server, watch) == Delivered(sent=3)


async def test_after_three_days_of_tries_a_mail_is_given_up(db: None) -> None:
    mail, watch = await a_queued_mail(), Watch(NOW + GIVE_UP_AFTER)
    await OutgoingMail.update({OutgoingMail.tries: 19}).where(OutgoingMail.id == mail.id)
    async with mail_server(Behaviour(recipients={mail.recipient: ["451 4.7.1 never"]})) as server:
        assert await deliver(server, watch) == Delivered(failed=1)
    row = await row_of(mail)
    assert (row["status"], row["reason"], row["reply"]) == ("failed", "gave_up", "451 4.7.1 never")


async def test_no_more_than_the_rate_goes_out_in_a_minute(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = replace(settings(), mail_rate=4)
    monkeypatch.setattr(sending, "settings", lambda: slowly)
    await actions.queue(*(a_mail(about=f"trial:{number}") for number in range(6)), now=NOW)
    watch = Watch()
    async with mail_server() as server:
        assert await deliver_all(server, watch) == 4
        watch.at += MINUTE / 2
        assert await deliver_all(server, watch) == 0
        watch.at += MINUTE / 2
        assert await deliver_all(server, watch) == 2


async def test_all_workers_together_keep_to_the_rate(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = replace(settings(), mail_rate=20)
    monkeypatch.setattr(sending, "settings", lambda: slowly)
    await actions.queue(*(a_mail(about=f"trial:{number}") for number in range(40)), now=NOW)
    async with mail_server() as server:
        sent = await asyncio.gather(*(deliver_all(server) for _worker in range(3)))
    assert 20 <= sum(sent) <= 20 + 3  # each may have asked just before another one sent


async def test_two_workers_at_once_send_nothing_twice(db: None) -> None:
    mails = [a_mail(about=f"trial:{number}") for number in range(20)]
    await actions.queue(*mails, now=NOW)
    async with mail_server() as server:
        rounds = await asyncio.gather(*(deliver(server) for _worker in range(4)))
        assert sum(done.sent for done in rounds) == 20
        assert sorted(server.behaviour.message_ids) == sorted(mail.message_id for mail in mails)


async def test_a_worker_that_dies_while_talking_is_replaced_when_its_lease_ends(db: None) -> None:
    mail, watch, taken = await a_queued_mail(), Watch(), asyncio.Event()

    async def never_answer() -> None:
        taken.set()
        await asyncio.Event().wait()

    async with mail_server(Behaviour(on_content=never_answer)) as server:
        dying = asyncio.create_task(deliver(server, watch))
        await taken.wait()
        dying.cancel()
        await asyncio.wait([dying])
        server.behaviour.on_content = None
        assert await deliver(server, watch) == Delivered()
        watch.at += MINUTE
        assert await deliver(server, watch) == Delivered(sent=1)
        assert server.behaviour.accepted == [mail.content]


async def test_bulk_of_a_dead_worker_is_held_instead(db: None) -> None:
    mail, watch = await a_queued_mail(priority=BULK), Watch(NOW + MINUTE)
    lost: dict[Any, Any] = {OutgoingMail.lease_until: NOW, OutgoingMail.lease_holder: "somebody"}
    await OutgoingMail.update(lost).where(OutgoingMail.id == mail.id)
    async with mail_server() as server:
        assert await deliver(server, watch) == Delivered()
    assert (await row_of(mail))["status"] == "held"


async def test_the_lease_is_renewed_while_a_slow_server_thinks(db: None) -> None:
    mail, watch, meanwhile = await a_queued_mail(), Watch(), []

    async def renewed() -> bool:
        lease_until: datetime = (await row_of(mail))["lease_until"]
        return lease_until >= watch.at + MINUTE

    async def think_until_renewed() -> None:
        for _minute in range(3):
            watch.at += MINUTE / 2
            await until(renewed)
            meanwhile.append(await deliver(other, watch))

    async with mail_server() as other, mail_server(Behaviour(on_content=think_until_renewed)) as slow:
        assert await deliver(slow, watch, renew_seconds=0.001) == Delivered(sent=1)
        assert meanwhile == [Delivered()] * 3
        assert other.behaviour.accepted == []


async def test_a_mail_whose_sender_loses_its_lease_is_still_recorded_as_sent(db: None) -> None:
    mail = await a_queued_mail()

    async def taken_over() -> None:
        await OutgoingMail.update({OutgoingMail.lease_holder: "somebody"}).where(OutgoingMail.id == mail.id)

    async with mail_server(Behaviour(on_content=taken_over)) as server:
        await deliver(server)
    assert (await row_of(mail))["status"] == "sent"


async def test_stopping_ends_the_round_after_the_mail_at_hand(db: None) -> None:
    for number in range(3):
        await a_queued_mail(about=f"trial:{number}")
    stop = asyncio.Event()

    async def stop_now() -> None:
        stop.set()

    async with mail_server(Behaviour(on_content=stop_now)) as server:
        assert await deliver(server, stop=stop) == Delivered(sent=1)
