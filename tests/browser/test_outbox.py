"""The office and its outbox in a browser without scripts: a mail comes back, somebody is called, one is decided on."""

import asyncio
import sqlite3
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import SOONEST, Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import next_mail
from tests.browser.test_team import signed_in
from tests.browser.visitors import fill_in, phone, send
from tests.mail.reports import GONE, REPORT
from tests.servers import PATIENCE

pytestmark = pytest.mark.browser

GONE_MAIL = "postfach.weg@example.org"
HELD_MAIL = "wer.weiss@example.org"


def comes_back(folder: Path, mail: EmailMessage) -> None:
    """As a mail server would write it: under another name first, so that nobody reads half of it."""
    returned = f"Content-Type: text/rfc822-headers\n\nMessage-ID: {mail['Message-ID']}\n"
    report = REPORT.format(recipients=f"Final-Recipient: rfc822; {mail['To']}\n{GONE}", returned=returned)
    inbox = folder / "rueckmeldungen"
    inbox.mkdir(exist_ok=True)
    (inbox / "neu.a1").write_text(report, encoding="utf-8")
    (inbox / "neu.a1").rename(inbox / "a1.eml")


def hold(site: Site, address: str) -> None:
    """The connection broke off while this mail was handed over."""
    with sqlite3.connect(site.folder / "teilnahme.sqlite") as database:
        database.execute(
            "UPDATE outgoing_mail SET status = 'held', reason = 'unknown_outcome' WHERE recipient = ?", (address,)
        )


async def signs_up(browser: Browser, site: Site, name: str, address: str) -> EmailMessage:
    async with phone(browser) as page:
        await page.goto(f"{site.address}/veranstaltungen/{SOONEST}/anmeldung")
        await fill_in(page, name, address)
        await send(page)
    return await next_mail(site.folder, address, 1)


async def test_a_mail_comes_back_and_somebody_is_called(site: Site, browser: Browser) -> None:
    mail = await signs_up(browser, site, "Jasna", GONE_MAIL)
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    comes_back(site.folder, mail)
    await told(office, f"{site.address}/team/postausgang/adressen", GONE_MAIL)
    await office.goto(f"{site.address}/team/")
    await office.click("main a[href='/team/postausgang/adressen']")
    row = office.locator(f"tr:has-text('{GONE_MAIL}')")
    assert "Diese Adresse gibt es nicht." in await row.inner_text() and "Jasna" in await row.inner_text()
    await row.locator("a:has-text('Die Mail')").click()
    assert "Die Mail kam zurück." in await office.inner_text("main")
    assert "Persönliche Links sind hier gekürzt" in await office.inner_text("main")
    await office.go_back()
    await row.locator("button:has-text('Erledigt')").click()
    assert GONE_MAIL not in await office.inner_text("main")
    await office.click("nav[aria-label=Stand] a:has-text('Erledigt')")
    assert GONE_MAIL in await office.inner_text("main")
    await office.context.close()


async def told(office: Page, address: str, words: str) -> None:
    """The worker looks into the folder every two seconds."""
    for _look in range(int(PATIENCE * 2)):
        await office.goto(address)
        if words in await office.inner_text("main"):
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"{words} never said")


async def test_a_held_mail_is_found_decided_on_and_the_sending_held(site: Site, browser: Browser) -> None:
    await signs_up(browser, site, "Kemal", HELD_MAIL)
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await office.goto(f"{site.address}/team/postausgang")
    await office.click("summary:has-text('Versand anhalten')")
    await office.fill("[name=reason]", "Wir prüfen einen Text")
    await office.click("button:has-text('Versand anhalten')")
    assert "Wir prüfen einen Text" in await office.inner_text("main")
    hold(site, HELD_MAIL)
    await office.goto(f"{site.address}/team/")
    await office.click("main a:has-text('vielleicht schon angekommen')")
    await office.fill("[name=suche]", HELD_MAIL)
    await office.click("main form[role=search] button")
    await office.check(f"tr:has-text('{HELD_MAIL}') input[name=mails]")
    await office.click("button:has-text('Noch einmal senden')")
    assert "Die Mails werden noch einmal gesendet." in await office.inner_text("main")
    await office.click("nav[aria-label='Stand der Mails'] a:has-text('Wartet auf den Versand')")
    await expect(office.locator(f"tr:has-text('{HELD_MAIL}')")).to_contain_text("evtl. doppelt")
    await office.click("main button:has-text('Wieder senden')")
    assert "Der Mailversand läuft wieder." in await office.inner_text("main")
    await office.context.close()


async def test_the_pages_of_the_outbox_are_for_everybody(site: Site, browser: Browser) -> None:
    mail = await signs_up(browser, site, "Lale", "lale.liest@example.org")
    hold(site, "lale.liest@example.org")
    office = await signed_in(browser, site, "bernd@example.org")
    id = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    pages = ["", "?stand=sent", "?stand=held", "?suche=niemand", f"/{id}", "/adressen", "/adressen?stand=erledigt"]
    addresses = [f"{site.address}/team/postausgang{page}" for page in pages]
    assert await all_looked_at(office.context, site, addresses) == []
    await office.context.close()
