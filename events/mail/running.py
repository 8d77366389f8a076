"""The loop that sends mail inside a process for as long as it lives."""

import asyncio
from contextlib import suppress

from events.kit.logs import logger
from events.mail.folder import FolderTransport
from events.mail.sending import Delivered, deliver_due
from events.mail.smtp import SmtpTransport, server_from
from events.mail.transport import Transport
from events.settings import settings

IDLE_SECONDS = 2.0
LONGEST_IDLE_SECONDS = 60.0
GRACE_SECONDS = 10.0
"""How long a stop waits for the talk that is going on; what it cuts off is sent again with the same Message-ID."""

log = logger("events.mail")


def chosen_transport() -> Transport:
    """A mail server if one is set, else the folder `mail` beside the data."""
    address = settings().smtp_url
    return SmtpTransport(server_from(address)) if address else FolderTransport(settings().data / "mail")


async def run(stop: asyncio.Event, transport: Transport | None = None) -> None:
    """Sends until `stop` is set; a database or mail server that is away is asked again ever more rarely."""
    transport = transport or chosen_transport()
    idle = IDLE_SECONDS
    try:
        while not stop.is_set():
            done = await _round(stop, transport)
            idle = min(idle * 2, LONGEST_IDLE_SECONDS) if done.stopped else IDLE_SECONDS
            if done.stopped or not done.any:
                await transport.close()
                await _first_of(stop, seconds=idle)
    finally:
        await transport.close()


async def _round(stop: asyncio.Event, transport: Transport) -> Delivered:
    sending = asyncio.create_task(deliver_due(transport, stop=stop))
    try:
        await _first_of(stop, sending)
        await asyncio.wait([sending], timeout=GRACE_SECONDS)
        if sending.done():
            return sending.result()
    except Exception as error:
        # Only the kind of error: its text may hold what stood in a query.
        log.warning("mail_round_failed", error=type(error).__name__)
    finally:
        sending.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await sending
    return Delivered(stopped=True)


async def _first_of(*awaited: asyncio.Event | asyncio.Task[Delivered], seconds: float | None = None) -> None:
    """Waits until one of these has happened, at most so long; none of the tasks given is cancelled."""
    waiting = [asyncio.create_task(one.wait()) for one in awaited if isinstance(one, asyncio.Event)]
    tasks = [one for one in awaited if isinstance(one, asyncio.Task)]
    try:
        await asyncio.wait([*waiting, *tasks], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
