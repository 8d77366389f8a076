"""What cannot be done says why and what to do instead; each page is one that everybody can read."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import SOONEST, Site
from tests.browser.visitors import fill_in, phone, send

pytestmark = pytest.mark.browser

CALLED_OFF = "gesundheit-und-fruehes-altern"
FULL = "rucksack-kita-grundschulung"
FOR_GROUPS = "pflege-zu-hause-wer-hilft-uns"
LONG_AGO = "demokratie-zukunftswerkstatt-neue-medien"
A_TOKEN = "A" * 43


async def opened(page: Page, address: str) -> int:
    answer = await page.goto(address)
    assert answer is not None
    return answer.status


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (f"/veranstaltungen/{CALLED_OFF}/anmeldung", 409, "Diese Veranstaltung ist abgesagt."),
        (f"/veranstaltungen/{LONG_AGO}/anmeldung", 409, "Zu den Veranstaltungen"),
        (f"/anmeldung/{A_TOKEN}", 404, "Adresse nicht vollständig"),
        (f"/veranstaltungen/{SOONEST}/anmeldung/eingang/{A_TOKEN}", 404, "Adresse nicht vollständig"),
        ("/reihen/gibt-es-nicht", 404, "Adresse nicht vollständig"),
    ],
)
async def test_what_cannot_be_opened_says_why(site: Site, browser: Browser, path: str, status: int, words: str) -> None:
    async with phone(browser, scripts=True) as page:
        assert await opened(page, site.address + path) == status
        assert words in await page.inner_text("main")
        assert await page.locator("main form").count() == 0
        await expect(page.locator("a[href^='tel:']")).to_have_count(1)
        assert await violations(page) == []


async def test_a_past_event_is_still_told_of_but_takes_nobody(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        assert await opened(page, f"{site.address}/veranstaltungen/{LONG_AGO}") == 200
        assert await page.locator("main a[href$='/anmeldung']").count() == 0
        assert await violations(page) == []


async def test_who_signs_up_for_a_full_event_knows_of_the_waiting_list_before(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/veranstaltungen/{FULL}")
        await page.click("main a:has-text('Auf die Warteliste')")
        assert "Zurzeit sind alle Plätze vergeben." in await page.inner_text("main")
        assert await violations(page) == []
        await fill_in(page, "Wanda", "waiting@example.org")
        await send(page)
        assert "/anmeldung/eingang/" in page.url


async def test_a_party_that_is_too_large_keeps_what_was_typed(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/veranstaltungen/{FOR_GROUPS}/anmeldung")
        assert await page.input_value("[name=party]") == "1"
        await page.fill("[name=party]", "25")
        await page.fill("[name=city]", "Herten")
        await page.check("[name=consent]")
        await send(page)
        assert "/eingang/" not in page.url
        await expect(page).to_have_title(re.compile("^Fehler:"))
        assert "6" in await page.inner_text(".error-summary")
        assert await page.input_value("[name=party]") == "25"
        assert await page.input_value("[name=city]") == "Herten"
        assert await page.is_checked("[name=consent]")
        assert await violations(page) == []


async def test_a_series_with_no_evening_chosen_asks_for_one(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/reihen/fortbildungsreihe-ehrenamt/anmeldung")
        for evening in await page.locator("[name=events]").all():
            await evening.uncheck()
        await fill_in(page, "Selma", "nothing@example.org")
        await send(page)
        await page.click(".error-summary a")
        assert await page.evaluate("document.activeElement.name") == "events"
        assert await violations(page) == []


async def test_a_code_nobody_has_is_told_beside_its_field(site: Site, browser: Browser) -> None:
    async with phone(browser) as page:
        await page.goto(f"{site.address}/anmeldung")
        await page.fill("[name=code]", "ABCD EFGH")
        await page.click("main form button[type=submit]")
        await expect(page).to_have_title(re.compile("^Fehler:"))
        assert await page.get_attribute("[name=code]", "aria-invalid") == "true"
        assert await page.input_value("[name=code]") == "ABCD EFGH"
