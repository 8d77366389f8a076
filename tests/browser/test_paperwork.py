"""Agreements with their files, and events entered afterwards, in a browser without scripts."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page

from events.kit.clock import today
from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.test_team import signed_in

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.7\n1 0 obj"


async def test_an_agreement_keeps_its_signed_copy_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await an_agreement(page, "Integrationskonzept")
    assert "läuft aus" in await page.inner_text("main")
    await page.set_input_files("[name=file]", {"name": "Vertrag.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.click("button:has-text('Hochladen')")
    async with page.expect_download() as waiting:
        await page.click("main a:has-text('Vertrag.pdf')")
    download = await waiting.value
    assert download.suggested_filename == "Vertrag.pdf" and (await download.path()).read_bytes() == PDF

    await page.click("summary:has-text('Entfernen')")
    await page.click("button:has-text('Endgültig entfernen')")
    assert "Vertrag.pdf" not in await page.inner_text("main")
    await page.context.close()


async def test_what_was_held_is_entered_and_counted_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    yesterday = today() - timedelta(days=1)
    figures = f"{site.address}/team/auswertung?von={yesterday}&bis={yesterday}"
    await page.goto(figures)
    await page.click("main a:has-text('Veranstaltung nachtragen')")
    await page.select_option("[name=programm]", label="Pflege und Gesundheit")
    await page.click("button:has-text('Weiter')")
    await page.fill("[name=title]", "Pflegegeld in der Teestube")
    await page.fill("[name=day]", f"{yesterday}")
    await page.fill("[name=starts]", "17:00")
    await page.fill("[name=ends]", "19:00")
    await page.check("[name=is_online]")
    await page.fill("#f-count-1-heads", "23")
    await page.click("button:has-text('Nachtragen und abschließen')")
    assert "Herkunft der Zahlen" in await page.inner_text(".error-summary")
    await page.check("[name=origin][value=count]")
    await page.click("button:has-text('Nachtragen und abschließen')")
    assert "nachgetragen und abgeschlossen" in await page.inner_text("main")
    await page.goto(figures)
    row = page.locator("tr:has-text('Pflege und Gesundheit')").first
    assert "23" in (await row.inner_text()).split()
    await page.context.close()


async def test_their_pages_are_open_to_all(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    paths = [
        "/team/organisationen",
        "/team/organisationen?suche=gibt-es-nicht",
        "/team/organisationen/neu",
        "/team/vereinbarungen",
        "/team/vereinbarungen/neu",
        "/team/nachtragen",
        "/team/nachtragen?programm=pflege",
    ]
    agreement = await an_agreement(page, "Arbeitsmarktlotsinnen und -lotsen")
    body = site.address + str(await page.get_attribute("main dd a", "href"))
    ours = [agreement, f"{agreement}/bearbeiten", body, f"{body}/bearbeiten"]
    addresses = [*(site.address + path for path in paths), *ours]
    found = await all_looked_at(page.context, site, addresses)
    await page.context.close()
    assert found == []


async def an_agreement(page: Page, programme: str) -> str:
    """One with the Trägerverein Lebensbunt that runs out soon; its address, which is open now."""
    await page.click("nav a:has-text('Partner')")
    await page.fill("[name=suche]", "lebensbunt")
    await page.click("button:has-text('Suchen')")
    await page.click("main table a:has-text('Lebensbunt')")
    await page.click("main a:has-text('Neue Vereinbarung')")
    await page.select_option("[name=programme]", label=programme)
    await page.fill("[name=starts_on]", "2020-08-01")
    await page.fill("[name=ends_on]", f"{today() + timedelta(days=20)}")
    await page.click("button:has-text('Speichern')")
    return page.url.partition("?")[0]
