"""Real workers write and send a mailing, one is killed in the middle of it: nobody gets the mail twice."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from email import message_from_bytes, policy
from pathlib import Path

from events.invitations.mailings.batches import BATCH
from events.invitations.mailings.views import mailing_by_id
from events.invitations.mailings.writing import start_mailing
from events.kit.clock import now
from events.mail.tables import OutgoingMail
from tests.factories import make_event
from tests.invitations.mailings.audience import BERND, a_draft, crowd
from tests.servers import PATIENCE, Server, start

PEOPLE = 6 * BATCH


async def test_killing_a_worker_while_it_writes_reaches_everybody_once(db: None, tmp_path: Path) -> None:
    event = await make_event(capacity=None)
    await crowd(event, PEOPLE)
    id = await a_draft(event)
    await start_mailing(id, by=BERND, now=now())
    settings = {"EVENTS_DATA": str(tmp_path), "EVENTS_MAIL_RATE": "100000"}
    first = Server("", await start("worker", **settings))
    await until(lambda: mails_written(BATCH))
    await first.kill()
    whole_batches = await OutgoingMail.count()
    # What the killed worker had in hand comes free when its lease ends; the story does not wait for that.
    await OutgoingMail.update({OutgoingMail.lease_until: None}, force=True)
    workers = [Server("", await start("worker", **settings)) for _ in range(2)]
    await until(all_sent)
    for worker in workers:
        await worker.stop()
    found = await mailing_by_id(id)
    assert found is not None and found.status == "expanded" and whole_batches % BATCH == 0
    recipients = Counter(recipient_of(file) for file in (tmp_path / "mail").glob("*.eml"))
    assert len(recipients) == await OutgoingMail.count() == PEOPLE and set(recipients.values()) == {1}


async def mails_written(least: int) -> bool:
    return await OutgoingMail.count() >= least


async def all_sent() -> bool:
    return await OutgoingMail.count().where(OutgoingMail.status == "sent") >= PEOPLE


def recipient_of(file: Path) -> str:
    return str(message_from_bytes(file.read_bytes(), policy=policy.default)["To"])


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    deadline = asyncio.get_running_loop().time() + 2 * PATIENCE
    while not await true():
        assert asyncio.get_running_loop().time() < deadline, "it never came true"
        await asyncio.sleep(0.02)
