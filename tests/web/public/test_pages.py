"""Obligatory pages, and what browsers, robots and operators look for by themselves."""

import pytest
from httpx import AsyncClient
from litestar.routes import HTTPRoute

from events.web.wrapper import Site


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/impressum", "Impressum"),
        ("/datenschutz", "Datenschutz"),
        ("/barrierefreiheit", "Barrierefreiheit"),
        ("/einfache-sprache", "Einfache"),
    ],
)
async def test_the_obligatory_pages_are_there(client: AsyncClient, path: str, title: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    heading = answer.text.partition("<h1")[2].partition("</h1>")[0]
    assert title in heading
    assert "{" not in answer.text.partition("<main")[2].partition("</main>")[0]


async def test_robots_stay_out_of_personal_pages(client: AsyncClient, site: Site) -> None:
    rules = (await client.get("/robots.txt")).text
    closed = [line.removeprefix("Disallow: ") for line in rules.splitlines() if line.startswith("Disallow: ")]
    assert "Disallow: /\n" not in rules and "/team/" in closed
    for path in {route.path for route in site.routes if isinstance(route, HTTPRoute) and "{token:" in route.path}:
        assert any(path.startswith(one) for one in closed), path
        assert path.startswith("/team/") or any(f"/tr{path}".startswith(one) for one in closed), path
    assert not any("/veranstaltungen/".startswith(one) for one in closed)


async def test_the_icon_browsers_ask_for_is_found(client: AsyncClient) -> None:
    answer = await client.get("/favicon.ico", follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "image/svg+xml")


async def test_a_healthy_site_says_so(client: AsyncClient) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = await client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
