"""Two workers that are killed again and again, against a server that greylists, refuses, hangs up and dawdles.

What became of each mail is judged from the server's transcript. EVENTS_HOSTILE_MAILS says how many there are (more on
PostgreSQL, where workers do not wait for each other), EVENTS_HOSTILE_SEED repeats a run.
"""

import asyncio
import hashlib
import json
import os
import random
import sys
from asyncio.subprocess import PIPE
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from events import checks
from events.invitations.mailings.writing import stop_mailing
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import on_sqlite
from events.mail import actions
from events.mail.composing import ComposedMail
from events.mail.outbox_list import Wanted, held
from events.mail.rules import BULK
from events.mail.tables import Mailing, OutgoingMail
from events.mail.undeliverable import undeliverable_among
from tests.mail.letters import a_mail
from tests.servers import Process, start

SERVER = Path(__file__).with_name("hostile_server.py")
MAILS = int(os.environ.get("EVENTS_HOSTILE_MAILS") or (500 if on_sqlite() else 2000))
PATIENCE = 240.0
KILLS = (0.15, 0.35, 0.6)  # after so much of what can arrive, and a moment more
MAILING, CALLED_OFF = uuid4(), uuid4()


@dataclass
class Stock:
    """What is queued: own mails and a mailing, some too late, and a mailing that is called off meanwhile."""

    own: list[ComposedMail] = field(default_factory=list)
    bulk: list[ComposedMail] = field(default_factory=list)
    too_late: list[ComposedMail] = field(default_factory=list)
    called_off: list[ComposedMail] = field(default_factory=list)


@dataclass
class Transcript:
    """`doubtful`: how often a mail was taken without the worker being sure to know."""

    taken: dict[str, list[str]]  # hashes of contents
    refused: dict[str, int]  # answers after (and with) the first 550
    doubtful: Counter[str]
    vanished: set[str]  # whose worker was killed right after the mail was taken


async def test_everybody_gets_a_mail_once_whatever_the_server_and_the_power_do(db: None, tmp_path: Path) -> None:
    seed = os.environ.get("EVENTS_HOSTILE_SEED") or uuid4().hex
    print(f"EVENTS_HOSTILE_SEED={seed}")  # shown when it fails
    stock, path = await _stock(MAILS), tmp_path / "transcript"
    async with _hostile_server(path, seed) as port, _workers(2, tmp_path, port) as workers:
        await _until_all_is_tried(workers, path, random.Random(seed))
        doubtful = await _held()
        copies = _read(path)
        assert all(len(copies.taken.get(mail.recipient, [])) <= 1 for mail in stock.bulk)
        assert doubtful <= {mail.id for mail in stock.bulk}
        assert doubtful
        await _send_what_is_held(path)
    await _judge(stock, _read(path), doubtful)


async def _send_what_is_held(path: Path) -> None:
    """Somebody decides so. One that a dying worker had in its hands may meet a cut of the server only now."""
    for _time in (1, 2, 3):
        waiting = list(await _held())
        assert await actions.resend_all(waiting, by=SYSTEM, now=now()) == len(waiting)
        await _until_all_is_tried([], path, random.Random())


async def _judge(stock: Stock, found: Transcript, doubtful: set[UUID]) -> None:
    meant = {mail.recipient: mail for mail in stock.own + stock.bulk}
    assert set(found.taken) | set(found.refused) == set(meant)
    assert set(found.taken) & set(found.refused) == set()
    assert set(found.refused.values()) == {1}, "asked again after a refusal for good"
    assert await undeliverable_among(list(meant)) == set(found.refused)
    for address, contents in found.taken.items():
        assert set(contents) == {hashlib.sha256(meant[address].content).hexdigest()}
        assert len(contents) <= 1 + found.doubtful[address]
        assert len(contents) <= 2 or address in found.vanished
    twice = {address for address, contents in found.taken.items() if len(contents) > 1}
    rows = {row["recipient"]: row for row in await OutgoingMail.select()}
    assert twice <= {address for address, row in rows.items() if row["maybe_twice"]}
    assert {rows[mail.recipient]["status"] for mail in meant.values()} == {"sent", "failed"}
    assert {rows[mail.recipient]["reason"] for mail in stock.called_off} == {"stopped"}
    assert {rows[mail.recipient]["reason"] for mail in stock.too_late} == {"too_late"}
    assert all(rows[mail.recipient]["maybe_twice"] for mail in stock.bulk if mail.id in doubtful)
    assert await checks.find_faults(now()) == []


async def _stock(size: int) -> Stock:
    """Composed once: all are the same mail but for address and Message-ID."""
    stock, pattern = Stock(), a_mail("gast@example.org")
    for number in range(size):
        mail = _copy(pattern, number)
        if number % 20 == 0:
            stock.too_late.append(replace(mail, useful_until=now() - timedelta(hours=1)))
        elif number % 20 == 1:
            stock.called_off.append(replace(mail, priority=BULK, mailing=CALLED_OFF))
        elif number % 5 > 2:
            stock.bulk.append(replace(mail, priority=BULK, mailing=MAILING))
        else:
            stock.own.append(mail)
    await actions.queue(*stock.own, *stock.bulk, *stock.too_late, *stock.called_off, now=now())
    await Mailing.insert(
        Mailing(id=CALLED_OFF, kind="message", about=CALLED_OFF, status="expanded", created_at=now(), started_at=now())
    )
    await stop_mailing(CALLED_OFF, by=SYSTEM, now=now())
    return stock


def _copy(pattern: ComposedMail, number: int) -> ComposedMail:
    id, address = uuid4(), f"gast{number}@example.org"
    message_id = f"<{id}@example.org>"
    content = pattern.content.replace(pattern.message_id.encode(), message_id.encode())
    content = content.replace(b"gast@example.org", address.encode())
    about = f"trial:{number}"
    return replace(pattern, id=id, about=about, recipient=address, message_id=message_id, content=content)


@asynccontextmanager
async def _hostile_server(transcript: Path, seed: str) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(sys.executable, str(SERVER), str(transcript), seed, stdout=PIPE)
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def _workers(number: int, folder: Path, port: int) -> AsyncIterator[list["_Worker"]]:
    workers = [_Worker(folder, port) for _number in range(number)]
    try:
        for worker in workers:
            await worker.start()
        yield workers
    finally:
        for worker in workers:
            await worker.kill()


class _Worker:
    """`events worker`, as it is run."""

    def __init__(self, folder: Path, port: int) -> None:
        self.settings = {"EVENTS_DATA": str(folder), "EVENTS_MAIL_RATE": "1000000"}
        self.settings["EVENTS_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        self.process: Process | None = None

    async def start(self) -> None:
        self.process = await start("worker", **self.settings)

    async def kill(self) -> int:
        """As if the plug was pulled; which process it was."""
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        return self.process.pid


async def _until_all_is_tried(workers: list["_Worker"], path: Path, dice: random.Random) -> None:
    """Lets waits and leases of the dead end as time would, and kills a worker at three moments."""
    clock = asyncio.get_running_loop().time
    began, kills = clock(), list(KILLS) if workers else []
    while await _is_anything_left():
        assert clock() < began + PATIENCE, "it never ended"
        await asyncio.sleep(0.2)
        if kills and len(_read(path).taken) > kills[0] * MAILS * 0.85:
            kills.pop(0)
            await asyncio.sleep(dice.random() * 0.1)
            worker = dice.choice(workers)
            await _end_lease(await worker.kill())
            await worker.start()
        await _let_minutes_pass()
    assert not kills


async def _is_anything_left() -> bool:
    return await OutgoingMail.exists().where(OutgoingMail.status == "queued")


async def _let_minutes_pass() -> None:
    moment = now()
    waiting = (OutgoingMail.status == "queued") & (OutgoingMail.due_at > moment)
    await OutgoingMail.update({OutgoingMail.due_at: moment}).where(waiting)


async def _end_lease(process: int) -> None:
    """As if a minute had passed; whoever is alive keeps theirs."""
    values: dict[Any, Any] = {OutgoingMail.lease_until: now()}
    await OutgoingMail.update(values).where(OutgoingMail.lease_holder.like(f"{process}-%"))


async def _held() -> set[UUID]:
    """As the office finds them in its list."""
    return set(await held(Wanted()))


def _read(path: Path) -> Transcript:
    taken: dict[str, list[str]] = defaultdict(list)
    refused: dict[str, int] = {}
    doubtful: Counter[str] = Counter()
    vanished: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        one: dict[str, Any] = json.loads(line)
        address = one["address"]
        if one["event"] == "taken":
            taken[address].append(one["sha"])
            doubtful[address] += one["way"] != ""
        elif one["event"] == "vanished":
            doubtful[address] += 1
            vanished.add(address)
        elif one["event"] == "answered" and (address in refused or one["code"] == 550):
            refused[address] = refused.get(address, 0) + 1
    return Transcript(taken, refused, doubtful, vanished)
