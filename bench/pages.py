"""Pages and the feed against a bare handler: kept ones, and ones rendered anew for every request."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import httpx

from bench import weight
from bench.load import fire, request
from bench.processes import cost_of
from bench.sites import bare, demo, site, sqlite
from tests.servers import Server

ROUNDS, KEPT, RENDERED = 5, 1500, 100
LINK = re.compile(r'href="(/veranstaltungen/[^"/]+)"')


@dataclass
class Timed:
    """Milliseconds from answer to answer, one figure a round."""

    name: str
    bare: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    rendered: list[float] = field(default_factory=list)

    def row(self) -> Sequence[str]:
        least, kept, rendered = median(self.bare), median(self.kept), median(self.rendered)
        ratios = (f"{kept / least:.2f}", f"{rendered / least:.1f}")
        return (self.name, f"{least:.3f}", f"{kept:.3f}", f"{rendered:.2f}", *ratios)


@dataclass(frozen=True)
class Pages:
    """`weight` and `memory` are rows of tables."""

    times: Sequence[Timed]
    weight: Sequence[tuple[str, str]]
    memory: Sequence[tuple[str, str]]


async def measured() -> Pages:
    """On the demo's programme, with the clock work inside as `events serve` runs it."""
    with sqlite() as settings:
        await demo(settings)
        async with site(settings) as server:
            weighed, at_rest = await weight.measured(server, "/"), _megabytes(server)
            wanted = {"Liste": "/", "Veranstaltung": await _an_event(server), "Kalender (ICS)": "/kalender.ics"}
            async with bare(server, list(wanted.values())) as port:
                times = [await _timed(name, path, server, port) for name, path in wanted.items()]
            return Pages(times, weighed, [("nach dem Start", at_rest), ("nach allen Seiten", _megabytes(server))])


def _megabytes(server: Server) -> str:
    return f"{cost_of(server.process.pid).memory / 2**20:.0f}"


async def _an_event(server: Server) -> str:
    """The first one of the list."""
    async with httpx.AsyncClient(base_url=server.address) as client:
        found = LINK.search((await client.get("/")).text)
    if found is None:
        raise RuntimeError("the list shows no event")
    return found.group(1)


async def _timed(name: str, path: str, server: Server, bare_port: int) -> Timed:
    """The three take turns, so that whatever else the machine does hits all of them."""
    times, port = Timed(name), int(server.address.rpartition(":")[2])
    for number in range(ROUNDS + 1):
        # An unknown word in the query makes each address another one.
        others = [request("GET", f"{path}?anders={number}-{n}", port=port) for n in range(RENDERED)]
        least = await _each(bare_port, [request("GET", path, port=bare_port)] * KEPT)
        kept = await _each(port, [request("GET", path, port=port)] * KEPT)
        rendered = await _each(port, others)
        if number:  # the first round warms up
            times.bare.append(least)
            times.kept.append(kept)
            times.rendered.append(rendered)
    return times


async def _each(port: int, requests: Sequence[str]) -> float:
    outcome = await fire(port, requests)
    if set(outcome.statuses) != {"200"}:
        raise RuntimeError(f"answers by status: {outcome.statuses}")
    return outcome.each * 1000
