"""A Kita is sent its link and reports a group from a phone without scripts; everything it and the office open fits."""

import re

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import signed_in
from tests.browser.visitors import phone
from tests.outbox import text_of

pytestmark = pytest.mark.browser

DIRECTOR = "leitung.gruppen@example.org"


async def test_a_kita_reports_from_its_link(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org")
    await office.goto(f"{site.address}/team/gruppen?stand=faellig")
    name = await office.inner_text("main tbody a >> nth=0")
    await office.click("main tbody a >> nth=0")
    seen = [f"{site.address}/team/gruppen", f"{site.address}/team/gruppen/neu", office.url]
    await office.click("main dl a[href^='/team/organisationen/']")
    seen.append(office.url)
    await office.click("main a[href$='/kontakt']")
    await office.fill("[name=contact_email]", DIRECTOR)
    await office.click("button:has-text('Speichern')")
    await office.click("button:has-text('Link senden')")
    seen.append(office.url.partition("?")[0])

    mail = text_of(await next_mail(site.folder, DIRECTOR, 1))
    found = re.search(r"/einrichtung/\S+", mail)
    assert found is not None
    here = site.address + found.group()
    async with phone(browser) as kita:
        await kita.goto(here)
        own = kita.locator("main section", has_text="Meldung fällig").filter(has_text=name).first
        await own.locator("a:has-text('Zahlen melden')").click()
        group = kita.url
        await kita.fill("[name=parents]", "7")
        await kita.fill("[name=children]", "8")
        await kita.click("summary:has-text('Weitere Sprachen')")
        await kita.check("[name=languages][value=vi]")
        await kita.click("main form.form button:has-text('Zahlen melden')")
        assert "7 Eltern, 8 Kinder" in await kita.inner_text("main")
        await kita.goto(group)
        assert await kita.locator("[name=languages][value=vi]").is_visible()
    async with phone(browser, scripts=True) as kita:
        wrong = await all_looked_at(kita.context, site, [here, group, f"{here}/gruppen/neu"])
    assert wrong + await all_looked_at(office.context, site, seen) == []
    await office.context.close()
