"""The main journeys in a real browser, on a phone, without a single script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import SOONEST, Site
from tests.browser.mailbox import next_mail
from tests.outbox import calendar_of, own_link

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def phone(browser: Browser, scripts: bool = False) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def fill_in(page: Page, name: str, mail: str) -> None:
    await page.fill("[name=given_name]", name)
    if mail:
        await page.fill("[name=email]", mail)
    await page.check("[name=consent]")


async def send(page: Page) -> None:
    await page.click("main form.form button[type=submit]")


@pytest.mark.parametrize(("language", "name"), [("de", "Amira"), ("tr", "Şükrü"), ("ar", "أميرة")])
async def test_from_the_list_to_the_place_and_back_without_scripts(
    site: Site, browser: Browser, language: str, name: str
) -> None:
    prefix, mail = "" if language == "de" else f"/{language}", f"phone-{language}@example.org"
    seen = []
    async with phone(browser) as page:
        await page.goto(f"{site.address}{prefix}/")
        seen.append(page.url)
        await page.click(f"main a[href='{prefix}/veranstaltungen/{SOONEST}']")
        seen.append(page.url)
        await page.click(f"main a[href='{prefix}/veranstaltungen/{SOONEST}/anmeldung']")
        seen.append(page.url)
        await fill_in(page, name, mail)
        await send(page)
        assert "/anmeldung/eingang/" in page.url
        seen.append(page.url)

        asked = await next_mail(site.folder, mail, 1)
        assert asked["Content-Language"] == language
        own = site.address + own_link(asked)
        await page.goto(own)
        seen.append(page.url)
        await page.click("form[action$='/bestaetigen'] button")
        confirmed = await next_mail(site.folder, mail, 2)
        assert "METHOD:REQUEST" in calendar_of(confirmed)

        await page.goto(own)
        assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        await page.click("form[action$='/absagen'] button")
        cancelled = await next_mail(site.folder, mail, 3)
        assert "METHOD:CANCEL" in calendar_of(cancelled)
        assert await page.locator("form[action$='/absagen']").count() == 0
        seen.append(page.url)
    async with phone(browser, scripts=True) as page:
        for address in seen:
            await page.goto(address)
            assert await violations(page) == []


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
        drops = page.locator("form[action$='/absagen']:has([name=registration]) button")
        assert await drops.count() == 6
        await drops.nth(1).click()
        assert await drops.count() == 5
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
        await page.click("form[action$='/absagen'] button")
        assert "abgesagt" in await page.inner_text("main")


async def test_mistakes_are_told_at_once_with_a_way_to_each_field(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
        await page.fill("[name=family_name]", "Haddad")
        await page.fill("[name=email]", "amira@")
        await send(page)
        assert (await page.title()).startswith("Fehler: ")
        assert await page.evaluate("document.activeElement.classList.contains('error-summary')")
        assert await page.input_value("[name=family_name]") == "Haddad"
        assert await page.input_value("[name=email]") == "amira@"
        await page.click(".error-summary a[href='#f-email']")
        assert await page.evaluate("document.activeElement.id") == "f-email"
        assert await violations(page) == []


async def test_a_triple_tap_makes_one_booking(site: Site, browser: Browser) -> None:
    mail = "triple@example.org"
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
        await fill_in(page, "Toni", mail)
        await page.evaluate("document.querySelector('main form.form button').scrollIntoView()")
        await page.locator("main form.form button[type=submit]").click(click_count=3, delay=10)
        await page.wait_for_url("**/eingang/**")
        await next_mail(site.folder, mail, 1)
        own = site.address + own_link(await next_mail(site.folder, mail, 1))
        await page.goto(own)
        assert await page.locator("main article").count() == 1


async def test_a_called_off_event_says_so_and_takes_nobody(site: Site, browser: Browser) -> None:
    async with phone(browser) as page:
        await page.goto(f"{site.address}/")
        await page.click("main a:has-text('Gesundheit und frühes Altern')")
        assert await page.locator("main a[href$='/anmeldung']").count() == 0
        assert "abgesagt" in (await page.inner_text("main")).lower()
