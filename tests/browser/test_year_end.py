"""The end of a year, in a browser: closing what is open, comparing, files, signing off, erasing; no figure changes."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from docx import Document
from playwright.async_api import Browser, Page
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.browser.conftest import SOONEST, Site
from tests.browser.copies import copy_of, move
from tests.browser.test_team import signed_in

pytestmark = pytest.mark.browser

YEARS = "von=2014-01-01&bis=2018-12-31"
OF_THE_REPORT = {
    "Griffbereit": {"Termine": "8", "Personen": "34", "Gruppen": "36", "Eltern": "310", "Kinder": "332"},
    "Rucksack KiTa": {"Termine": "12", "Personen": "50", "Gruppen": "92", "Eltern": "670", "Kinder": "757"},
    "Rucksack Schule": {"Termine": "5", "Gruppen": "11", "Eltern": "71", "Kinder": "73"},
    "Fortbildungsreihe Ehrenamt": {"Veranstaltungen": "9", "Teilnahmen": "170"},
    "Pflege und Gesundheit": {"Veranstaltungen": "12", "Köpfe": "350"},
    "Interkulturelle Kompetenz": {"Veranstaltungen": "6", "Köpfe": "100"},
    "Demokratie-Zukunftswerkstätten": {"Veranstaltungen": "5"},
    "Auftakt der Demokratie-Zukunftswerkstätten": {"Veranstaltungen": "1"},
    "Anschluss nach der IFK": {"Veranstaltungen": "4"},
    "Austauschtreffen Ehrenamt": {"Veranstaltungen": "1"},
}
"""What the office's own report of 2016 and 2017 says about its events and groups, and what followed in 2018."""


@pytest_asyncio.fixture(loop_scope="session")
async def own_site(site: Site, tmp_path: Path) -> AsyncIterator[Site]:
    """A copy: everybody is erased in it. One event was three weeks ago and is not closed; names are kept for a day."""

    def prepare(database: sqlite3.Connection) -> None:
        move(database, SOONEST, "-506 hours", "-504 hours")
        database.execute("UPDATE programme SET policy = json_set(policy, '$.keep_days', 1)")

    async with copy_of(site, tmp_path, prepare) as copy:
        yield copy


async def test_the_year_ends_and_its_figures_stay(own_site: Site, browser: Browser) -> None:
    page = await signed_in(browser, own_site, "bernd@example.org")
    await close_what_is_open(page)
    figures = f"{own_site.address}/team/auswertung"
    found = await table(page, f"{figures}?{YEARS}", "figures")
    assert {name: {head: found[name][head] for head in said} for name, said in OF_THE_REPORT.items()} == OF_THE_REPORT
    family = await table(page, f"{figures}?{YEARS}&nach=family", "figures")
    assert (family["Frühe Bildung"]["Termine"], family["Frühe Bildung"]["Personen"]) == ("25", "98")
    running = await table(page, f"{figures}?von=2017-01-01&bis=2017-12-31", "closer")
    assert [running[name]["Laufende Gruppen"] for name in ("Griffbereit", "Rucksack KiTa")] == ["13", "23"]

    await sign_off(page, own_site)
    await page.goto(f"{figures}?von=2017-01-01&bis=2017-12-31")
    await page.select_option("[name=vergleich]", label="Mit dem Jahr davor")
    await page.click("main button:has-text('Anzeigen')")
    assert "01.01.2016–31.12.2016" in await page.inner_text("main")
    before = await everything(page)
    assert before["pdf"].count("Griffbereit") and before["docx"]["Köpfe"]

    await erase_everybody(browser, own_site)
    await page.goto(f"{figures}?von=2017-01-01&bis=2017-12-31&vergleich=year_before")
    assert await everything(page) == before
    assert await table(page, f"{figures}?{YEARS}", "figures") == found
    await page.goto(f"{own_site.address}/team/bausteine")
    assert "Prüfwert: unverändert" in await page.inner_text("main")
    await page.context.close()


async def close_what_is_open(page: Page) -> None:
    """From *today*, date by date."""
    closed = 0
    while await page.locator("main a[href$='/abschluss']").count():
        await page.locator("main a[href$='/abschluss']").first.click()
        if await page.locator("[name=note][required]").count():
            await page.fill("[name=note]", "Zum Jahresende geprüft.")
        await page.click("button:has-text('Jetzt abschließen')")
        assert "ist abgeschlossen" in await page.inner_text("main")
        closed += 1
        await page.click("nav a:has-text('Heute')")
    assert closed


async def sign_off(page: Page, site: Site) -> None:
    """The year of which the report says what was carried out: 604 units."""
    await page.goto(f"{site.address}/team/auswertung")
    await page.click("nav a:has-text('Bausteine')")
    main = await page.inner_text("main")
    assert {"604", "580", "187", "214"} <= set(main.split())
    await page.click("main a:has-text('KOMM-AN NRW 2016 abschließen')")
    await page.click("button:has-text('Jahr endgültig abschließen')")
    assert "Prüfwert: unverändert" in await page.inner_text("main")


async def table(page: Page, address: str, code: str) -> dict[str, dict[str, str]]:
    """A table of the report by name and heading."""
    await page.goto(address)
    shown = page.locator(f"table:has(#t-{code})")
    heads = (await shown.locator("thead th").all_inner_texts())[1:]
    found = {}
    for row in await shown.locator("tbody tr").all():
        cells = [re.sub(r"\s", "", text) for text in await row.locator("td").all_inner_texts()]
        found[await row.locator("th").inner_text()] = dict(zip(heads, cells, strict=True))
    return found


async def everything(page: Page) -> dict[str, object]:
    """What the page shows and what its files hold, as text."""
    files = {}
    for ending, name in (("xlsx", "Excel laden"), ("docx", "Word laden"), ("pdf", "PDF laden")):
        async with page.expect_download() as waiting:
            await page.click(f"main a:has-text('{name}')")
        files[ending] = Path(await (await waiting.value).path()).read_bytes()
    book = CalamineWorkbook.from_filelike(BytesIO(files["xlsx"]))
    document = Document(BytesIO(files["docx"]))
    return {
        "page": await page.inner_text("main"),
        "xlsx": {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names},
        "docx": {
            one.rows[0].cells[-1].text: [cell.text for row in one.rows for cell in row.cells] for one in document.tables
        },
        "pdf": " ".join(one.extract_text() for one in PdfReader(BytesIO(files["pdf"])).pages),
    }


async def erase_everybody(browser: Browser, site: Site) -> None:
    page = await signed_in(browser, site, "admin@example.org")
    await page.goto(f"{site.address}/team/datenschutz")
    await page.click("summary:has-text('Jetzt löschen')")
    await page.click("button:has-text('Jetzt endgültig löschen')")
    await page.context.close()
    with closing(sqlite3.connect(site.folder / "teilnahme.sqlite")) as database:
        of_events = "SELECT r.participant FROM registration r JOIN event e ON e.id = r.event WHERE e.ends_at"
        over, coming = f"{of_events} < '2019-01-01'", f"{of_events} > date('now')"
        named = f"SELECT COUNT(*) FROM participant WHERE given_name <> '' AND id IN ({over}) AND id NOT IN ({coming})"
        ((left,),) = database.execute(named)
    assert left == 0
