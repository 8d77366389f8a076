"""The main journeys in a real browser, on a phone, without a single script."""

import asyncio
import re
import sqlite3
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import SOONEST, Site
from tests.browser.mailbox import next_mail
from tests.browser.visitors import computer, fill_in, phone, send
from tests.outbox import calendar_of, own_link

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def test_from_the_list_to_the_place_and_back_without_scripts(site: Site, browser: Browser) -> None:
    people = [("de", "Amira"), ("tr", "Şükrü"), ("ar", "أميرة")]
    await asyncio.gather(*(there_and_back(site, browser, language, name) for language, name in people))


async def there_and_back(site: Site, browser: Browser, language: str, name: str) -> None:
    """What one page does without scripts, another with scripts looks at in each state."""
    mail = f"phone-{language}@example.org"
    async with phone(browser) as page, phone(browser, scripts=True) as eyes:
        await signed_up(page, eyes, site.address, language, name, mail)
        asked = await next_mail(site.folder, mail, 1)
        assert asked["Content-Language"] == language
        title = (await page.locator("main li strong").first.inner_text()).strip()
        assert asked["Subject"].endswith(title)

        await page.goto(site.address + own_link(asked))
        assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        await open_to_all(page, eyes)
        await page.click("form[action$='/bestaetigen'] button")
        await open_to_all(page, eyes)
        confirmed = await next_mail(site.folder, mail, 2)
        assert confirmed["Subject"].endswith(title)
        assert "METHOD:REQUEST" in calendar_of(confirmed)

        await cancel(page)
        await open_to_all(page, eyes)
        cancelled = await next_mail(site.folder, mail, 3)
        assert "METHOD:CANCEL" in calendar_of(cancelled)
        assert await page.locator("form[action$='/absagen']").count() == 0


async def signed_up(page: Page, eyes: Page, address: str, language: str, name: str, mail: str) -> None:
    prefix = "" if language == "de" else f"/{language}"
    await page.goto(f"{address}{prefix}/")
    await page.click(f"main a[href='{prefix}/veranstaltungen/{SOONEST}']")
    await page.click(f"main a[href='{prefix}/veranstaltungen/{SOONEST}/anmeldung']")
    await fill_in(page, name, mail)
    await send(page)
    assert "/anmeldung/eingang/" in page.url
    await open_to_all(page, eyes)


async def open_to_all(page: Page, eyes: Page) -> None:
    """The same address, light and dark, under axe."""
    await eyes.goto(page.url)
    for scheme in SCHEMES:
        await eyes.emulate_media(color_scheme=scheme)
        assert await violations(eyes) == []


async def cancel(page: Page, number: int = 0) -> None:
    """Two taps: the first says what will happen."""
    asked = page.locator("details:has(form[action$='/absagen'])").nth(number)
    assert not await asked.locator("button").is_visible()
    await asked.locator("summary").click()
    await asked.locator("button").click()


async def test_a_series_is_booked_whole_and_one_evening_dropped(site: Site, browser: Browser) -> None:
    mail = "series@example.org"
    async with phone(browser) as page:
        await page.goto(f"{site.address}/reihen/fortbildungsreihe-ehrenamt")
        await page.click("main a[href$='/anmeldung']")
        evenings = await page.locator("[name=events]:checked").count()
        assert evenings == 6
        await fill_in(page, "Selma", mail)
        await send(page)
        await page.goto(site.address + own_link(await next_mail(site.folder, mail, 1)))
        await page.click("form[action$='/bestaetigen'] button")
        confirmation = await next_mail(site.folder, mail, 2)
        assert [part.get_filename() for part in confirmation.iter_attachments()] == ["termine.ics"]
        drops = page.locator("form[action$='/absagen']:has([name=registration])")
        await expect(drops).to_have_count(6)
        await cancel(page, 1)
        await expect(drops).to_have_count(5)
        cancelled = await next_mail(site.folder, mail, 3)
        assert "METHOD:CANCEL" in calendar_of(cancelled)


async def test_three_come_to_a_care_event_without_any_address(site: Site, browser: Browser) -> None:
    async with phone(browser) as page:
        await page.goto(f"{site.address}/?programm=pflege")
        await page.click("main a:has-text('Pflege zu Hause')")
        await page.click("main a[href$='/anmeldung']")
        await page.fill("[name=party]", "3")
        await page.check("[name=consent]")
        await send(page)
        code = (await page.inner_text(".short-code")).strip()
        await page.goto(f"{site.address}/anmeldung")
        await page.fill("[name=code]", code)
        await page.click("main form button[type=submit]")
        assert "für 3 Personen" in await page.inner_text("main")
        await cancel(page)
        assert "abgesagt" in await page.inner_text("main")


@pytest.mark.parametrize(("prefix", "begins"), [("", "Fehler: "), ("/en", "Error: "), ("/ar", "خطأ: ")])
async def test_mistakes_are_told_at_once_with_a_way_to_each_field(
    site: Site, browser: Browser, prefix: str, begins: str
) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}{prefix}/veranstaltungen/{SOONEST}/anmeldung")
        await page.fill("[name=family_name]", "Haddad")
        await page.fill("[name=email]", "amira@")
        await send(page)
        await expect(page).to_have_title(re.compile(f"^{begins}"))
        await expect(page.locator(".error-summary")).to_be_focused()
        await expect(page.locator(".error-summary li")).to_have_count(3)
        assert await page.input_value("[name=family_name]") == "Haddad"
        assert await page.input_value("[name=email]") == "amira@"
        await page.click(".error-summary a[href='#f-email']")
        await expect(page.locator("#f-email")).to_be_focused()
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            assert await violations(page) == []


async def test_with_scripts_an_event_is_passed_on_and_a_triple_click_makes_one_booking(
    site: Site, browser: Browser
) -> None:
    mail = "triple@example.org"
    async with computer(browser) as page:
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}")
        share = page.locator("button[data-share]")
        await share.click()
        await page.wait_for_function("b => b.textContent.includes(b.dataset.done)", arg=await share.element_handle())
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith(f"{site.address}/veranstaltungen/{SOONEST}")
        assert await violations(page) == []

        await page.click("main a[href$='/anmeldung']")
        await fill_in(page, "Toni", mail)
        await page.locator("main form.form button[type=submit]").click(click_count=3, delay=10)
        await page.wait_for_url("**/eingang/**")
        assert await violations(page) == []
        await page.goto(site.address + own_link(await next_mail(site.folder, mail, 1)))
        await expect(page.locator("main article")).to_have_count(1)
        assert bookings_of(site, mail) == 1


def bookings_of(site: Site, mail: str) -> int:
    with sqlite3.connect(site.folder / "teilnahme.sqlite") as database:
        return int(database.execute("SELECT count(*) FROM booking WHERE contact_email = ?", (mail,)).fetchone()[0])


async def test_a_called_off_event_says_so_and_takes_nobody(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/")
        await page.click("main a:has-text('Gesundheit und frühes Altern')")
        assert await page.locator("main a[href$='/anmeldung']").count() == 0
        assert "Die Referentin ist erkrankt." in await page.inner_text("main")
        assert await violations(page) == []
