import pytest

from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.markdown import as_html
from events.kit.translation import LANGUAGES
from events.office.actions import set_cities, set_fact, set_office, set_page
from events.office.default_pages import SLUGS
from events.office.queries import cities, fact, office, page
from events.office.tables import Office
from events.office.views import OfficeView
from tests.programme.offers import BERND, LATER, NOW

OURS = OfficeView("KI Kreis Unna", "Kreis Unna", "Ring 1", "59423 Unna", "02303 000000", "ki-unna@example.org")


async def test_the_office_has_a_name_before_it_says_so_and_its_own_after(db: None) -> None:
    assert (await office()).name == "Kommunales Integrationszentrum Kreis Recklinghausen"
    await set_office(OURS, by=BERND, now=NOW)
    await set_office(OURS, by=BERND, now=LATER)
    assert await office() == OURS
    assert await Office.count() == 1
    assert await HistoryEntry.count().where(HistoryEntry.verb == "edited") == 2


@pytest.mark.parametrize("slug", SLUGS)
async def test_every_obligatory_page_is_there_in_every_language(db: None, slug: str) -> None:
    await set_office(OURS, by=BERND, now=NOW)
    found = await page(slug)
    assert found is not None
    assert set(found.title) == set(found.body) == set(LANGUAGES)
    assert len(set(found.title.values())) == len(LANGUAGES)
    for body in found.body.values():
        assert "ki-unna@example.org" in body and "{" not in body
        assert "<h3>" in as_html(body) and "mailto:ki-unna@example.org" in as_html(body)


async def test_the_office_replaces_a_page_and_unknown_ones_are_not_there(db: None) -> None:
    await set_page("impressum", {"de": "Wer wir sind"}, {"de": "Text"}, by=BERND, now=NOW)
    await set_page("impressum", {"de": "Wer wir sind"}, {"de": "Neuer Text"}, by=BERND, now=LATER)
    found = await page("impressum")
    assert found is not None and (found.title, found.body) == ({"de": "Wer wir sind"}, {"de": "Neuer Text"})
    assert await page("nie") is None
    assert await page("../texts/impressum") is None


async def test_cities_come_in_the_order_of_the_office_and_are_replaced_as_a_whole(db: None) -> None:
    assert await cities() == ()
    await set_cities(["Recklinghausen", "Herten", " Herten ", ""], by=BERND, now=NOW)
    assert await cities() == ("Recklinghausen", "Herten")
    await set_cities(["Datteln"], by=SYSTEM, now=LATER)
    assert await cities() == ("Datteln",)


async def test_a_fact_is_remembered_and_replaced(db: None) -> None:
    assert await fact("demo_since") is None
    await set_fact("demo_since", "2026-11-02")
    await set_fact("demo_since", "2026-11-03")
    assert await fact("demo_since") == "2026-11-03"
