"""Real `events serve` and `events worker` processes beside the tests, on the database of the test run."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

EVENTS = Path(sys.executable).with_name("events")
PATIENCE = 30.0  # seconds a server may take to answer


@dataclass
class Server:
    address: str
    process: asyncio.subprocess.Process

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


async def start(*command: str, **settings: str) -> asyncio.subprocess.Process:
    environment = {**os.environ, "EVENTS_SPAM_CHECKS": "off", **settings}
    return await asyncio.create_subprocess_exec(str(EVENTS), *command, env=environment)


async def output_of(*command: str, **settings: str) -> tuple[int, str]:
    """Exit code and everything a command printed."""
    process = await asyncio.create_subprocess_exec(
        str(EVENTS), *command, env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()


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
