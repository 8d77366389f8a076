"""Real `events serve` and `events worker` processes beside the tests, on the database of the test run."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import ready_made

EVENTS = Path(sys.executable).with_name("events")
PATIENCE = 30.0  # seconds a server may take to answer


class Process:
    """One that was forked, with what asyncio's own processes offer."""

    def __init__(self, pid: int, news: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = asyncio.create_task(self._ended(news))

    async def wait(self) -> int:
        return await asyncio.shield(self._end)

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    async def _ended(self, news: asyncio.StreamReader) -> int:
        self.returncode = int(await news.readline())
        return self.returncode


@dataclass
class Server:
    address: str
    process: Process | asyncio.subprocess.Process

    async def kill(self) -> None:
        """As if the plug was pulled."""
        if self.process.returncode is None:
            os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()


@asynccontextmanager
async def serving(*options: str, at_its_address: bool = False, **settings: str) -> AsyncIterator[Server]:
    """One server on a free port; stopped at the end unless it was killed.

    `at_its_address`: links in mails and feeds lead to it, not to the address of the test run.
    """
    port = free_port()
    if at_its_address:
        settings["EVENTS_BASE_URL"] = f"http://127.0.0.1:{port}"
    process = await start("serve", "--port", str(port), *options, **settings)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        await ready(server)
        yield server
    finally:
        await server.stop()


async def start(*command: str, **settings: str) -> Process:
    """`events command…`, left to itself."""
    return await forked("events.cli:main", *command, environment={"EVENTS_SPAM_CHECKS": "off", **settings})


async def output_of(*command: str, **settings: str) -> tuple[int, str]:
    """Exit code and everything a command printed."""
    return await printed_by("events.cli:main", *command, environment=settings)


async def printed_by(
    program: str, *command: str, environment: Mapping[str, str], typed: bytes = b""
) -> tuple[int, str]:
    """Exit code and everything a program ("module:function") printed that was given `typed`."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        given.write(typed)
        given.seek(0)
        files = (given.fileno(), printed.fileno(), printed.fileno())
        process = await forked(program, *command, environment=environment, files=files)
        code = await process.wait()
        printed.seek(0)
        return code, printed.read().decode()


async def forked(
    program: str, *command: str, environment: Mapping[str, str], files: tuple[int, int, int] = (0, 1, 2)
) -> Process:
    """A process of its own whose environment is that of the tests with `environment` on top."""
    reading, writing = os.pipe()
    try:
        ready_made.begin(program, *command, environment={**os.environ, **environment}, files=files, news=writing)
    finally:
        os.close(writing)
    news = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(news), os.fdopen(reading, "rb")
    )
    return Process(int(await news.readline()), news)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def ready(server: Server) -> None:
    """Waits until it answers. Raises RuntimeError when it ends or takes too long."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    async with httpx.AsyncClient(base_url=server.address) as client:
        while asyncio.get_running_loop().time() < deadline:
            if server.process.returncode is not None:
                raise RuntimeError("the server ended by itself")
            try:
                if (await client.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise RuntimeError("the server never answered")
