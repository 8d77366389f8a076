"""Lists on paper and back again, in a browser without scripts; their pages are open to all."""

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.test_team import held_yesterday, planned, signed_in

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.7\n1 0 obj"


async def test_a_list_is_printed_captured_and_kept_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    event = await planned(page, "Lesen mit Oma und Opa")
    await page.click("button:has-text('Veröffentlichen')")
    held_yesterday(site, event)
    await page.click("main a:has-text('Drucken und teilen')")
    papers = page.url
    async with page.expect_download() as waiting:
        await page.click("button:has-text('Liste laden')")
    printed = await waiting.value
    assert (await printed.path()).read_bytes().startswith(b"%PDF-") and printed.suggested_filename.endswith(".pdf")

    await page.goto(event_page := papers.removesuffix("/drucken"))
    await page.click("main a[href*='/team/anwesenheit/']")
    await page.click("main a:has-text('Vom Papier nachtragen')")
    later = page.url
    await page.fill("[name=walk-0-name]", "Олена")
    await page.fill("[name=walk-0-city]", "Marl")
    await page.click("button:has-text('Nachtragen')")
    assert "Олена" in await page.inner_text("main") and "Unterschriebene Liste" in await page.inner_text("main")

    await page.goto(scans := later.replace("/nachtrag", "/listen"))
    await page.set_input_files("[name=file]", {"name": "Liste.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.click("button:has-text('Hochladen')")
    assert "Liste.pdf" in await page.inner_text("main table")
    await page.context.close()
    with_scripts = await signed_in(browser, site, "bernd@example.org")
    found = await all_looked_at(with_scripts.context, site, [papers, later, scans, event_page])
    await with_scripts.context.close()
    assert found == []
