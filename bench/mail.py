"""How fast one worker sends to a server that never makes it wait, and the same mails without an outbox for comparison.

`python -m bench.mail` measures inside its own process and prints a `Sending` as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

import structlog
import uvloop

from bench.sites import module
from events.kit.clock import now
from events.kit.database import database, queries_so_far
from events.mail import actions
from events.mail.composing import ComposedMail
from events.mail.sending import deliver_due
from events.mail.smtp import Server, SmtpTransport
from events.mail.transport import Letter
from events.schema import migrate
from tests.mail.letters import a_mail

MAILS, WAITING = 2000, 8000
RATE = {"EVENTS_MAIL_RATE": "1000000"}


@dataclass(frozen=True)
class Sending:
    """Mails a second; `cpu`: milliseconds of the worker's process for one mail of the outbox."""

    bare: float
    outbox: float
    cpu: float
    statements: float


async def measured(name: str, database: AbstractContextManager[dict[str, str]]) -> Sequence[str]:
    """Where; then mails a second bare and from the outbox, their ratio, CPU and statements a mail."""
    with database as settings:
        said = await module("mail", settings={**settings, **RATE})
    assert isinstance(said, dict)
    one = Sending(**said)
    ratio = f"{one.bare / one.outbox:.1f}".replace(".", ",")
    return (name, f"{one.bare:.0f}", f"{one.outbox:.0f}", ratio, f"{one.cpu:.2f}", f"{one.statements:.1f}")


async def main() -> None:
    # The lines of the log are part of the work, but not for the eyes of whoever waits for figures.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    engine: Any = database()  # Piccolo types its engines loosely
    await engine.start_connection_pool()
    try:
        await migrate()
        async with _sink() as port:
            print(json.dumps(asdict(await _measured(SmtpTransport(Server("127.0.0.1", port, "smtp"))))))
    finally:
        await engine.close_connection_pool()


async def _measured(transport: SmtpTransport) -> Sending:
    pattern = a_mail()
    await actions.queue(*(_another(pattern, number) for number in range(MAILS + WAITING)), now=now())
    bare = await _bare(transport, pattern)
    statements, began, cpu, sent = queries_so_far(), time.perf_counter(), time.process_time(), 0
    while sent < MAILS:
        sent += (await deliver_due(transport)).sent
    seconds, cpu, statements = time.perf_counter() - began, time.process_time() - cpu, queries_so_far() - statements
    await transport.close()
    return Sending(bare, sent / seconds, cpu * 1000 / sent, statements / sent)


async def _bare(transport: SmtpTransport, pattern: ComposedMail) -> float:
    letter = Letter(pattern.id, pattern.kind, pattern.sender, pattern.recipient, pattern.content, now())
    began = time.perf_counter()
    for _number in range(MAILS):
        await transport.send(letter)
    return MAILS / (time.perf_counter() - began)


def _another(pattern: ComposedMail, number: int) -> ComposedMail:
    id = uuid4()
    return replace(pattern, id=id, about=f"trial:{number}", message_id=f"<{id}@example.org>")


@asynccontextmanager
async def _sink() -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.mail_sink", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


if __name__ == "__main__":
    uvloop.run(main())
