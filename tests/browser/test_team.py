"""The office's day in a browser without scripts: plan, publish, call off, take attendance, close, read the figures."""

import re
import sqlite3
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, Page

from events.kit.clock import BERLIN, now
from tests.browser.conftest import Site
from tests.browser.looking import all_looked_at
from tests.browser.mailbox import mails_called
from tests.outbox import text_of

pytestmark = pytest.mark.browser

TO_CALL_OFF = "Schwierige Gespräche im Bürgerbüro"


async def signed_in(browser: Browser, site: Site, who: str, **how: object) -> Page:
    """On *today*. Signs in once and comes back with the same session: so many sign-ins would be slowed down."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, **how)  # type: ignore[arg-type]
    await context.add_cookies(site.sessions.get(who, []))
    page = await context.new_page()
    await page.goto(f"{site.address}/team/")
    if who not in site.sessions:
        await page.fill("[name=email]", who)
        await page.fill("[name=password]", site.password)
        await page.click("main button[type=submit]")
        await page.wait_for_selector("h1:has-text('Heute')")
        site.sessions[who] = await context.cookies()
    return page


async def test_from_the_plan_to_the_figure_without_scripts(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    before = await heads_of_griffbereit(page, site)
    await page.goto(f"{site.address}/team/")
    event = await planned(page, "Vorlesen in zwei Sprachen")
    await page.click("button:has-text('Veröffentlichen')")
    assert "Veröffentlicht" in await page.inner_text("main")

    await page.click("main a[href*='/team/anwesenheit/']")
    roll = page.url.partition("?")[0]
    await page.fill("form[action$='/dazu'] [name=name]", "Selma")
    await page.fill("form[action$='/dazu'] [name=city]", "Herten")
    await page.check("form[action$='/dazu'] [name=consented]")
    await page.click("form[action$='/dazu'] button[type=submit]")
    assert "Selma" in await page.inner_text("main")
    await page.check("form[action$='/zaehlung'] [name=scope][value=additional]")
    await page.locator("form[action$='/zaehlung'] input[type=number]").first.fill("7")
    await page.click("form[action$='/zaehlung'] button[type=submit]")

    held_yesterday(site, event)
    await page.goto(f"{roll}/abschluss")
    await page.click("form[action$='/abschluss'] button[type=submit]")
    assert await heads_of_griffbereit(page, site) == before + 8
    await page.context.close()


async def heads_of_griffbereit(page: Page, site: Site) -> int:
    """As the figures of this year and the last say; other journeys hold events of the programme too."""
    year = now().astimezone(BERLIN).year
    await page.goto(f"{site.address}/team/auswertung?von={year - 1}-01-01&bis={year}-12-31")
    row = page.locator("tr:has-text('Griffbereit')")
    return int((await row.first.inner_text()).split("\t")[6]) if await row.count() else 0


async def test_calling_off_first_shows_whom_it_concerns(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click("main a:has-text('Rucksack KiTa: Grundschulung')")
    await page.click("main a:has-text('Veranstaltung absagen')")
    assert "16" in await page.inner_text("main") and "5" in await page.inner_text("main")
    await page.click("main a:has-text('Zurück'), main a:has-text('Nicht absagen'), main a:has-text('Abbrechen')")
    assert "Veröffentlicht" in await page.inner_text("main")
    await page.context.close()


async def test_calling_off_tells_everybody_and_stands_on_the_public_page(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org", java_script_enabled=False)
    await page.goto(f"{site.address}/team/veranstaltungen?suche=Bürgerbüro")
    await page.click(f"main a:has-text('{TO_CALL_OFF}')")
    public = await page.get_attribute("main a[href^='/veranstaltungen/']", "href")
    await page.click("main a:has-text('Veranstaltung absagen')")
    told = re.search(r"(\d+) Adressen bekommen eine Absage", await page.inner_text("main"))
    assert told is not None
    await page.fill("[name=reason]", "Der Raum steht unter Wasser.")
    await page.click("button:has-text('Jetzt absagen')")
    assert "Abgesagt" in await page.inner_text("main")
    mails = await mails_called(site.folder, f"Abgesagt: {TO_CALL_OFF}", int(told[1]))
    assert len({mail["To"] for mail in mails}) == len(mails) == int(told[1])
    assert all("Der Raum steht unter Wasser." in text_of(mail) for mail in mails)
    await page.goto(f"{site.address}{public}")
    assert "Der Raum steht unter Wasser." in await page.inner_text("main")
    await page.context.close()


async def test_a_trainer_sees_the_own_evenings_only(site: Site, browser: Browser) -> None:
    page = await signed_in(browser, site, "trainer@example.org", java_script_enabled=False)
    await page.goto(f"{site.address}/team/veranstaltungen")
    listed = await page.inner_text("main table")
    assert "Integration ins Bildungssystem" in listed and "Rucksack KiTa: Grundschulung" not in listed
    answer = await page.goto(f"{site.address}/team/auswertung")
    assert answer is not None and answer.status == 404
    await page.context.close()


async def planned(page: Page, title: str) -> str:
    """A draft of the programme Griffbereit with one date tomorrow; its id."""
    await page.click("main a:has-text('Neue Veranstaltung')")
    await page.fill("[name=title]", title)
    await page.select_option("[name=programme]", label="Griffbereit")
    await page.check("[name=format][value=training]")
    await page.click("button:has-text('Als Entwurf speichern')")
    event = page.url.partition("/veranstaltungen/")[2].partition("/")[0]
    await page.fill("[name=day]", soon().strftime("%Y-%m-%d"))
    await page.fill("[name=starts]", soon().strftime("%H:%M"))
    await page.fill("[name=ends]", (soon() + timedelta(minutes=90)).strftime("%H:%M"))
    await page.check("[name=is_online]")
    await page.click("button:has-text('Termin speichern')")
    return event


def soon() -> datetime:
    """Within a day, so that the roll is open, and not over midnight."""
    start = (now() + timedelta(hours=2)).astimezone(BERLIN)
    return start if start.hour < 22 else start.replace(hour=9, minute=0) + timedelta(days=1)


def held_yesterday(site: Site, event: str) -> None:
    """The clock cannot be turned for a running server, so the date is."""
    with sqlite3.connect(site.folder / "teilnahme.sqlite") as database:
        for table, column, where in (("event_date", "start", "event"), ("event_date", '"end"', "event"),
                                     ("event", "starts_at", "id"), ("event", "ends_at", "id")):  # fmt: skip
            moved = f"strftime('%Y-%m-%d %H:%M:%S+00:00', {column}, '-3 days')"
            database.execute(f"UPDATE {table} SET {column} = {moved} WHERE {where} = ?", (event,))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_staff_pages_are_open_to_all(site: Site, browser: Browser, scheme: str) -> None:
    page = await signed_in(browser, site, "bernd@example.org", color_scheme=scheme)
    await page.goto(f"{site.address}/team/veranstaltungen")
    await page.click("main a:has-text('Integration ins Bildungssystem')")
    event = page.url
    roll = site.address + str(await page.get_attribute("main a[href*='/team/anwesenheit/']", "href"))
    paths = [
        "/team/",
        "/team/veranstaltungen",
        "/team/veranstaltungen/neu",
        "/team/veranstaltungen/monat",
        "/team/reihen",
        "/team/programme/griffbereit",
        "/team/orte",
        "/team/anrufe",
        "/team/auswertung?von=2014-01-01&bis=2018-12-31",
        "/team/ergebnisse",
    ]
    parts = [
        "",
        "/bearbeiten",
        "/anmeldungen",
        "/anmeldungen/neu",
        "/absagen",
        "/termine/neu",
        "/fragen",
        "/fragen/neu",
        "/kontingente",
        "/kopieren",
        "/wiederholen",
        "/ergebnisse",
        "/ergebnisse/freigabe",
    ]
    history = event.replace("/veranstaltungen/", "/verlauf/event/")
    addresses = [*(site.address + path for path in paths), *(event + part for part in parts), roll, history]
    found = await all_looked_at(page.context, site, [*addresses, f"{roll}/abschluss"])
    await page.context.close()
    assert found == []


async def test_pages_of_the_administration_are_open_to_all(site: Site, browser: Browser) -> None:
    admin = await signed_in(browser, site, "admin@example.org", color_scheme="dark")
    paths = (
        "bausteine",
        "bausteine/neu",
        "datenschutz",
        "datenschutz/auskunft",
        "datenschutz/einwilligungen",
        "datenschutz/fristen",
        "datenschutz/verzeichnis",
        "einstellungen",
        "einstellungen/seiten",
        "einstellungen/seiten/impressum",
        "programme",
        "gruppen/neu",
        "nachtragen",
    )
    found = await all_looked_at(admin.context, site, [f"{site.address}/team/{path}" for path in paths])
    await admin.context.close()
    assert found == []
