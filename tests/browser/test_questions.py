"""What Bernd sets about the sign-up, in a browser without scripts: questions with working groups, quotas."""

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.test_team import planned, signed_in

pytestmark = pytest.mark.browser


async def test_working_groups_are_asked_for_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await planned(page, "Demokratie im Kreis")
    await page.click("main a:has-text('Fragen')")
    await page.click("main a:has-text('Neue Frage')")
    assert not await page.is_visible("[name='options-0-text']")
    await page.fill("[name=text]", "Welche Arbeitsgruppe?")
    await page.check("[name=kind][value=choice]")
    await fill_options(page, "Sprache", "Pflege", "Wohnen")
    await page.fill("[name='options-0-places']", "12")
    await page.click("button:has-text('Weitere Antwort')")
    await page.fill("[name='options-3-text']", "Teilhabe")
    await page.fill("[name=purpose]", "Damit die Räume passen.")
    await page.press("[name=purpose]", "Enter")
    said = await page.inner_text("main")
    assert "Die Frage ist gespeichert." in said and "Sprache: 0 von 12 Plätzen" in said
    assert await page.locator("main input[type=radio]").count() >= 4
    await page.context.close()


async def test_two_places_for_every_administration_are_set_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await planned(page, "Interkulturelle Kompetenz")
    await page.click("main a:has-text('Kontingente')")
    await page.click("button:has-text('Für alle speichern')")
    assert "Stadt Marl" in await page.inner_text("main table")
    await page.click("main table a:has-text('Ändern')")
    assert await page.input_value("[name=places]") == "2"
    await page.context.close()


async def fill_options(page: Page, *texts: str) -> None:
    for number, text in enumerate(texts):
        await page.fill(f"[name='options-{number}-text']", text)
