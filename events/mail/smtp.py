"""Mails to a mail server (RFC 5321) over one connection that is kept between mails."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from events.mail.rules import Stage
from events.mail.transport import Letter, NotDelivered, anonymous

CONNECT_SECONDS = 30
COMMAND_SECONDS = 300
CONTENT_SECONDS = 600
"""RFC 5321 section 4.5.3.2: five minutes for a command, ten after the content; less makes servers deliver twice."""

QUIT_SECONDS = 5
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True)
class Server:
    """Where mails are handed in, and how the line is secured."""

    host: str
    port: int
    security: str  # smtp, smtps or smtp+starttls
    username: str | None = None
    password: str | None = None


def server_from(address: str) -> Server:
    """The server named by `EVENTS_SMTP_URL`, which `settings` has checked."""
    parts = urlsplit(address)
    return Server(
        host=parts.hostname or "localhost",
        port=parts.port or PORTS[parts.scheme],
        security=parts.scheme,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


class SmtpTransport:
    """One talk at a time."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._client: _Client | None = None

    async def send(self, letter: Letter) -> str:
        if self._client is not None and self._client.is_connected:
            try:
                return await self._talk(self._client, letter)
            except NotDelivered as trouble:
                # A kept connection may have been closed long ago: that says nothing about the server.
                if trouble.code not in (None, 421) or trouble.stage is Stage.CONTENT:
                    raise
        return await self._talk(await self._connected(), letter)

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=QUIT_SECONDS)
        client.close()

    async def _connected(self) -> "_Client":
        await self.close()
        client = _Client(self.server)
        with _telling(client):
            await client.connect(timeout=CONNECT_SECONDS)
        self._client = client
        return client

    async def _talk(self, client: "_Client", letter: Letter) -> str:
        client.stage = Stage.SENDER
        try:
            with _telling(client):
                _, reply = await client.sendmail(
                    letter.sender,
                    letter.recipient,
                    letter.content,
                    mail_options=[] if letter.recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"],
                    timeout=COMMAND_SECONDS,
                )
        except BaseException as trouble:
            if not (isinstance(trouble, NotDelivered) and trouble.code and trouble.code != 421):
                self._drop(client)
            raise
        return anonymous(reply)

    def _drop(self, client: "_Client") -> None:
        """Whatever state the talk was left in, the next mail must not continue it."""
        client.close()
        if self._client is client:
            self._client = None


class _Client(aiosmtplib.SMTP):
    """Remembers how far the talk came: `sendmail` alone does not tell a loss before DATA from one after it."""

    def __init__(self, server: Server) -> None:
        self.stage = Stage.CONNECTION
        super().__init__(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.security == "smtps",
            start_tls=server.security == "smtp+starttls",
        )

    async def rcpt(self, *args: Any, **options: Any) -> aiosmtplib.SMTPResponse:
        self.stage = Stage.RECIPIENT
        return await super().rcpt(*args, **options)

    async def data(self, message: str | bytes, /, **options: Any) -> aiosmtplib.SMTPResponse:
        self.stage = Stage.CONTENT
        return await super().data(message, **{**options, "timeout": CONTENT_SECONDS})

    async def rset(self, **options: Any) -> aiosmtplib.SMTPResponse:
        """After a refusal; if the server does not answer, the refusal is still what counts."""
        try:
            return await super().rset(**options)
        except aiosmtplib.SMTPTimeoutError as late:
            self.close()
            raise aiosmtplib.SMTPServerDisconnected(late.message) from late


@contextmanager
def _telling(client: _Client) -> Iterator[None]:
    """Says in our words what went wrong in a talk."""
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as refused:
        refusal = refused.recipients[0]  # the whole has no code
        raise NotDelivered(Stage.RECIPIENT, refusal.code, refusal.message) from refused
    except aiosmtplib.SMTPResponseException as refused:
        code = refused.code if refused.code >= 400 else None
        raise NotDelivered(client.stage, code, refused.message) from refused
    except ValueError as unsafe:  # an address that must not be put on the wire
        raise NotDelivered(Stage.RECIPIENT, 553, "5.1.3 address cannot be sent") from unsafe
    except OSError as lost:
        raise NotDelivered(client.stage, None, str(lost) or type(lost).__name__) from lost
    except aiosmtplib.SMTPException as lacking:
        if client.stage is Stage.CONNECTION:  # no STARTTLS, or no way to sign in: ours to set right
            raise NotDelivered(Stage.CONNECTION, 502, lacking.message) from lacking
        raise NotDelivered(Stage.RECIPIENT, 553, f"5.6.7 {lacking.message}") from lacking  # no SMTPUTF8
