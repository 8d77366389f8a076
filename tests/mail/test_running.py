"""The loop: sends by itself, survives a database and a server that are away, ends when told to."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from events.kit.clock import now
from events.mail import running
from events.mail.folder import FolderTransport
from events.mail.sending import AT_ONCE
from events.mail.smtp import Server, SmtpTransport
from events.mail.tables import OutgoingMail
from events.mail.transport import Transport
from tests.mail.letters import MINUTE, a_queued_mail, row_of, until
from tests.mail.servers import Behaviour, mail_server, unused_port

PATIENCE = 10


@asynccontextmanager
async def running_with(transport: Transport) -> AsyncIterator[None]:
    stop = asyncio.Event()
    loop = asyncio.create_task(running.run(stop, transport))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(loop, PATIENCE)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of hundredths of a second where the loop waits for seconds."""
    monkeypatch.setattr(running, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(running, "LONGEST_IDLE_SECONDS", 0.02)


async def has_happened(event: str, logs: Sequence[Mapping[str, object]]) -> bool:
    return any(log["event"] == event for log in logs)


async def test_mails_go_out_as_they_come(db: None, impatient: None) -> None:
    accepted: asyncio.Queue[None] = asyncio.Queue()
    async with mail_server(Behaviour(on_content=lambda: accepted.put(None))) as server:
        async with running_with(server.transport()):
            for number in range(2):
                await a_queued_mail(about=f"trial:{number}", at=now())
                await asyncio.wait_for(accepted.get(), PATIENCE)
        assert len(server.behaviour.accepted) == 2


async def test_stopping_lets_the_mail_at_hand_be_finished(db: None) -> None:
    mail, talking, go_on = await a_queued_mail(at=now()), asyncio.Event(), asyncio.Event()

    async def think() -> None:
        talking.set()
        await go_on.wait()

    stop = asyncio.Event()
    async with mail_server(Behaviour(on_content=think)) as server:
        loop = asyncio.create_task(running.run(stop, server.transport()))
        await asyncio.wait_for(talking.wait(), PATIENCE)
        stop.set()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.wait_for(loop, PATIENCE)
    assert (await row_of(mail))["status"] == "sent"


async def test_a_round_of_refusals_makes_nobody_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "IDLE_SECONDS", 3600.0)
    accepted: asyncio.Queue[None] = asyncio.Queue()
    busy = {f"gast{number}@example.org": ["451 4.7.1 greylisted"] for number in range(AT_ONCE + 1)}
    for number, address in enumerate(busy):
        await a_queued_mail(address, about=f"trial:{number}", at=now() - MINUTE)
    await a_queued_mail(at=now())
    hearing = Behaviour(recipients=busy, on_content=lambda: accepted.put(None))
    async with mail_server(hearing) as server, running_with(server.transport()):
        await asyncio.wait_for(accepted.get(), PATIENCE)


async def test_a_database_that_vanishes_is_waited_for_and_no_address_is_logged(db: None, impatient: None) -> None:
    accepted = asyncio.Event()

    async def accept() -> None:
        accepted.set()

    with capture_logs() as logs:
        async with mail_server(Behaviour(on_content=accept)) as server, running_with(server.transport()):
            await OutgoingMail._meta.db.run_ddl("ALTER TABLE outgoing_mail RENAME TO gone")
            await until(lambda: has_happened("mail_round_failed", logs))
            await OutgoingMail._meta.db.run_ddl("ALTER TABLE gone RENAME TO outgoing_mail")
            await a_queued_mail(at=now())
            await asyncio.wait_for(accepted.wait(), PATIENCE)
    assert "@" not in str(logs)


async def test_an_unreachable_server_is_reported_without_addresses(db: None, impatient: None) -> None:
    mail = await a_queued_mail(at=now())
    with capture_logs() as logs:
        async with running_with(SmtpTransport(Server("127.0.0.1", await unused_port(), "smtp"))):
            await until(lambda: has_happened("mail_not_sent", logs))
    row = await row_of(mail)
    assert (row["status"], row["tries"]) == ("queued", 1)
    assert logs[0]["verdict"] == "unreachable"
    assert "@" not in str(logs)


def test_without_a_server_mails_become_files() -> None:
    transport = running.chosen_transport()
    assert isinstance(transport, FolderTransport)
    assert transport.folder.name == "mail"
