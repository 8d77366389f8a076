"""A mail server that takes everything at once and keeps nothing: `python -m bench.mail_sink` prints its port."""

import asyncio
from typing import cast

import uvloop

END = b"\r\n.\r\n"
ANSWERS = {b"EHLO": b"250-mail.example.org\r\n250 SIZE 33554432\r\n", b"DATA": b"354 go on\r\n"}


class Sink(asyncio.Protocol):
    def __init__(self) -> None:
        self._heard, self._in_content = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._transport.write(b"220 mail.example.org\r\n")

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(ending := END if self._in_content else b"\r\n")) >= 0:
            command, self._heard = self._heard[:4], self._heard[end + len(ending) :]
            answer = b"250 OK\r\n" if self._in_content else ANSWERS.get(command, b"250 OK\r\n")
            self._in_content = command == b"DATA" and not self._in_content
            self._transport.write(answer)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
