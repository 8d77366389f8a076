"""The office sets a reminder without scripts and reads the mail first; its button leads to the question only."""

import pytest
from playwright.async_api import Browser

from tests.browser.axe import violations
from tests.browser.conftest import SOONEST, Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import planned, signed_in
from tests.browser.visitors import fill_in, phone, send
from tests.outbox import own_link

pytestmark = pytest.mark.browser


async def test_a_reminder_is_set_read_and_switched_off_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    event = await planned(page, "Erinnern lohnt sich")
    await page.click("button:has-text('Veröffentlichen')")
    await page.click("main a:has-text('Erinnerungen')")
    assert "Voreinstellung" in await page.inner_text("main")
    await page.click("main a:has-text('Erinnerung hinzufügen')")
    await page.fill("[name=when]", "31")
    await page.click("button:has-text('Speichern')")
    assert "0 bis 30" in await page.inner_text("main")
    await page.fill("[name=when]", "4")
    await page.fill("[name=text]", "Bitte bringen Sie warme Socken mit.")
    await page.click("button:has-text('Speichern')")
    assert "4 Tage vorher" in await page.inner_text("main")
    await page.click("main a:has-text('Mail danach hinzufügen')")
    await page.fill("[name=text]", "Danke, dass Sie da waren.")
    await page.check("[name=statuses][value=waiting]")
    await page.click("button:has-text('Speichern')")
    await page.click("main a:has-text('Mail ansehen')")
    assert "warme Socken" in await page.inner_text("main")

    here = f"{site.address}/team/veranstaltungen/{event}/erinnerungen"
    pages = [here, f"{here}/neu?art=reminder", f"{here}/neu?art=follow_up", page.url]
    office = await signed_in(browser, site, "bernd@example.org")
    assert await all_looked_at(office.context, site, pages) == []
    await page.goto(here)
    await page.click("summary:has-text('Erinnerungen ausschalten')")
    await page.click("button:has-text('Ausschalten')")
    assert "Ausgeschaltet" in await page.inner_text("main")
    await office.context.close()
    await page.context.close()


async def test_the_button_of_the_mail_opens_the_question_on_the_own_page(site: Site, browser: Browser) -> None:
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
        await fill_in(page, "Erika", "erika.erinnert@example.org")
        await send(page)
        own = site.address + own_link(await next_mail(site.folder, "erika.erinnert@example.org", 1))
        await page.goto(own)
        await page.click("form[action$='/bestaetigen'] button")
        office = await signed_in(browser, site, "bernd@example.org")
        await office.goto(f"{site.address}/team/veranstaltungen?suche=Bildungssystem")
        await office.click("main a[href*='/team/veranstaltungen/']:has-text('Bildungssystem')")
        event = office.url.partition("?")[0].rpartition("/")[2]
        await office.context.close()
        await page.goto(f"{own}?absagen={event}#absagen")
        assert await page.is_visible("button:has-text('Ja, absagen')")
        await page.wait_for_function("scrollY > 0")
        assert await violations(page) == []
        await page.click("button:has-text('Ja, absagen')")
        assert "Ihre Absage ist angekommen" in await page.inner_text("main")
