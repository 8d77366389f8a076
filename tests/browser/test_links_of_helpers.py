"""A trainer, a substitute and a partner, each with the link from their mail."""

import re

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import planned, signed_in
from tests.browser.visitors import phone
from tests.outbox import text_of

pytestmark = pytest.mark.browser

TANJA, UWE, DERYA = "tanja.link@example.org", "uwe.link@example.org", "derya.link@example.org"


async def link_to(site: Site, address: str) -> str:
    text = text_of(await next_mail(site.folder, address, 1))
    found = re.search(r"^https?://[^/\s]+(\S*/(?:zugang|partner)/\S+)$", text, re.MULTILINE)
    assert found is not None
    return site.address + found.group(1)


async def invited(page: Page, name: str, address: str) -> None:
    await page.fill("[name=name]", name)
    await page.fill("[name=email]", address)
    await page.click("main form.form:has([name=email]) button[type=submit]")


async def test_helpers_come_by_their_links_and_see_only_what_is_theirs(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org")
    event = await planned(office, "Elterncafé in der Moschee")
    await office.click("button:has-text('Veröffentlichen')")
    await office.click("main a[href$='/mitwirkende']")
    sharing = office.url
    await invited(office, "Tanja Fuchs", TANJA)
    assert "Hat Zugang" in await office.inner_text("main")
    await office.click("summary:has-text('Partner hinzufügen')")
    await office.select_option("[name=organisation]", index=3)
    await office.check("[name=role][value=host]")
    await office.click("button:has-text('Partner hinzufügen')")
    await office.click("a:has-text('Um Zahlen bitten')")
    contact = office.url
    await office.select_option("[name=language]", "ar")
    await invited(office, "Derya Kaya", DERYA)

    async with phone(browser, scripts=True) as tanja:
        link = await link_to(site, TANJA)
        await tanja.goto(link)
        assert "Guten Tag Tanja" in await tanja.inner_text("main")
        await tanja.click("main form button[type=submit]")
        assert tanja.url.endswith("/team/termine") and "Elterncafé" in await tanja.inner_text("main")
        await tanja.click("main a:has-text('Vertretung nennen')")
        substitute = tanja.url
        await invited(tanja, "Uwe Kern", UWE)
        assert "eigenen Link" in await tanja.inner_text("main")
        found = await all_looked_at(tanja.context, site, [f"{site.address}/team/termine", substitute, link])
    async with phone(browser, scripts=True) as derya:
        link = await link_to(site, DERYA)
        assert "/ar/partner/" in link
        await derya.goto(link)
        await derya.click("main a[href*='/partner/']")
        numbers = derya.url
        await derya.fill("main input[type=number] >> nth=0", "23")
        await derya.click("main form button[type=submit]")
        assert derya.url.partition("?")[0] == link and "23" in await derya.inner_text("main dl")
        found += await all_looked_at(derya.context, site, [link, numbers])
    assert event and not found + await all_looked_at(office.context, site, [sharing, contact])
    await office.context.close()
