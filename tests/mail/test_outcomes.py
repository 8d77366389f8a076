"""What each answer leaves behind: bad addresses, mails that came perhaps twice, pauses, and a mail nobody wants."""

import asyncio
from datetime import datetime
from typing import Any

from events.kit.actor import SYSTEM
from events.mail import actions
from events.mail.pausing import UNTIL_SOMEBODY_ENDS_IT, current_pause
from events.mail.rules import BULK
from events.mail.sending import Delivered, deliver_due
from events.mail.tables import OutgoingMail, UndeliverableAddress
from events.mail.undeliverable import note_undeliverable, undeliverable_among
from tests.mail.letters import MINUTE, NOW, Watch, a_queued_mail, row_of
from tests.mail.servers import Behaviour, Listening, mail_server

AMIRA, DORIAN = "amira@example.org", "dorian@example.org"
UNKNOWN_USER = ["550 5.1.1 <dorian@example.org> unknown"]


async def deliver(server: Listening, at: Watch | None = None) -> Delivered:
    transport = server.transport()
    done = await deliver_due(transport, now_fn=at or Watch())
    await transport.close()
    return done


async def test_a_refused_address_is_noted_with_the_mail_and_what_the_server_said(db: None) -> None:
    mail = await a_queued_mail(DORIAN)
    async with mail_server(Behaviour(recipients={DORIAN: list(UNKNOWN_USER)})) as server:
        await deliver(server)
    row = await UndeliverableAddress.select().first()
    assert row is not None
    assert (row["address"], row["mail"], row["since"]) == (DORIAN, mail.id, NOW)
    assert row["reply"] == "550 5.1.1 <…> unknown"


async def test_neither_a_delay_nor_a_fault_of_ours_blames_an_address(db: None) -> None:
    await a_queued_mail(AMIRA, at=NOW - MINUTE)
    await a_queued_mail(DORIAN)
    answers = {AMIRA: ["451 4.7.1 greylisted"], DORIAN: ["554 5.7.1 relay access denied"]}
    async with mail_server(Behaviour(recipients=answers)) as server:
        assert await deliver(server) == Delivered(later=2, stopped=True)
    assert await undeliverable_among([AMIRA, DORIAN]) == frozenset()


async def test_whoever_lost_the_lease_notes_no_address(db: None) -> None:
    mail = await a_queued_mail(DORIAN)

    async def taken_over() -> None:
        await OutgoingMail.update({OutgoingMail.lease_holder: "somebody"}).where(OutgoingMail.id == mail.id)

    behaviour = Behaviour(recipients={DORIAN: list(UNKNOWN_USER)}, on_recipient=taken_over)
    async with mail_server(behaviour) as server:
        await deliver(server)
    assert (await row_of(mail))["status"] == "queued"
    assert await undeliverable_among([DORIAN]) == frozenset()


async def test_a_mail_that_gets_through_clears_the_name_of_its_address(db: None) -> None:
    await note_undeliverable(AMIRA, "550 5.1.1 unknown", None, NOW)
    await note_undeliverable(DORIAN, "550 5.1.1 unknown", None, NOW)
    await a_queued_mail(AMIRA)
    async with mail_server() as server:
        assert await deliver(server) == Delivered(sent=1)
    assert await undeliverable_among([AMIRA, DORIAN]) == {DORIAN}


async def test_what_is_sent_again_after_an_open_end_is_marked(db: None) -> None:
    mail, watch = await a_queued_mail(), Watch()
    async with mail_server(Behaviour(drop_after_content=1)) as server:
        assert await deliver(server, watch) == Delivered(later=1)
        watch.at += 2 * MINUTE
        assert await deliver(server, watch) == Delivered(sent=1)
    assert (await row_of(mail))["maybe_twice"]


async def test_what_a_dead_worker_had_begun_is_marked_when_it_goes_out_again(db: None) -> None:
    mail = await a_queued_mail()
    lost: dict[Any, Any] = {OutgoingMail.lease_until: NOW, OutgoingMail.lease_holder: "somebody"}
    await OutgoingMail.update(lost).where(OutgoingMail.id == mail.id)
    async with mail_server() as server:
        assert await deliver(server, Watch(NOW + MINUTE)) == Delivered(sent=1)
    assert (await row_of(mail))["maybe_twice"]


async def test_what_was_only_put_off_is_not_marked(db: None) -> None:
    mail, watch = await a_queued_mail(), Watch()
    async with mail_server(Behaviour(recipients={AMIRA: ["451 4.7.1 greylisted"]})) as server:
        await deliver(server, watch)
        watch.at += 2 * MINUTE
        assert await deliver(server, watch) == Delivered(sent=1)
    assert not (await row_of(mail))["maybe_twice"]


async def test_bulk_whose_lease_ran_out_is_not_taken_again_even_before_it_is_held(db: None) -> None:
    bulk, own = await a_queued_mail(DORIAN, priority=BULK), await a_queued_mail()
    lost: dict[Any, Any] = {OutgoingMail.lease_until: NOW, OutgoingMail.lease_holder: "somebody"}
    await OutgoingMail.update(lost).where(OutgoingMail.id == bulk.id)
    async with mail_server() as server:
        assert await deliver(server, Watch(NOW + MINUTE)) == Delivered(sent=1)
        assert server.behaviour.message_ids == [own.message_id]
        await deliver(server, Watch(NOW + MINUTE))
    assert (await row_of(bulk))["status"] == "held"


async def test_a_mail_without_content_is_never_sent(db: None) -> None:
    mail = await a_queued_mail()
    await OutgoingMail.update({OutgoingMail.content: None}).where(OutgoingMail.id == mail.id)
    async with mail_server() as server:
        assert await deliver(server) == Delivered()
        assert server.behaviour.sessions == 0


async def test_what_is_paused_waits_until_it_is_queued_again(db: None) -> None:
    mail = await a_queued_mail(priority=BULK)
    await _set(mail.id, "paused")
    async with mail_server() as server:
        assert await deliver(server) == Delivered()
        await _set(mail.id, "queued")
        assert await deliver(server) == Delivered(sent=1)


async def test_a_mail_that_is_too_large_fails_alone(db: None) -> None:
    large, other = await a_queued_mail(DORIAN), await a_queued_mail()
    async with mail_server(Behaviour(recipients={DORIAN: ["552 5.3.4 message too big"]})) as server:
        assert await deliver(server) == Delivered(sent=1, failed=1)
        assert server.behaviour.message_ids == [other.message_id]
    assert (await row_of(large))["reason"] == "refused"
    assert await current_pause() is None
    assert await undeliverable_among([DORIAN]) == frozenset()


async def test_a_mail_whose_content_nobody_takes_does_not_stop_the_others_for_ever(db: None) -> None:
    bad, watch = await a_queued_mail(DORIAN), Watch()
    behaviour = Behaviour(contents={DORIAN: "554 5.7.1 looks like spam"})
    async with mail_server(behaviour) as server:
        for number in range(1, 5):
            assert await deliver(server, watch) == Delivered(later=1, stopped=True)
            watch.at += 60 * MINUTE
            await a_queued_mail(about=f"trial:{number + 1}", at=watch.at - 59 * MINUTE)
            await OutgoingMail.update({OutgoingMail.due_at: watch.at + MINUTE}).where(OutgoingMail.id == bad.id)
            assert await deliver(server, watch) == Delivered(sent=1)
            watch.at += MINUTE
        assert await deliver(server, watch) == Delivered(failed=1)
    assert (await row_of(bad))["reason"] == "refused"
    assert await current_pause() is None


async def test_a_pause_that_begins_after_a_mail_went_out_stays(db: None) -> None:
    watch = Watch()
    await a_queued_mail(about="trial:1")
    async with mail_server(Behaviour(content="554 5.7.1 no")) as server:
        await deliver(server, watch)
        watch.at += 10 * MINUTE
        await a_queued_mail(about="trial:0", at=NOW - MINUTE)
        await a_queued_mail(DORIAN, about="trial:2", at=NOW + 9 * MINUTE)
        server.behaviour.content, server.behaviour.contents = "250 OK", {DORIAN: "554 5.7.1 no"}
        assert await deliver(server, watch) == Delivered(sent=2, later=1, stopped=True)
    pause = await current_pause()
    assert pause is not None
    assert pause.until > watch.at


async def test_what_somebody_has_paused_no_worker_ends(db: None) -> None:
    """Neither one whose mail gets through at this moment, nor one whose mail is refused."""
    for number, answer in enumerate(("250 OK", "554 5.7.1 no")):
        await a_queued_mail(about=f"trial:{number}")
        await actions.resume(by=SYSTEM, now=NOW)

        async def somebody_pauses() -> None:
            await actions.pause("Wartung", by=SYSTEM, now=NOW)

        async with mail_server(Behaviour(content=answer, on_content=somebody_pauses)) as server:
            await deliver(server)
        assert await _paused_until() == UNTIL_SOMEBODY_ENDS_IT


async def test_a_server_that_is_gone_before_the_goodbye_has_still_taken_the_mail(db: None) -> None:
    mail = await a_queued_mail()
    async with mail_server() as server:
        transport = server.transport()
        assert await deliver_due(transport, now_fn=Watch()) == Delivered(sent=1)
    await asyncio.sleep(0)
    await transport.close()
    assert (await row_of(mail))["status"] == "sent"


async def _set(mail: object, status: str) -> None:
    await OutgoingMail.update({OutgoingMail.status: status}).where(OutgoingMail.id == mail)


async def _paused_until() -> datetime:
    pause = await current_pause()
    assert pause is not None
    return pause.until
