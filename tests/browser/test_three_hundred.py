"""An organiser with three hundred addresses and a date that moves and falls through, without scripts."""

import re

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.mailbox import mails_called, next_mail
from tests.browser.test_invitations import link_in
from tests.browser.test_mailings import going_on, standing_still
from tests.browser.test_team import planned, signed_in
from tests.browser.visitors import phone
from tests.outbox import calendar_of, own_link

pytestmark = pytest.mark.browser

TITLE = "Werkstatt für dreihundert Eingeladene"
PEOPLE = 300
ANSWERS = 3


def address(number: int) -> str:
    return f"eingeladen{number}@example.org"


async def test_three_hundred_are_invited_moved_and_called_off(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    event = await a_published_event(office, site)
    await addresses_from_a_file(office, event)
    await sent_with_a_pause(office, site, event)
    async with phone(browser) as page:
        await yes(page, site, 0)
        await no(page, site, 1)
        await a_colleague(page, site, 2)
    await the_silent_are_reminded(office, event)
    assert len(await mails_called(site.folder, f"Erinnerung an die Einladung: {TITLE}", PEOPLE - ANSWERS)) == 297
    await moved(office, event)
    told = {str(mail["To"]) for mail in await mails_called(site.folder, f"Geändert: {TITLE}", PEOPLE - 1)}
    assert len(told) == PEOPLE - 1 and address(1) not in told
    await office.goto(f"{event}/absagen")
    await office.click("button:has-text('Jetzt absagen')")
    mails = await mails_called(site.folder, f"Abgesagt: {TITLE}", PEOPLE - 1)
    assert {str(mail["To"]) for mail in mails} == told and len(mails) == len(told)
    cancelled = {str(mail["To"]) for mail in mails if "METHOD:CANCEL" in calendar_of(mail)}
    assert cancelled == {address(0), "vertretung300@example.org"}
    await office.context.close()


async def a_published_event(page: Page, site: Site) -> str:
    await page.goto(f"{site.address}/team/veranstaltungen")
    event = f"{site.address}/team/veranstaltungen/{await planned(page, TITLE)}"
    await page.click("button:has-text('Veröffentlichen')")
    return event


async def addresses_from_a_file(page: Page, event: str) -> None:
    await page.goto(f"{event}/einladungen/import")
    rows = "\r\n".join(f"Gast {number};{address(number)}" for number in range(PEOPLE))
    content = f"Ansprechperson;E-Mail\r\n{rows}".encode("utf-8-sig")
    await page.set_input_files("[name=file]", {"name": "adressen.csv", "mimeType": "text/csv", "buffer": content})
    await page.click("main form.form button[type=submit]")
    await page.click("main form.form button[type=submit]")
    await page.click(f"main button:has-text('{PEOPLE} Adressen eintragen')")
    assert f"{PEOPLE} Adressen sind eingetragen." in await page.inner_text("main")


async def sent_with_a_pause(page: Page, site: Site, event: str) -> None:
    """The progress is watched, the mailing paused and gone on with."""
    await standing_still(page, site)
    await page.goto(f"{event}/einladungen/senden")
    await page.click("button[value=preview]")
    await page.click("button[value=send]")
    await page.click("main a[href*='/team/rundmails/']")
    progress = page.url
    assert f"0 von {PEOPLE} Mails verschickt" in await page.inner_text("main")
    await page.click("button:has-text('Anhalten')")
    await going_on(page, site)
    await page.goto(progress)
    assert f"0 von {PEOPLE} Mails verschickt" in await page.inner_text("main")
    await page.click("button:has-text('Fortsetzen')")
    mails = await mails_called(site.folder, f"Einladung: {TITLE}", PEOPLE)
    assert len({str(mail["To"]) for mail in mails}) == len(mails) == PEOPLE
    await page.goto(progress)
    assert re.search(rf"\d+ von {PEOPLE} Mails verschickt", await page.inner_text("main"))


async def opened(page: Page, site: Site, number: int, way: str) -> None:
    mail = await next_mail(site.folder, f"{address(number)}", 1)
    await page.goto(site.address + link_in(mail))
    await page.click(f"main a[href$='/{way}']")


async def yes(page: Page, site: Site, number: int) -> None:
    await opened(page, site, number, "zusagen")
    await page.click("main form.form button[type=submit]")
    assert "Sie haben zugesagt" in await page.inner_text("main")


async def no(page: Page, site: Site, number: int) -> None:
    await opened(page, site, number, "absagen")
    await page.fill("[name=reason]", "Keine Zeit")
    await page.click("main form.form button[type=submit]")
    assert "Sie haben abgesagt" in await page.inner_text("main")


async def a_colleague(page: Page, site: Site, number: int) -> None:
    await opened(page, site, number, "vertretung")
    await page.fill("[name=given_name]", "Rojda")
    await page.fill("[name=email]", "vertretung300@example.org")
    await page.click("main form.form button[type=submit]")
    await page.goto(site.address + own_link(await next_mail(site.folder, "vertretung300@example.org", 1)))
    await page.click("form[action$='/bestaetigen'] button")


async def the_silent_are_reminded(page: Page, event: str) -> None:
    await page.goto(f"{event}/einladungen")
    await page.click("main a[href$='/erinnern']")
    await page.click("button[value=send]")


async def moved(page: Page, event: str) -> None:
    """It ends a quarter of an hour later."""
    await page.goto(event)
    await page.click("main td a[href*='/team/termine/'][href$='/bearbeiten']")
    ends = await page.input_value("[name=ends]")
    hours, minutes = (int(part) for part in ends.split(":"))
    await page.fill("[name=ends]", f"{hours:02}:{(minutes + 15) % 60 if minutes < 45 else 59:02}")
    await page.click("button:has-text('Weiter')")
    await page.click("button:has-text('Termin ändern')")
