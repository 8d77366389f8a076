"""The Verteiler without scripts, in Turkish and Arabic: joining, proving, changing, unsubscribing; and the office."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site
from tests.browser.looking import NARROW, all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import signed_in
from tests.browser.visitors import phone, send
from tests.outbox import text_of

pytestmark = pytest.mark.browser


async def open_to_all(browser: Browser, site: Site, *addresses: str) -> None:
    """Nothing for axe to find, and no wider than the narrowest phone: with scripts, which axe needs."""
    async with phone(browser, scripts=True) as eyes:
        assert await all_looked_at(eyes.context, site, addresses) == []


async def link_in(site: Site, mail: str, number: int) -> str:
    found = re.search(r"https?://[^/\s]+(\S*/verteiler/\S+)", text_of(await next_mail(site.folder, mail, number)))
    assert found is not None
    return site.address + found.group(1)


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_somebody_joins_changes_topics_and_leaves_for_good(site: Site, browser: Browser, language: str) -> None:
    mail, start = f"verteiler.{language}@example.org", f"{site.address}/{language}"
    async with phone(browser) as page:
        await page.goto(f"{start}/")
        await page.click(f"main a[href='/{language}/verteiler']")
        await page.check("[name=topics] >> nth=1")
        await page.fill("[name=email]", mail)
        await page.check("[name=consent]")
        await send(page)
        assert page.url == f"{start}/verteiler/eingang"
        own = await link_in(site, mail, 1)
        await page.goto(own)
        assert await page.locator("form[action$='/aendern']").count() == 0
        await open_to_all(browser, site, f"{start}/verteiler", f"{start}/verteiler/eingang", own)
        await page.click("form[action$='/bestaetigen'] button")
        await page.check("[name=topics] >> nth=0")
        await page.fill("[name=city]", "Castrop-Rauxel")
        await send(page)
        await expect(page.locator("[name=topics]:checked")).to_have_count(2)
        await page.click(f"main a[href^='/{language}/abmelden/']")
        assert mail not in await page.content()
        await open_to_all(browser, site, own, page.url)
        await page.click("main button")
        assert mail not in await page.content() and await page.locator("main form").count() == 0
        await page.goto(own)
        assert await page.locator("main form").count() == 0
        await open_to_all(browser, site, own, f"{start}/verteiler/abgemeldet")


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_what_is_wrong_is_said_to_everybody(site: Site, browser: Browser, language: str) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/{language}/verteiler")
        await page.fill("[name=city]", "Castrop-Rauxel")
        await send(page)
        await expect(page.locator(".error-summary a")).to_have_count(3)
        assert await page.input_value("[name=city]") == "Castrop-Rauxel"
        await page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # the two numbers it wants
        assert await violations(page) == []
        assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_the_office_finds_adds_and_takes_off(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/verteiler/neu")
    await office.fill("[name=email]", "papier@example.org")
    await office.fill("[name=name]", "Şükrü Papier")
    await office.check("[name=topics] >> nth=0")
    await office.click("main form.form button")
    assert "auf Papier" in await office.inner_text("main")
    one = office.url.partition("?")[0]
    await office.goto(f"{site.address}/team/verteiler")
    await office.fill("[name=suche]", "sukru papier")
    await office.click("main form[role=search] button")
    await expect(office.locator("main table th[scope=row]")).to_have_count(1)
    paths = ("", "?thema=griffbereit", "?stand=left", "?suche=niemand", "/neu")
    addresses = [f"{site.address}/team/verteiler{path}" for path in paths]
    eyes = await signed_in(browser, site, "bernd@example.org")
    assert await all_looked_at(eyes.context, site, [*addresses, one, f"{one}/bearbeiten"]) == []
    await eyes.context.close()
    await office.goto(one)
    await office.click("summary:has-text('Abmelden')")
    await office.click("main form[action$='/abmelden'] button")
    assert "Der Kontakt ist abgemeldet." in await office.inner_text("main")
    await office.context.close()
