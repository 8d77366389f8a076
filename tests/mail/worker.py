"""A worker in a process of its own: given a port, `main` sends what is due there and says how much it sent."""

import asyncio
import sys

from events.mail.sending import deliver_due
from events.mail.smtp import Server, SmtpTransport
from piccolo_conf import DB


def main() -> None:
    asyncio.run(_work(int(sys.argv[1])))


async def _work(port: int) -> None:
    await DB.start_connection_pool()
    transport = SmtpTransport(Server("127.0.0.1", port, "smtp"))
    sent = 0
    while (done := await deliver_due(transport)).sent:
        sent += done.sent
    await transport.close()
    await DB.close_connection_pool()
    print(sent)
