"""One's own pages in a browser: open to all in every language, and changed without scripts."""

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import SOONEST, Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.visitors import fill_in, phone, send
from tests.outbox import own_link

pytestmark = pytest.mark.browser

WAYS = ("", "/aendern", "/daten")


async def signed_up(page: Page, site: Site, name: str, mail: str) -> str:
    """Confirmed; the path of the own page."""
    await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
    await fill_in(page, name, mail)
    await send(page)
    own = own_link(await next_mail(site.folder, mail, 1))
    await page.goto(site.address + own)
    await page.click("form[action$='/bestaetigen'] button")
    return own


async def test_all_of_ones_own_pages_are_open_to_all(site: Site, browser: Browser) -> None:
    async with phone(browser) as page:
        own = await signed_up(page, site, "Nesrin", "nesrin@example.org")
        hand_on = await page.get_attribute("a[href*='/vertretung?']", "href")
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    addresses = [f"{site.address}{prefix}{own}{way}" for prefix in ("", "/ar") for way in WAYS]
    assert await all_looked_at(context, site, [*addresses, f"{site.address}{hand_on}"]) == []
    await context.close()


async def test_a_name_is_corrected_and_everything_erased_without_scripts(site: Site, browser: Browser) -> None:
    mail = "emre@example.org"
    async with phone(browser) as page:
        own = await signed_up(page, site, "Emre", mail)
        await page.click("main a[href*='/aendern?person=']")
        await page.fill("[name=given_name]", "Emir")
        await page.click("main form:has([name=given_name]) button")
        assert "Emir" in await page.inner_text("main")
        await page.click("main a[href$='/daten']")
        asked = page.locator("details:has(form[action$='/loeschen'])")
        assert not await asked.locator("button").is_visible()
        await asked.locator("summary").click()
        await asked.locator("button").click()
        assert "Ihre Daten sind gelöscht." in await page.inner_text("main")
        subjects = [str((await next_mail(site.folder, mail, number))["Subject"]) for number in (3, 2)]
        assert any(subject.startswith("Abgesagt") for subject in subjects)
        gone = await page.goto(site.address + own)
        assert gone is not None and gone.status == 410


async def test_the_links_are_sent_again(site: Site, browser: Browser) -> None:
    mail = "hanife@example.org"
    async with phone(browser) as page:
        own = await signed_up(page, site, "Hanife", mail)
        await page.goto(f"{site.address}/anmeldung")
        await page.fill("main form[action$='/links'] [name=email]", mail)
        await page.click("main form[action$='/links'] button")
        assert "eine Mail unterwegs" in await page.inner_text("main")
        assert own_link(await next_mail(site.folder, mail, 3)) == own
