"""Bernd has three hundred addresses and little time: he writes, looks, tries, starts, pauses and goes on."""

import re

import pytest
from playwright.async_api import Browser, Page

from events.kit.translation import LANGUAGES
from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import mails_called
from tests.browser.test_team import planned, signed_in
from tests.outbox import text_of

pytestmark = pytest.mark.browser

PEOPLE = 300
SUBJECT = "Bitte bringen Sie Stifte mit"
TITLE = "Vorlesen für dreihundert"


async def test_three_hundred_people_get_one_mail_each_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    event = await with_people(page, site)
    await page.goto(f"{site.address}/team/veranstaltungen/{event}/anmeldungen")
    await page.click("main a:has-text('Rundmail an diese Personen')")
    assert f"{PEOPLE} Adressen bekommen die Mail" in await page.inner_text("main")
    await page.click("button:has-text('Weiter zum Text')")
    draft = page.url.removesuffix("/text")

    await page.fill("[name=de-body]", "Es gibt **keine** im Haus.\n\nhttps://example.org/anfahrt")
    await page.click("button:has-text('Speichern')")
    assert "Bitte schreiben Sie einen Betreff." in await page.inner_text(".error-summary")
    await page.fill("[name=de-subject]", SUBJECT)
    await page.click("button:has-text('Speichern')")

    await page.click("main a:has-text('Vorschau')")
    await page.select_option("[name=an]", index=1)
    await page.click("button:has-text('Anzeigen')")
    seen = await page.inner_text("main")
    assert "Guten Tag Gast" in seen and SUBJECT in seen and "https://example.org/anfahrt" in seen
    await page.click("button:has-text('Testmail an mich')")
    (trial,) = await mails_called(site.folder, SUBJECT, 1)
    assert "bernd@example.org" in trial["To"] and "keine im Haus" in text_of(trial)

    await standing_still(page, site)
    await page.goto(draft)
    await page.click("main a:has-text('Senden')")
    assert f"Die Mail geht an {PEOPLE} Adressen." in await page.inner_text("main")
    await page.click(f"button:has-text('Jetzt an {PEOPLE} Adressen senden')")
    assert f"0 von {PEOPLE} Mails verschickt" in await page.inner_text("main")
    await page.click("button:has-text('Anhalten')")
    await going_on(page, site)
    await page.goto(draft)
    assert f"0 von {PEOPLE} Mails verschickt" in await page.inner_text("main")
    await page.click("button:has-text('Fortsetzen')")
    mails = await mails_called(site.folder, SUBJECT, PEOPLE + 1)
    assert len(mails) == len({mail["To"] for mail in mails}) == PEOPLE + 1
    await page.click("main a:has-text('Stand aktualisieren')")
    assert re.search(rf"\d+ von {PEOPLE} Mails verschickt", await page.inner_text("main"))
    await page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_pages_of_mailings_are_open_to_all(site: Site, browser: Browser, scheme: str) -> None:
    page = await signed_in(browser, site, "bernd@example.org", color_scheme=scheme)
    await page.goto(f"{site.address}/team/rundmails/neu?quelle=programm")
    await page.select_option("[name=programm]", index=1)
    await page.check("[name=vergangene]")
    await page.click("button:has-text('Anzeigen')")
    chosen = page.url
    await page.click("button:has-text('Weiter zum Text')")
    draft = page.url.removesuffix("/text")
    for code in LANGUAGES:
        if code != "de":
            await page.click(f"summary:has-text('{LANGUAGES[code].name}')")
        await page.fill(f"[name={code}-subject]", "Ein Gruß")
        await page.fill(f"[name={code}-body]", "## Zwischentitel\n\n- eins\n- zwei\n\n> Zitat")
    await page.click("button:has-text('Speichern')")
    rundmails = f"{site.address}/team/rundmails"
    addresses = [rundmails, f"{rundmails}/neu", f"{rundmails}/neu?quelle=reihe", f"{rundmails}/neu?quelle=verteiler"]
    addresses += [chosen, draft]
    addresses += [f"{draft}/{part}" for part in ("text", "empfaenger", "vorschau", "senden")]
    found = await all_looked_at(page.context, site, addresses)
    await page.goto(f"{draft}/senden")
    await page.click("button:has-text('Jetzt an')")
    found += await all_looked_at(page.context, site, [draft, rundmails])
    await page.context.close()
    assert found == []


async def with_people(page: Page, site: Site) -> str:
    """An event with three hundred people from a list; its id."""
    await page.goto(f"{site.address}/team/veranstaltungen")
    event = await planned(page, TITLE)
    await page.click("button:has-text('Veröffentlichen')")
    await page.goto(f"{site.address}/team/veranstaltungen/{event}/anmeldungen/import")
    rows = "\r\n".join(f"Gast {number};gast{number}@example.org" for number in range(PEOPLE))
    content = f"Vorname;E-Mail\r\n{rows}".encode()
    await page.set_input_files("[name=file]", {"name": "liste.csv", "mimeType": "text/csv", "buffer": content})
    await page.click("button:has-text('Weiter')")
    await page.click("button:has-text('Prüfen')")
    await page.click("button:has-text('Personen anmelden')")
    return event


async def standing_still(page: Page, site: Site) -> None:
    """Nothing is sent for a while, so that a pause comes in time however fast the machine is."""
    await page.goto(f"{site.address}/team/postausgang")
    await page.click("summary:has-text('Versand anhalten')")
    await page.fill("[name=reason]", "Wartung")
    await page.click("button:has-text('Versand anhalten')")


async def going_on(page: Page, site: Site) -> None:
    await page.goto(f"{site.address}/team/postausgang")
    await page.click("button:has-text('Wieder senden')")
