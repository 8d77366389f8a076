"""Ways in that begin in the office, without scripts: requests, lists of people, whoever waits for a date, calls."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site
from tests.browser.mailbox import next_mail
from tests.browser.test_team import planned, signed_in, soon
from tests.browser.visitors import fill_in, phone, send
from tests.outbox import own_link, text_of
from tests.servers import PATIENCE

pytestmark = pytest.mark.browser


async def public_page(page: Page) -> str:
    found = await page.get_attribute("main a[href^='/veranstaltungen/']", "href")
    assert found is not None
    return found


async def test_two_people_ask_one_gets_a_yes_and_one_a_no(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/veranstaltungen")
    event = await planned(office, "Vertiefung für Erfahrene")
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/bearbeiten")
    await office.click("summary:has-text('Weitere Regeln')")
    await office.select_option("[name=approval]", "1")
    await office.click("main form.form button:has-text('Speichern')")
    await office.click("button:has-text('Veröffentlichen')")
    public = await public_page(office)
    for name in ("Nesrin", "Oleg"):
        async with phone(browser) as page:
            await page.goto(f"{site.address}{public}/anmeldung")
            await fill_in(page, name, f"{name.lower()}.fragt@example.org")
            await send(page)
            await page.goto(
                site.address + own_link(await next_mail(site.folder, f"{name.lower()}.fragt@example.org", 1))
            )
            await page.click("form[action$='/bestaetigen'] button")
            assert "angefragt" in await page.inner_text("main")
    await decide(office, site, event, "Nesrin", "Annehmen", "Bitte bringen Sie Ihre Mappe mit.")
    await decide(office, site, event, "Oleg", "Ablehnen", "Bitte kommen Sie zuerst in den Grundkurs.")
    yes = await next_mail(site.folder, "nesrin.fragt@example.org", 3)
    no = await next_mail(site.folder, "oleg.fragt@example.org", 3)
    assert "Bestätigt" in yes["Subject"] and "Mappe" in text_of(yes)
    assert "Grundkurs" in text_of(no)
    await office.context.close()


async def decide(office: Page, site: Site, event: str, name: str, button: str, message: str) -> None:
    """Picked on the list, asked once more, with a message."""
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/anmeldungen")
    await office.check(f"tr:has-text('{name}') input[name=registrations]")
    await office.click(f"main button:has-text('{button}')")
    await office.fill("[name=message]", message)
    await office.click(f"main button[value=yes]:has-text('{button}')")


async def test_a_list_is_taken_over_once_its_mistake_is_mended(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/veranstaltungen")
    event = await planned(office, "Treffen mit Teilnahmeliste")
    await office.click("button:has-text('Veröffentlichen')")
    people = "Vorname;Nachname;E-Mail\r\nAylin;Koç;aylin.liste@example.org\r\nBela;Nagy;{}\r\n"
    await hand_in(office, site, event, people.format("bela-at-example"))
    assert "bela-at-example" in await office.inner_text("main")
    assert await office.locator("button:has-text('anmelden')").count() == 0
    await hand_in(office, site, event, people.format("bela.liste@example.org"))
    await office.click("button:has-text('2 Personen anmelden')")
    await office.click("main a:has-text('Zu den Anmeldungen')")
    await expect(office.locator("main table th[scope=row]")).to_have_count(2)
    assert "Bestätigt" in (await next_mail(site.folder, "aylin.liste@example.org", 1))["Subject"]
    await office.context.close()


async def hand_in(office: Page, site: Site, event: str, text: str) -> None:
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/anmeldungen/import")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252", "replace")}
    await office.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    await office.click("main form.form button:has-text('Weiter')")
    await office.click("main form.form button:has-text('Prüfen')")


async def test_who_waits_for_a_date_hears_of_it_and_signs_up(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/veranstaltungen/neu")
    await office.fill("[name=title]", "Schreibwerkstatt im Frühling")
    await office.select_option("[name=programme]", label="Griffbereit")
    await office.click("button:has-text('Als Entwurf speichern')")
    event = office.url.partition("/veranstaltungen/")[2].partition("/")[0]
    await office.goto(f"{site.address}/team/veranstaltungen/{event}")
    await office.click("button:has-text('Mit „Termin folgt“ veröffentlichen')")
    public = await public_page(office)
    async with phone(browser) as page:
        await page.goto(f"{site.address}{public}")
        await page.click("main a:has-text('Bescheid bekommen')")
        await page.fill("[name=email]", "pinar.wartet@example.org")
        await send(page)
        asked = text_of(await next_mail(site.folder, "pinar.wartet@example.org", 1))
        await page.goto(next(line for line in asked.splitlines() if "/bescheid/" in line))
        assert await violations_of(browser, page.url) == []
        await page.click("button:has-text('Ja, bitte Bescheid geben')")
        await fix_the_date(office, site, event)
        told = text_of(await next_mail(site.folder, "pinar.wartet@example.org", 2))
        await page.goto(next(line for line in told.splitlines() if public in line))
        await page.click("main a[href$='/anmeldung']")
        await fill_in(page, "Pınar", "pinar.wartet@example.org")
        await send(page)
        assert "/eingang/" in page.url
    await office.context.close()


async def violations_of(browser: Browser, address: str) -> list[str]:
    async with phone(browser, scripts=True) as eyes:
        await eyes.goto(address)
        return await violations(eyes)


async def fix_the_date(office: Page, site: Site, event: str) -> None:
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/termine/neu")
    await office.fill("[name=day]", soon().strftime("%Y-%m-%d"))
    await office.fill("[name=starts]", soon().strftime("%H:%M"))
    await office.fill("[name=ends]", "23:30")
    await office.check("[name=is_online]")
    await office.click("button:has-text('Termin speichern')")


async def test_whom_no_mail_reaches_is_called(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/veranstaltungen")
    event = await planned(office, "Erzählcafé im Advent")
    await office.click("button:has-text('Veröffentlichen')")
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/anmeldungen/neu")
    await office.fill("[name=given_name]", "Frieda")
    await office.fill("[name=phone]", "02361 4712")
    await office.keyboard.press("Enter")
    await office.wait_for_selector("h2:has-text('Frieda')")
    await office.goto(f"{site.address}/team/veranstaltungen/{event}/absagen")
    await office.click("button:has-text('Jetzt absagen')")
    await until_shown(office, f"{site.address}/team/", "main a:has-text('Zur Liste der Anrufe')")
    await office.click("main a:has-text('Zur Liste der Anrufe')")
    row = office.locator("tr:has-text('Frieda'), li:has-text('Frieda')").first
    await expect(row.locator("a[href='tel:+4923614712'], a[href^='tel:']")).to_have_count(1)
    await row.locator("button:has-text('Erreicht'), button:has-text('erreicht')").click()
    assert await office.locator(
        "tr:has-text('Frieda') button:has-text('Doch nicht'), main:has-text('Erledigt')"
    ).count()
    await office.context.close()


async def until_shown(page: Page, address: str, wanted: str) -> None:
    """The worker takes its turns; the page is opened anew until it has had one."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < deadline:
        await page.goto(address)
        if await page.locator(wanted).count():
            return
    raise AssertionError(f"never shown: {wanted}")
