"""A new colleague comes in: invited by mail, with a password and a second factor of her own, without scripts."""

import re

import pyotp
import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import signed_in
from tests.browser.visitors import phone
from tests.outbox import text_of
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

NELE = "nele@example.org"


async def test_a_new_colleague_sets_up_her_access(site: Site, browser: Browser) -> None:
    admin = await signed_in(browser, site, "admin@example.org")
    await admin.goto(f"{site.address}/team/zugaenge/neu")
    await admin.fill("[name=name]", "Nele")
    await admin.fill("[name=email]", NELE)
    await admin.select_option("[name=role]", "reader")
    await admin.click("main form button[type=submit]")
    looked_at = ("zugaenge", "zugaenge/neu", "protokoll", "konto", "konto/zwei-faktor")
    complaints = await all_looked_at(admin.context, site, [f"{site.address}/team/{path}" for path in looked_at])
    assert complaints == []
    (link,) = re.findall(r"http\S+/team/einladung/\S+", text_of(await next_mail(site.folder, NELE, 1)))
    async with phone(browser) as page:
        await page.goto(link)
        await page.fill("[name=password]", PASSWORD)
        await page.click("main form button[type=submit]")
        await page.fill("[name=email]", NELE)
        await page.fill("[name=password]", PASSWORD)
        await page.click("main form button[type=submit]")
        await page.goto(f"{site.address}/team/konto/zwei-faktor")
        await expect(page.locator("main img")).to_have_js_property("complete", value=True)
        assert await page.evaluate("document.querySelector('main img').naturalWidth") > 0
        secret = str(await page.locator("main code").text_content()).replace(" ", "")
        await page.fill("[name=code]", pyotp.TOTP(secret).now())
        await page.fill("[name=password]", PASSWORD)
        await page.click("main form button[type=submit]")
        code = str(await page.locator("main ol code").first.text_content())
        await page.click("header form button[type=submit]")
        await page.fill("[name=email]", NELE)
        await page.fill("[name=password]", PASSWORD)
        await page.click("main form button[type=submit]")
        await page.fill("[name=code]", code)
        await page.click("main form button[type=submit]")
        assert "Nele" in await page.inner_text("header") and page.url.endswith("/team/")
