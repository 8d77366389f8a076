"""Asks our mail server how it stands, without sending anything: who it is, how it encrypts, whether it lets us in."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

import aiosmtplib

from events.mail.smtp import Server
from events.mail.transport import anonymous

SECONDS = 3.0
TROUBLES = (OSError, TimeoutError, aiosmtplib.SMTPException, ValueError)


@dataclass(frozen=True)
class ServerFacts:
    """`let_in` is None when no user name is set; `trouble` is what went wrong in the server's or the system's words."""

    answers: bool = False
    encrypted: bool = False
    can_encrypt: bool = False
    ways_in: tuple[str, ...] = ()
    let_in: bool | None = None
    trouble: str = ""


async def probe(server: Server, seconds: float = SECONDS) -> ServerFacts:
    """Never fails; connecting and signing in may each take so long."""
    client = aiosmtplib.SMTP(
        hostname=server.host, port=server.port, use_tls=server.security == "smtps", start_tls=False, timeout=seconds
    )
    try:
        async with asyncio.timeout(seconds):
            await client.connect()
            await client.ehlo()
    except TROUBLES as error:
        client.close()
        return ServerFacts(trouble=_words(error))
    facts = ServerFacts(True, server.security == "smtps", client.supports_extension("starttls"))
    facts = await _inside(client, server, facts, seconds)
    with suppress(*TROUBLES):
        await client.quit(timeout=1)
    client.close()
    return facts


async def _inside(client: aiosmtplib.SMTP, server: Server, facts: ServerFacts, seconds: float) -> ServerFacts:
    try:
        async with asyncio.timeout(seconds):
            if server.security == "smtp+starttls":
                await client.starttls()
                await client.ehlo()
                facts = replace(facts, encrypted=True)
            facts = replace(facts, ways_in=tuple(client.server_auth_methods))
            if server.username is not None:
                facts = replace(facts, let_in=False)
                await client.login(server.username, server.password or "")
                facts = replace(facts, let_in=True)
    except TROUBLES as error:
        facts = replace(facts, trouble=_words(error))
    return facts


def _words(error: BaseException) -> str:
    code = getattr(error, "code", "")
    return anonymous(f"{code} {getattr(error, 'message', '') or str(error) or type(error).__name__}")
