"""The asking side, a process of its own: sends prepared requests over a few kept connections and counts the answers.

`python -m bench.load` reads an `Assault` as JSON and prints an `Outcome`; `fire` starts it.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import uvloop

CONNECTIONS = 8
END_OF_HEAD, LENGTH = b"\r\n\r\n", b"\r\ncontent-length: "


@dataclass(frozen=True)
class Assault:
    port: int
    requests: Sequence[str]
    connections: int = CONNECTIONS


@dataclass(frozen=True)
class Outcome:
    """`statuses` counts the answers by status."""

    seconds: float
    statuses: dict[str, int]

    @property
    def each(self) -> float:
        """Seconds from answer to answer."""
        return self.seconds / sum(self.statuses.values())


async def fire(port: int, requests: Sequence[str], connections: int = CONNECTIONS) -> Outcome:
    """Raises RuntimeError when the asking side fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    told = json.dumps(asdict(Assault(port, requests, connections))).encode()
    printed, _ = await process.communicate(told)
    if process.returncode:
        raise RuntimeError("the asking side failed")
    return Outcome(**json.loads(printed))


def request(method: str, path: str, *, port: int, headers: str = "", body: str = "") -> str:
    """As a browser sends it, packed answers included. `headers` are whole lines."""
    length = f"Content-Length: {len(body.encode())}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n"
    return f"{head}{headers}{length}\r\n{body}"


class Visitor(asyncio.Protocol):
    """One connection: asks, takes the whole answer, asks again until nothing is left."""

    def __init__(self, left: deque[bytes], statuses: Counter[str]) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self._left, self._statuses = left, statuses
        self._answer = bytearray()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # TCP connections can be written to
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(END_OF_HEAD)
        if head < 0 or len(self._answer) < head + len(END_OF_HEAD) + self._length(head):
            return
        self._statuses[self._answer[9:12].decode()] += 1
        self._answer.clear()
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server hung up"))

    def _length(self, head: int) -> int:
        start = self._answer.find(LENGTH, 0, head)
        return int(self._answer[start + len(LENGTH) : self._answer.find(b"\r", start + 2)])

    def _ask(self) -> None:
        assert self._transport is not None
        if self._left:
            self._transport.write(self._left.popleft())
        else:
            self.done.set_result(None)
            self._transport.close()


async def send(assault: Assault) -> Outcome:
    left = deque(one.encode() for one in assault.requests)
    statuses: Counter[str] = Counter()
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    visitors = [
        (await loop.create_connection(lambda: Visitor(left, statuses), "127.0.0.1", assault.port))[1]
        for _ in range(min(assault.connections, len(left)))
    ]
    await asyncio.gather(*(visitor.done for visitor in visitors))
    return Outcome(time.perf_counter() - began, dict(statuses))


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(send(Assault(**json.load(sys.stdin)))))))
