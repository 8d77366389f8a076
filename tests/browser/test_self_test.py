"""The self-test of sending in real Chromium: a trial mail without scripts, and a page that is open to everybody."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.looking import looked_at
from tests.browser.test_team import signed_in

pytestmark = pytest.mark.browser


async def test_bernd_finds_the_self_test_and_sends_himself_a_mail(site: Site, browser: Browser) -> None:
    bernd = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await bernd.goto(f"{site.address}/team/postausgang")
    await bernd.click("main a:has-text('Selbsttest')")
    await bernd.click("button:has-text('Testmail an mich')")
    await expect(bernd.locator("main")).to_contain_text("Die Testmail liegt im Postausgang.")
    await expect(bernd.locator("main")).to_contain_text("Auto-Submitted: auto-generated")
    await bernd.fill("[name=selektor]", "zwei worte")
    await bernd.click("button:has-text('Noch einmal prüfen')")
    await expect(bernd.locator("main form")).to_contain_text(["Ein Selektor besteht aus"])
    await bernd.context.close()


async def test_the_self_test_is_for_everybody(site: Site, browser: Browser) -> None:
    bernd = await signed_in(browser, site, "bernd@example.org")
    address = f"{site.address}/team/postausgang/selbsttest"
    assert await looked_at(bernd.context, site, address) == []
    await bernd.context.close()
