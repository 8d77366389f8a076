"""Every public page in every language: nothing axe objects to, nothing that does not fit, nothing from elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.conftest import SOONEST, TO_FOLLOW, Site
from tests.browser.looking import all_looked_at

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/?suche=gibtesnicht",
    f"/veranstaltungen/{SOONEST}",
    f"/veranstaltungen/{SOONEST}/anmeldung",
    f"/veranstaltungen/{TO_FOLLOW}",
    f"/veranstaltungen/{TO_FOLLOW}/bescheid",
    f"/veranstaltungen/{TO_FOLLOW}/bescheid/eingang",
    "/bescheid/abbestellt",
    "/reihen/fortbildungsreihe-ehrenamt",
    "/reihen/fortbildungsreihe-ehrenamt/anmeldung",
    "/reihen/demokratie-zukunftswerkstaetten-2018/ergebnisse",
    "/kalender",
    "/anmeldung",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/einfache-sprache",
    "/gibt-es-nicht",
)


@asynccontextmanager
async def visiting(browser: Browser, **how: object) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, **how)  # type: ignore[arg-type]
    try:
        yield context
    finally:
        await context.close()


@pytest.mark.parametrize(
    ("language", "scheme"),
    [("de", "light"), ("de", "dark"), ("en", "light"), ("tr", "light"), ("ar", "light"), ("ar", "dark")],
)
async def test_pages_are_open_to_all(site: Site, browser: Browser, language: str, scheme: str) -> None:
    prefix = "" if language == "de" else f"/{language}"
    async with visiting(browser, color_scheme=scheme) as context:
        assert await all_looked_at(context, site, [f"{site.address}{prefix}{path}" for path in PATHS]) == []


async def test_text_of_twice_the_size_still_fits(site: Site, browser: Browser) -> None:
    async with visiting(browser) as context:
        page = await context.new_page()
        for path in PATHS[:7]:
            await page.goto(site.address + path)
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


async def test_the_list_and_the_form_can_be_walked_by_keyboard(site: Site, browser: Browser) -> None:
    async with visiting(browser) as context:
        page = await context.new_page()
        await page.goto(site.address)
        await page.keyboard.press("Tab")
        assert await focused(page) == "#main"
        await page.keyboard.press("Enter")
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
        order = [await tabbed(page) for _step in range(20)]
        names = [name for name in order if name in FIELDS]
        assert names[: len(FIELDS)] == FIELDS


FIELDS = [
    "given_name",
    "family_name",
    "email",
    "phone",
    "organization",
    "city",
    "role",
    "needs",
    "needs",
    "needs",
    "consent",
]


async def focused(page: Page) -> str | None:
    return await page.evaluate("document.activeElement.getAttribute('href')")  # type: ignore[no-any-return]


async def tabbed(page: Page) -> str | None:
    """The next field by keyboard; what has the focus must show it."""
    await page.keyboard.press("Tab")
    shown = "e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
    assert await page.evaluate(f"({shown})(document.activeElement)")
    return await page.evaluate("document.activeElement.getAttribute('name')")  # type: ignore[no-any-return]


async def test_arabic_reads_from_right_to_left_and_german_titles_keep_their_language(
    site: Site, browser: Browser
) -> None:
    async with visiting(browser) as context:
        page = await context.new_page()
        await page.goto(f"{site.address}/ar/")
        assert await page.get_attribute("html", "dir") == "rtl"
        assert await page.locator("article [lang=de][dir=auto]").count() > 0
