"""A real mail server on a port of its own that behaves as badly as it is told to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from events.mail.smtp import Server, SmtpTransport
from tests.mail.letters import parsed


@dataclass
class Behaviour:
    """What the server answers; `accepted` are the contents it took, in order."""

    sender: str = "250 OK"
    recipients: dict[str, list[str]] = field(default_factory=dict)  # answers in turn; then 250
    content: str = "250 2.0.0 queued"
    contents: dict[str, str] = field(default_factory=dict)  # the same for one address
    drop_after_content: int = 0  # so many times it takes the mail and hangs up without a word
    on_content: Callable[[], Awaitable[None]] | None = None
    on_recipient: Callable[[], Awaitable[None]] | None = None
    accepted: list[bytes] = field(default_factory=list)
    sessions: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names, here and below
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.sender.startswith("250"):
            envelope.mail_from = address
        return self.sender

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.on_recipient is not None:
            await self.on_recipient()
        answers = self.recipients.get(address)
        answer = answers.pop(0) if answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.on_content is not None:
            await self.on_content()
        answer = self.contents.get(envelope.rcpt_tos[0], self.content)
        if answer.startswith("250"):
            assert isinstance(envelope.original_content, bytes)
            self.accepted.append(envelope.original_content)
        if self.drop_after_content:
            self.drop_after_content -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    @property
    def message_ids(self) -> list[str]:
        return [parsed(content)["Message-ID"] for content in self.accepted]


@dataclass
class Listening:
    port: int
    behaviour: Behaviour

    def transport(self) -> SmtpTransport:
        return SmtpTransport(Server("127.0.0.1", self.port, "smtp"))


@asynccontextmanager
async def mail_server(behaviour: Behaviour | None = None, **options: Any) -> AsyncIterator[Listening]:
    """`options` go to aiosmtpd, such as `enable_SMTPUTF8`."""
    behaviour = behaviour or Behaviour()
    loop = asyncio.get_running_loop()
    talks: list[SMTP] = []

    def talk() -> SMTP:
        talks.append(SMTP(behaviour, hostname="mail.example.org", loop=loop, **options))
        return talks[-1]

    server = await loop.create_server(talk, "127.0.0.1", 0)
    try:
        yield Listening(server.sockets[0].getsockname()[1], behaviour)
    finally:
        server.close()
        for one in talks:
            if one.transport is not None:
                one.transport.close()
        await server.wait_closed()


async def unused_port() -> int:
    """A port where nobody listens any more."""
    async with mail_server() as listening:
        return listening.port
