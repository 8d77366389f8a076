"""Sign-ups over HTTP with the spam checks on, on one event at a time: how many a second, and what one costs."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

import httpx

from bench.load import fire, request
from bench.processes import cost_of
from bench.sites import module, site
from tests.servers import Server

ROUNDS, EACH = 4, 250
TOO_FAST = 1.2  # seconds; who sends a form earlier is taken for a program
RENDERED = re.compile(r'name="rendered" value="([^"]+)"')


@dataclass(frozen=True)
class SignUps:
    """Medians of the rounds. `cpu`: milliseconds of the server process for one; `memory`: bytes, afterwards."""

    database: str
    a_second: float
    cpu: float
    memory: int

    def row(self) -> Sequence[str]:
        return (self.database, f"{self.a_second:.0f}", f"{self.cpu:.1f}", f"{self.memory / 2**20:.0f}")


async def measured(name: str, database: AbstractContextManager[dict[str, str]]) -> SignUps:
    """Without the worker beside it, whose sending would be counted too."""
    with database as settings:
        slugs = await module("stock", str(ROUNDS + 1), settings=settings)
        assert isinstance(slugs, list)
        on = {**settings, "EVENTS_SPAM_CHECKS": "on", "EVENTS_TRUSTED_PROXIES": "127.0.0.1"}
        async with site(on, "--no-worker") as server:
            speeds, costs = [], []
            for slug in slugs:
                seconds, cpu = await _round(server, slug)
                speeds.append(EACH / seconds)
                costs.append(cpu * 1000 / EACH)
            memory = cost_of(server.process.pid).memory
            return SignUps(name, median(speeds[1:]), median(costs[1:]), memory)  # the first round warms up


async def _round(server: Server, slug: str) -> tuple[float, float]:
    """Seconds it took, and seconds of the server's CPU."""
    port, path = int(server.address.rpartition(":")[2]), f"/veranstaltungen/{slug}/anmeldung"
    rendered = await _rendered(server, path)
    await asyncio.sleep(TOO_FAST)
    forms = [_form(port, path, rendered, slug, number) for number in range(EACH)]
    before = cost_of(server.process.pid).cpu
    outcome = await fire(port, forms)
    if set(outcome.statuses) != {"303"}:
        raise RuntimeError(f"answers by status: {outcome.statuses}")
    return outcome.seconds, cost_of(server.process.pid).cpu - before


async def _rendered(server: Server, path: str) -> str:
    async with httpx.AsyncClient(base_url=server.address) as client:
        found = RENDERED.search((await client.get(path)).text)
    if found is None:
        raise RuntimeError("the form does not say when it was rendered")
    return found.group(1)


def _form(port: int, path: str, rendered: str, slug: str, number: int) -> str:
    """Everybody has an address of their own, of mail as of network."""
    typed = {
        "given_name": "Gast", "family_name": str(number), "email": f"gast{number}-{slug}@example.org", "party": "1",
        "consent": "on", "submission": f"{slug}-{number}", "rendered": rendered, "website": "",
    }  # fmt: skip
    lines = (
        "Content-Type: application/x-www-form-urlencoded",
        f"X-Forwarded-For: 10.{number // 250}.{number % 250}.7",
    )
    headers = "".join(f"{line}\r\n" for line in lines)
    return request("POST", path, port=port, headers=headers, body=urlencode(typed))
