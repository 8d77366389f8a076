"""Figures for monitoring: for whoever has the token, without a person in them, of all processes together."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest
from httpx import AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from events.settings import settings
from tests.factories import make_event
from tests.servers import PATIENCE, Server, serving, start

TOKEN = "nur-zum-Messen"
ASKED = {"Authorization": f"Bearer {TOKEN}"}


async def test_without_the_setting_there_is_nothing(client: AsyncClient) -> None:
    assert (await client.get("/metrics", headers=ASKED)).status_code == 404


async def test_whoever_has_the_token_reads_what_all_processes_did(db: None) -> None:
    event = await make_event("Geheimes Thema")
    await register(SignUp((event.id,), (Person(given_name="Amira"),), "amira@example.org"), by=SYSTEM, now=now())
    async with serving("--no-worker", EVENTS_METRICS_TOKEN=TOKEN) as server:
        worker = Server("", await start("worker", EVENTS_METRICS_TOKEN=TOKEN))
        async with httpx.AsyncClient(base_url=server.address) as client:
            for path in (f"/veranstaltungen/{event.slug}/anmeldung", "/anmeldung/abc", "/gibt-es-nicht", "/", "/"):
                await client.get(path)
            assert (await client.get("/metrics")).status_code == 401
            assert (await client.get("/metrics", headers={"Authorization": "Bearer falsch"})).status_code == 401
            text = await _with_job_runs(client)
        await worker.stop()
    assert _value(text, "teilnahme_requests_total", path="/veranstaltungen/{slug}/anmeldung", status="200") == 1
    assert _value(text, "teilnahme_requests_total", path="(unknown)", status="404") == 1
    assert _value(text, "teilnahme_kept_total") == 1
    assert _value(text, "teilnahme_registrations", status="unconfirmed") == 1
    assert _value(text, "teilnahme_database_up") == 1
    assert _value(text, "teilnahme_request_seconds_count", path="(unknown)") == 1
    assert not re.search(f"amira|example.org|geheim|{event.slug}|abc", text, re.IGNORECASE)


async def test_a_database_that_is_away_is_said(
    client: AsyncClient, asked_for: None, without_database: Callable[[], AbstractAsyncContextManager[None]]
) -> None:
    here = (await client.get("/metrics", headers=ASKED)).text
    assert _value(here, "teilnahme_database_up") == 1 and _value(here, "teilnahme_mails", state="queued") == 0
    async with without_database():
        away = (await client.get("/metrics", headers=ASKED)).text
    assert _value(away, "teilnahme_database_up") == 0 and "teilnahme_mails" not in away


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EVENTS_METRICS_TOKEN", TOKEN)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


async def _with_job_runs(client: httpx.AsyncClient) -> str:
    """The worker, another process, writes what it counted now and then."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        text = (await client.get("/metrics", headers=ASKED)).text
        if 'job="run_due"' in text:
            return text
        await asyncio.sleep(0.05)
    raise AssertionError("the worker never told")


def _value(text: str, name: str, **labels: str) -> float:
    """The one sample of that name with these labels, perhaps among others."""
    found = [
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    ]
    assert len(found) == 1, (name, labels, found)
    return found[0]
