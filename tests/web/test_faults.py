"""When something breaks: what visitors read, what the log keeps, and that neither says too much."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Stream
from structlog.testing import capture_logs

from events.kit.refusals import Gone, Refusal, Refused
from events.web.errors import exception_handlers
from events.web.headers import CONTENT_SECURITY_POLICY
from events.web.origin_guard import same_origin_only
from events.web.wrapper import Site


@get("/kaputt/{token:str}", opt={"kept": True})
async def broken(token: FromPath[str]) -> None:
    raise RuntimeError(f"amira@example.org with {token}")


@post("/voll")
async def full() -> None:
    raise Refused(Refusal("full"), Refusal("unheard_of"))


@get("/alt")
async def withdrawn() -> None:
    raise Gone


@get("/lang")
async def long_download() -> Stream:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"part"

    return Stream(parts)


@post("/abmelden/{token:str}", opt={"cross_origin_ok": True}, status_code=200)
async def unsubscribe(token: FromPath[str]) -> str:
    return token


def _breaks_itself(_request: Request[Any, Any, Any], fault: Exception) -> Any:
    raise fault


@pytest.fixture
def visitor(db: None) -> AsyncClient:
    handlers = [broken, full, withdrawn, long_download, unsubscribe]
    site = Site(
        route_handlers=handlers, exception_handlers=exception_handlers, guards=[same_origin_only], logging_config=None
    )
    return AsyncClient(transport=ASGITransport(site), base_url="http://testserver.local")


async def test_a_fault_of_ours_is_a_page_that_tells_nothing(visitor: AsyncClient) -> None:
    answer = await visitor.get("/kaputt/geheim")
    assert answer.status_code == 500
    assert "Der Fehler liegt bei uns." in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_the_log_names_place_and_route_but_no_person_and_no_token(visitor: AsyncClient) -> None:
    with capture_logs() as lines:
        await visitor.get("/kaputt/geheim?suche=Amira")
    fault, request = lines
    assert (fault["fault"], request["status"], request["path"]) == ("RuntimeError", 500, "/kaputt/{token}")
    assert "test_faults.py" in fault["where"]
    assert not [secret for secret in ("geheim", "mira") if secret in str(lines)]


async def test_a_broken_calendar_is_only_out_of_reach(visitor: AsyncClient) -> None:
    answer = await visitor.get("/kaputt/x.ics")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


async def test_even_a_broken_error_page_is_answered(db: None) -> None:
    site = Site(route_handlers=[broken], exception_handlers={500: _breaks_itself}, logging_config=None)
    async with AsyncClient(transport=ASGITransport(site), base_url="http://testserver.local") as visitor:
        answer = await visitor.get("/kaputt/x")
    assert (answer.status_code, answer.headers["content-security-policy"]) == (500, CONTENT_SECURITY_POLICY)
    assert "Das hat nicht geklappt." in answer.text


async def test_a_refusal_says_why_and_what_now(visitor: AsyncClient) -> None:
    answer = await visitor.post("/voll")
    assert answer.status_code == 409
    for words in (
        "Alle Plätze sind vergeben",
        "Das ist so leider nicht möglich.",
        "Schauen Sie in die Liste",
        "Zurück-Taste",
    ):
        assert words in answer.text


async def test_a_withdrawn_link_is_gone(visitor: AsyncClient) -> None:
    answer = await visitor.get("/alt")
    assert answer.status_code == 410
    assert "Dieser Link gilt nicht mehr" in answer.text


async def test_a_long_download_passes_through_protected(visitor: AsyncClient) -> None:
    whole, head = await visitor.get("/lang"), await visitor.head("/lang")
    assert (whole.content, head.content) == (b"partpartpart", b"")
    assert whole.headers["x-content-type-options"] == "nosniff"


async def test_a_mail_program_may_unsubscribe_from_anywhere(visitor: AsyncClient) -> None:
    foreign = {"origin": "https://mail.example.net", "sec-fetch-site": "cross-site"}
    assert (await visitor.post("/abmelden/x", headers=foreign)).status_code == 200
    assert (await visitor.post("/voll", headers=foreign)).status_code == 403
