"""Several processes on one outbox, and one that is killed in the middle of a talk."""

import asyncio
from datetime import timedelta

from events.kit.clock import now
from events.mail import actions
from events.mail.sending import Delivered, deliver_due
from events.mail.tables import OutgoingMail
from tests.mail.letters import a_mail, a_queued_mail, row_of, until
from tests.mail.servers import Behaviour, mail_server
from tests.servers import forked, printed_by

WORKER, SETTINGS = "tests.mail.worker:main", {"EVENTS_MAIL_RATE": "10000"}


async def sent_by_a_worker(port: int) -> int:
    code, printed = await printed_by(WORKER, str(port), environment=SETTINGS)
    assert code == 0, printed
    return int(printed.split()[-1])


async def test_two_processes_share_an_outbox_and_send_each_mail_once(db: None) -> None:
    mails = [a_mail(about=f"trial:{number}") for number in range(60)]
    await actions.queue(*mails, now=now())
    server_behaviour = Behaviour()

    async def both_are_here() -> bool:
        return server_behaviour.sessions >= 2

    server_behaviour.on_content = lambda: until(both_are_here)
    async with mail_server(server_behaviour) as server:
        sent = await asyncio.gather(*(sent_by_a_worker(server.port) for _number in range(2)))
        assert sum(sent) == 60
        assert min(sent) > 0
        assert sorted(server.behaviour.message_ids) == sorted(mail.message_id for mail in mails)


async def test_a_killed_worker_costs_at_most_a_second_copy_of_the_same_mail(db: None) -> None:
    mail = await a_queued_mail(at=now())
    taken = asyncio.Event()

    async def take_and_keep_silent() -> None:
        taken.set()
        await asyncio.Event().wait()

    async with mail_server(Behaviour(on_content=take_and_keep_silent)) as server:
        worker = await forked(WORKER, str(server.port), environment=SETTINGS)
        await taken.wait()
        worker.kill()
        await worker.wait()
        server.behaviour.on_content = None
        transport = server.transport()
        assert await deliver_due(transport) == Delivered()  # it may still be talking, for all we know
        lease_over = now() + timedelta(seconds=61)
        assert await deliver_due(transport, now_fn=lambda: lease_over) == Delivered(sent=1)
        await transport.close()
        assert server.behaviour.accepted == [mail.content]
    assert (await row_of(mail))["status"] == "sent"
    assert await OutgoingMail.count() == 1
