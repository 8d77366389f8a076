"""A mail server as hostile as they come, a process of its own: `python tests/mail/hostile_server.py TRANSCRIPT SEED`.

It prints its port and writes everything it does to the transcript, a line of JSON each, before it answers.
"""

import asyncio
import hashlib
import json
import random
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

PERMANENT, TEMPORARY, SLOW = 0.05, 0.2, 0.01  # shares of addresses, of answers, of contents
CUTS = (("before", 0.03), ("after", 0.06), ("after_answer", 0.08))
"""Which addresses see their connection cut once: before their mail is taken, after it, after it was answered."""

OK = "250 2.0.0 OK"


class HostileServer:
    """What it knows of addresses; `note` writes a line of the transcript."""

    def __init__(self, note: Callable[..., None], seed: str) -> None:
        self.note, self.seed = note, seed
        self.mood = random.Random(seed)
        self.greylisted: set[str] = set()
        self.cut: set[str] = set()

    def answer(self, address: str) -> str:
        if self._dice(address, "permanent") < PERMANENT:
            return "550 5.1.1 no such user"
        if address not in self.greylisted:
            self.greylisted.add(address)
            return "451 4.7.1 greylisted, try again"
        return "450 4.2.0 mailbox busy" if self.mood.random() < TEMPORARY / 2 else OK

    def way_to_cut(self, address: str) -> str:
        """Empty for most; nobody is cut twice."""
        dice = self._dice(address, "cut")
        way = next((way for way, below in CUTS if dice < below), "")
        if not way or address in self.cut:
            return ""
        self.cut.add(address)
        return way

    def _dice(self, address: str, about: str) -> float:
        return random.Random(f"{self.seed} {about} {address}").random()

    async def talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        talk = _Talk(self, reader, writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await talk.run()
        talk.ended()
        writer.close()


class _Talk:
    def __init__(self, server: HostileServer, reader: StreamReader, writer: StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.address = ""
        self.unheard = ""  # who got a mail after whose answer the client has said nothing yet

    async def run(self) -> None:
        await self._say("220 mail.example.org")
        while line := await self.reader.readline():
            self.unheard = ""
            command, _, rest = line.decode().strip().partition(" ")
            if command == "QUIT":
                return
            if command == "DATA":
                await self._say("354 go on")
                await self._take()
            elif command == "RCPT":
                self.address = rest.partition("<")[2].partition(">")[0]
                await self._answer_recipient()
            else:
                await self._say("250-mail.example.org\r\n250 SIZE 1000000" if command == "EHLO" else OK)

    def ended(self) -> None:
        """A client that vanished right after an answer may not have heard it."""
        if self.unheard:
            self.server.note("vanished", address=self.unheard)

    async def _answer_recipient(self) -> None:
        answer = self.server.answer(self.address)
        self.server.note("answered", address=self.address, code=int(answer[:3]))
        await self._say(answer)

    async def _take(self) -> None:
        if self.server.mood.random() < SLOW:
            await asyncio.sleep(0.2)
        content = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        if self.server.mood.random() < TEMPORARY / 2:
            await self._say("451 4.3.0 out of order")
            return
        way = self.server.way_to_cut(self.address)
        if way != "before":
            self.unheard = self.address
            self.server.note("taken", address=self.address, way=way, sha=hashlib.sha256(content).hexdigest())
        if way in ("", "after_answer"):
            await self._say(OK)
        if way:
            self.server.note("cut", address=self.address, way=way)
            self.unheard = ""
            self.writer.transport.abort()
            raise ConnectionResetError

    async def _say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()


def _writing_to(transcript: TextIO) -> Callable[..., None]:
    def note(event: str, **facts: object) -> None:
        print(json.dumps({"event": event, **facts}), file=transcript, flush=True)

    return note


async def main(path: str, seed: str) -> None:
    with open(path, "a", encoding="utf-8") as transcript:  # noqa: ASYNC230 - before anybody can connect
        hostile = HostileServer(_writing_to(transcript), seed)
        server = await asyncio.start_server(hostile.talk, "127.0.0.1", 0, limit=2**20)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
