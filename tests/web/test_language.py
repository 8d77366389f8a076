"""The path alone decides the language; the browser's preference is only offered."""

import pytest
from httpx import AsyncClient

from events.web.language import address_without_source, asked_language, preferred_language


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("de", "/")),
        ("/en", ("en", "/")),
        ("/ar/kalender", ("ar", "/kalender")),
        ("/fr/kalender", ("de", "/fr/kalender")),
        ("/english", ("de", "/english")),
        ("/en/team/", ("de", "/en/team/")),
        ("/tr/static/app.css", ("de", "/tr/static/app.css")),
    ],
)
def test_the_first_part_of_the_path_is_the_language(path: str, expected: tuple[str, str]) -> None:
    assert asked_language(path) == expected


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/de", b"", "/"),
        ("/de/kalender", b"stadt=Marl", "/kalender?stadt=Marl"),
        ("/de//example.net/", b"", "/example.net/"),
        ("/de/\\example.net", b"", "/%5Cexample.net"),
        ("/de/a\r\nb", b"", "/a%0D%0Ab"),
        ("/deutsch", b"", None),
        ("/en/de", b"", None),
    ],
)
def test_german_has_no_prefix_and_nothing_leads_elsewhere(path: str, query: bytes, expected: str | None) -> None:
    assert address_without_source(path, query) == expected


@pytest.mark.parametrize(
    ("said", "liked"),
    [
        (b"", None),
        (b"fr-FR,fr", None),
        (b"tr-TR,tr;q=0.9,de;q=0.8", "tr"),
        (b"fr, en;q=0.5, ar;q=0.7", "ar"),
        (b"en;q=0, de", "de"),
        (b"en;q=x", None),
        (b"*", None),
        (b"x," * 1000 + b"tr", None),
    ],
)
def test_the_best_liked_of_our_languages(said: bytes, liked: str | None) -> None:
    assert preferred_language(said) == liked


async def test_every_language_has_its_own_pages(client: AsyncClient) -> None:
    for code, direction in (("en", "ltr"), ("tr", "ltr"), ("ar", "rtl")):
        for path in ("/", "/kalender", "/impressum"):
            page = await client.get(f"/{code}{path}")
            assert page.status_code == 200
            assert f'<html lang="{code}" dir="{direction}">' in page.text
            assert f'href="/{code}/kalender"' in page.text


async def test_german_pages_and_unknown_languages(client: AsyncClient) -> None:
    moved = await client.get("/de/kalender?stadt=Marl")
    assert (moved.status_code, moved.headers["location"]) == (301, "/kalender?stadt=Marl")
    assert (await client.get("/fr/")).status_code == 404
    assert (await client.get("/en/team/anmelden")).status_code == 404


async def test_the_menu_of_languages_keeps_page_and_filters(client: AsyncClient) -> None:
    page = (await client.get("/kalender?stadt=Marl")).text
    assert 'href="/tr/kalender?stadt=Marl"' in page


async def test_the_browsers_language_is_offered_not_forced(client: AsyncClient) -> None:
    page = await client.get("/", headers={"accept-language": "en-GB,de;q=0.5"})
    assert '<html lang="de"' in page.text
    offer = page.text.partition('class="offer"')[2].partition("</a>")[0]
    assert 'href="/en/"' in offer
    assert "accept-language" in page.headers["vary"]
