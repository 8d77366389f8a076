"""What surrounds every request: headers, HEAD, ETag, size, foreign forms, faults."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from httpx import AsyncClient

from events.web.headers import CONTENT_SECURITY_POLICY
from tests.factories import make_event
from tests.web.conftest import Hand

Outage = Callable[[], AbstractAsyncContextManager[None]]

HTML = {"accept-encoding": "identity"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/gibt-es-nicht", 404),
        ("GET", "/static/gibt-es-nicht.css", 404),
        ("POST", "/", 405),
        ("GET", "/de/kalender", 301),
        ("GET", "/health/live", 200),
        ("GET", "/kalender.ics", 200),
        ("GET", "/favicon.ico", 307),
        ("OPTIONS", "/", 204),
    ],
)
async def test_every_kind_of_answer_is_protected(client: AsyncClient, method: str, path: str, status: int) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


async def test_static_files_and_unchanged_pages_are_protected_too(client: AsyncClient) -> None:
    style = (await client.get("/")).text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    found = await client.get(style)
    unchanged = await client.get("/", headers={"if-none-match": "*"})
    assert (found.status_code, unchanged.status_code) == (200, 304)
    for answer in (found, unchanged):
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_head_answers_like_get_without_a_body(client: AsyncClient) -> None:
    for path in ("/", "/kalender.ics", "/health/ready", "/gibt-es-nicht"):
        whole = await client.get(path, headers=HTML)
        head = await client.head(path, headers=HTML)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head.headers["content-length"] == str(len(whole.content))
        assert head.headers.get("etag") == whole.headers.get("etag")


@pytest.mark.parametrize("known", ["{0}", "W/{0}", '"other", {0}', "*"])
async def test_who_has_a_page_already_is_told_so(client: AsyncClient, known: str) -> None:
    for path in ("/", "/kalender.ics", "/robots.txt"):
        etag = (await client.get(path)).headers["etag"]
        answer = await client.get(path, headers={"if-none-match": known.format(etag)})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
        assert "content-type" not in answer.headers


async def test_who_has_another_page_gets_the_whole_one(client: AsyncClient) -> None:
    assert (await client.get("/", headers={"if-none-match": '"other"'})).status_code == 200
    assert (await client.get("/gibt-es-nicht", headers={"if-none-match": "*"})).status_code == 404


async def test_packed_and_plain_pages_are_the_same_page_under_two_tags(client: AsyncClient) -> None:
    plain = await client.get("/", headers=HTML)
    packed = await client.get("/", headers={"accept-encoding": "gzip"})
    refused = await client.get("/", headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("origin", ["https://example.net", "null", "http://testserver.local.example.net"])
async def test_a_form_on_a_foreign_page_changes_nothing(client: AsyncClient, origin: str) -> None:
    answer = await client.post("/team/anmelden", data={"email": "x"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "fremden Seite" in answer.text


@pytest.mark.parametrize("headers", [{"origin": "http://testserver.local"}, {"sec-fetch-site": "same-origin"}, {}])
async def test_our_own_form_is_taken(client: AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.post("/team/anmelden", data={"email": "x"}, headers=headers)).status_code == 422


async def test_a_form_that_is_too_large_gets_a_page_that_says_so(client: AsyncClient) -> None:
    answer = await client.post("/team/anmelden", data={"email": "x" * 2_100_000})
    assert answer.status_code == 413
    assert "mehr, als wir auf einmal annehmen" in answer.text
    assert "Zurück-Taste" in answer.text


async def test_a_missing_page_says_what_to_do(client: AsyncClient) -> None:
    answer = await client.get("/veranstaltungen/gibt-es-nicht")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert "no-store" in answer.headers["cache-control"]


async def test_a_wrong_method_names_the_right_one(client: AsyncClient) -> None:
    answer = await client.post("/kalender")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


async def test_a_strange_host_gets_a_page_and_no_fault(client: AsyncClient) -> None:
    answer = await client.get("/impressum", headers={"host": "a b<c>", "cookie": "team=x"})
    assert answer.status_code == 400
    assert "<c>" not in answer.text


async def test_without_its_database_the_site_asks_to_come_back_later_and_recovers(
    client: AsyncClient, clock: Hand, without_database: Outage
) -> None:
    async with without_database():
        page = await client.get("/veranstaltungen/irgendeine")
        form = await client.post("/team/anmelden", data={"email": "bernd@example.org", "password": "geheim"})
        live, ready = await client.get("/health/live"), await client.get("/health/ready")
    assert (page.status_code, page.headers["retry-after"], form.status_code) == (503, "30", 503)
    assert "bitte später" in page.text
    assert "Zurück-Taste" in form.text
    assert (live.status_code, ready.status_code) == (200, 503)
    assert "Datenbank" in ready.text
    assert (await client.get("/health/ready")).status_code == 200
    assert (await client.get("/")).status_code == 200


async def test_the_calendar_shows_its_last_good_copy_while_the_database_is_gone(
    client: AsyncClient, clock: Hand, without_database: Outage
) -> None:
    await make_event("Grundkurs")
    before = await client.get("/kalender.ics")
    clock.seconds += 3600
    async with without_database():
        during = await client.get("/kalender.ics")
        other = await client.get("/kalender.ics?stadt=Herten")
    assert (during.status_code, during.content) == (200, before.content)
    assert (other.status_code, other.headers["retry-after"]) == (503, "30")
