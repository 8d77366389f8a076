"""Somebody calls: signed up with the keyboard alone, without scripts, and the next one at once."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site
from tests.browser.test_team import signed_in

pytestmark = pytest.mark.browser


async def test_two_calls_with_the_keyboard_alone(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click("main a:has-text('Integration ins Bildungssystem')")
    await page.goto(f"{page.url}/anmeldungen/neu")
    for given, family in (("Nadja", "Telefon"), ("Rana", "Hörer")):
        await page.wait_for_selector("[name=given_name]:focus")  # the page puts the cursor there itself
        for text in (given, family, "02361 4711"):
            await page.keyboard.type(text)
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.wait_for_selector(f"h2:has-text('{given} {family[0]}. ist')")
        await expect(page.locator(".short-code")).to_have_count(1)
    await page.context.close()


async def test_what_is_said_against_it_can_be_read_by_all(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click("main a:has-text('Rucksack KiTa: Grundschulung')")
    await page.goto(f"{page.url}/anmeldungen/neu")
    await page.fill("[name=given_name]", "Nadja")
    await page.fill("[name=party]", "30")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[name=override]")
    assert await violations(page) == []
    await page.context.close()
