"""Invitations in a browser: from a file of addresses to yes, no and a colleague; and only the silent are reminded."""

import re
from email.message import EmailMessage

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import mails_called, next_mail
from tests.browser.test_team import signed_in
from tests.browser.visitors import phone
from tests.outbox import own_link, text_of

pytestmark = pytest.mark.browser

WORKSHOP = "Demokratie-Zukunftswerkstatt Neue Medien: Fake News und Hate Speech"
PEOPLE = ("Amira Haddad", "Selma Kaya", "Todor Ilieva", *(f"Gast{number} Muster" for number in range(17)))
WAYS = ("", "/zusagen", "/absagen", "/vertretung")


def address(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}.einladung@example.org"


def table() -> bytes:
    rows = [f"{name};{address(name)};{'Arabisch' if name == PEOPLE[0] else ''}" for name in PEOPLE]
    return "\r\n".join(["Ansprechperson;E-Mail;Sprache", *rows]).encode("utf-8-sig")


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"^https?://[^/\s]+((?:/[a-z]{2})?/einladung/\S+)$", text_of(mail), re.MULTILINE)
    assert found is not None
    return found.group(1)


async def invitation_of(site: Site, name: str) -> str:
    return link_in(await next_mail(site.folder, address(name), 1))


async def twenty_invited(page: Page, site: Site) -> str:
    """The address of the list of invitations, once the mails are on their way."""
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click(f"main a:has-text('{WORKSHOP}')")
    await page.click("main a[href$='/einladungen']")
    overview = page.url
    await page.click("main a[href$='/import']")
    file = {"name": "adressen.csv", "mimeType": "text/csv", "buffer": table()}
    await page.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    await page.click("main form.form button[type=submit]")
    assert "Spalten zuordnen" in await page.inner_text("h1")
    await page.click("main form.form button[type=submit]")
    await page.click("main button:has-text('20 Adressen eintragen')")
    assert "20 Adressen sind eingetragen." in await page.inner_text("main")
    await page.click("main a[href$='/senden']")
    await page.fill("[name=de]", "Bitte bringen Sie ein Beispiel mit.")
    await page.click("button[value=preview]")
    assert "Bitte bringen Sie ein Beispiel mit." in await page.inner_text("main .letter")
    await page.click("button[value=send]")
    assert "gehen jetzt hinaus" in await page.inner_text("main")
    return overview


async def yes_in_arabic(page: Page, site: Site) -> None:
    path = await invitation_of(site, PEOPLE[0])
    assert path.startswith("/ar/")
    await page.goto(site.address + path)
    assert await page.get_attribute("html", "dir") == "rtl"
    await page.click("main a[href$='/zusagen']")
    assert await page.input_value("[name=given_name]") == "Amira"
    await page.click("main form.form button[type=submit]")
    await expect(page.locator("main .kern-alert--success")).to_have_count(2)
    await expect(page.locator("main a[href*='/ar/anmeldung/']")).to_have_count(1)


async def a_colleague_comes(page: Page, site: Site) -> None:
    path = await invitation_of(site, PEOPLE[1])
    await page.goto(site.address + path)
    await page.click("main a[href$='/vertretung']")
    await page.click("main form.form button[type=submit]")
    await expect(page).to_have_title(re.compile("^Fehler:"))
    await page.fill("[name=given_name]", "Rojda")
    await page.fill("[name=email]", "rojda.vertretung@example.org")
    await page.click("main form.form button[type=submit]")
    assert "muss noch selbst bestätigen" in await page.inner_text("main")
    await page.goto(site.address + own_link(await next_mail(site.folder, "rojda.vertretung@example.org", 1)))
    await page.click("form[action$='/bestaetigen'] button")
    await page.goto(site.address + path)
    assert "Die Person hat bestätigt." in await page.inner_text("main")


async def no_then_yes(page: Page, site: Site) -> None:
    path = await invitation_of(site, PEOPLE[2])
    await page.goto(site.address + path)
    await page.click("main a[href$='/absagen']")
    await page.fill("[name=reason]", "Elternabend")
    await page.click("main form.form button[type=submit]")
    assert "Sie haben abgesagt" in await page.inner_text("main")
    await page.click("main a[href$='/zusagen']")
    await page.click("main form.form button[type=submit]")
    assert "Sie haben zugesagt" in await page.inner_text("main")


async def test_twenty_are_invited_and_answer_without_scripts(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    overview = await twenty_invited(office, site)
    async with phone(browser) as page:
        await yes_in_arabic(page, site)
        await a_colleague_comes(page, site)
        await no_then_yes(page, site)
    await office.goto(overview)
    glance = " ".join((await office.inner_text("main")).split())
    for said in ("Zugesagt 2", "Vertretung genannt 1", "Es kommen 3 Personen", "Noch ohne Antwort 17"):
        assert said in glance, said
    await office.click("main a[href$='/erinnern']")
    await office.click("button[value=send]")
    mails = await mails_called(site.folder, f"Erinnerung an die Einladung: {WORKSHOP}", 17)
    reminded = {str(mail["To"]) for mail in mails}
    assert reminded == {address(name) for name in PEOPLE[3:]}
    await office.context.close()


async def test_all_pages_of_an_invitation_are_open_to_all(site: Site, browser: Browser) -> None:
    office = await signed_in(browser, site, "bernd@example.org")
    overview = await office_list(office, site)
    invited = await office.get_attribute("main tbody a[href*='/einladungen/']", "href")
    pages = [overview, *(f"{overview}/{way}" for way in ("neu", "liste", "import", "senden", "erinnern"))]
    found = await all_looked_at(
        office.context, site, [*pages, f"{overview}?stand=declined", f"{site.address}{invited}"]
    )
    await office.goto(f"{overview}/liste")
    await office.fill("[name=addresses]", "keine Adresse")
    await office.click("main form.form button[type=submit]")
    assert "1 Fehler" in await office.inner_text("main")
    await office.context.close()
    assert found == []


async def test_the_page_of_an_invitation_is_open_to_all_in_every_language(site: Site, browser: Browser) -> None:
    path = link_in((await mails_called(site.folder, f"Einladung: {WORKSHOP}", 1))[0])
    for scheme, prefixes in (("light", ("", "/en", "/tr", "/ar")), ("dark", ("", "/ar"))):
        context = await browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
        addresses = [f"{site.address}{prefix}{path}{way}" for prefix in prefixes for way in WAYS]
        assert await all_looked_at(context, site, addresses) == []
        await context.close()


async def office_list(page: Page, site: Site) -> str:
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click("main a:has-text('Demokratie-Zukunftswerkstatt Erziehung: rassismusfreie')")
    await page.click("main a[href$='/einladungen']")
    return page.url
