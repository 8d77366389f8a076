"""The calendar with ten thousand dates against a bare handler with the same bytes: kept, unchanged, and made anew."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import httpx

from bench.load import fire, request
from bench.processes import cost_of
from bench.sites import bare, module, site, sqlite
from tests.servers import Server

DATES = 10_000
FEED = "/kalender.ics"
ROUNDS, EACH = 7, 10
SEARCH = "mehrsprachig"
"""Finds every date, and so does each of its beginnings: calendars of the same size that nobody has asked for yet."""


@dataclass(frozen=True)
class Timed:
    """Milliseconds an answer takes, and how often the bare handler's that is."""

    what: str
    milliseconds: float
    ratio: float

    def row(self) -> Sequence[str]:
        return (self.what, f"{self.milliseconds:.1f}", f"{self.ratio:.2f}")


@dataclass(frozen=True)
class Feeds:
    """`memory` is that of the process afterwards, in megabytes."""

    times: Sequence[Timed]
    megabytes: float
    memory: float


async def measured() -> Feeds:
    """One connection at a time: what somebody waits for who asks for the whole calendar."""
    with sqlite() as settings:
        await module("dates", str(DATES), settings=settings)
        async with site(settings, "--no-worker") as server:
            body = await _body(server)
            async with bare(server, [FEED]) as bare_port:
                least, kept, unchanged, anew = await _rounds(server, bare_port)
            memory = cost_of(server.process.pid).memory / 2**20
    rows = (("nackt", least), ("gemerkt", kept), ("unverändert", unchanged), ("neu", anew))
    return Feeds([Timed(what, spent * 1000, spent / least) for what, spent in rows], len(body) / 1e6, memory)


async def _rounds(server: Server, bare_port: int) -> tuple[float, float, float, float]:
    """Medians in seconds. An unknown word in the query is a page nobody has kept of a calendar that is known."""
    port, found = int(server.address.rpartition(":")[2]), []
    async with httpx.AsyncClient(base_url=server.address) as client:
        for number in range(ROUNDS + 1):
            least = await _each(bare_port, [FEED] * EACH)
            kept = await _each(port, [FEED] * EACH)
            unchanged = await _each(port, [f"{FEED}?anders={number}-{n}" for n in range(EACH)])
            anew = await _time_of(client, f"{FEED}?suche={SEARCH[: len(SEARCH) - number]}")
            if number:  # the first round warms up
                found.append((least, kept, unchanged, anew))
    least, kept, unchanged, anew = (median(one) for one in zip(*found, strict=True))
    return least, kept, unchanged, anew


async def _each(port: int, paths: Sequence[str]) -> float:
    outcome = await fire(port, [request("GET", path, port=port) for path in paths], connections=1)
    if set(outcome.statuses) != {"200"}:
        raise RuntimeError(f"answers by status: {outcome.statuses}")
    return outcome.each


async def _time_of(client: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    (await client.get(path)).raise_for_status()
    return time.perf_counter() - began


async def _body(server: Server) -> bytes:
    async with httpx.AsyncClient(base_url=server.address) as client:
        return (await client.get(FEED)).content
