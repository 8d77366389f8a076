"""Built files as browsers get them."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from events.web.static_files import NotBuilt, asset_address, handlers, read_built, static_files


@pytest_asyncio.fixture(loop_scope="session")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=Litestar([*handlers]))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver.local") as made:
        yield made


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None), ("", None)],
)
async def test_text_comes_in_the_best_packing_the_browser_takes(
    client: httpx.AsyncClient, accepts: str, encoding: str | None
) -> None:
    async with client.stream("GET", asset_address("app.css"), headers={"Accept-Encoding": accepts}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](raw)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-length"] == str(len(raw))
    assert unpacked == static_files().files[asset_address("app.css").rpartition("/")[2]].body


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("app.css", "text/css; charset=utf-8"),
        ("share.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("fira-sans-400-latin.woff2", "font/woff2"),
    ],
)
async def test_files_have_their_type_and_are_kept_for_a_year(
    client: httpx.AsyncClient, name: str, media_type: str
) -> None:
    answer = await client.get(asset_address(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_fonts_are_not_packed_twice(client: httpx.AsyncClient) -> None:
    answer = await client.get(asset_address("fira-sans-400-latin.woff2"), headers={"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("name", ["app.css", "manifest.json", "stamp", "..%2f..%2fapp.css", "app.0000000000.css"])
async def test_nothing_else_of_the_folder_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/static/{name}")).status_code == 404


def test_a_missing_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="make setup"):
        read_built(tmp_path)


def test_a_build_with_a_lost_file_is_no_build(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"app.css": "app.1.css"}), encoding="utf-8")
    with pytest.raises(NotBuilt):
        read_built(tmp_path)
