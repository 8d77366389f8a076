"""The page of a series."""

from datetime import timedelta

from httpx import AsyncClient

from events.kit.database import queries_so_far
from events.web.wrapper import Site
from tests.factories import make_event, make_series


async def test_a_series_shows_what_comes_and_what_was(client: AsyncClient) -> None:
    series = await make_series("Lebenskunde", summary={"de": "Vier Abende."})
    await make_event("Abend zwei", series=series)
    await make_event("Abend eins", series=series, starts_in=timedelta(days=-7))
    await make_event("Entwurf", series=series, published=False)
    page = (await client.get("/reihen/lebenskunde")).text
    for words in ("Lebenskunde", "Vier Abende.", "Abend zwei", "Vergangene Veranstaltungen", "Abend eins"):
        assert words in page
    assert "Entwurf" not in page
    assert 'href="/reihen/lebenskunde/anmeldung"' in page


async def test_a_series_without_anything_to_come_offers_no_sign_up(client: AsyncClient) -> None:
    await make_series("Lebenskunde")
    page = (await client.get("/reihen/lebenskunde")).text
    assert "Zurzeit ist in dieser Reihe nichts geplant." in page
    assert '/anmeldung"' not in page.partition("<main")[2].partition("</main>")[0]


async def test_a_series_that_is_not_published_is_not_found(client: AsyncClient) -> None:
    await make_series("Geplant", published=False)
    assert (await client.get("/reihen/geplant")).status_code == 404


async def test_many_events_cost_no_more_queries_than_one(client: AsyncClient, site: Site) -> None:
    async def queries() -> int:
        site.kept_pages.clear()
        before = queries_so_far()
        await client.get("/reihen/lebenskunde")
        return queries_so_far() - before

    series = await make_series("Lebenskunde")
    await make_event(series=series)
    await queries()
    with_one = await queries()
    for number in range(29):
        await make_event(f"Abend {number}", series=series)
    assert await queries() == with_one
