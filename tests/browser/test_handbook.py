"""The handbook says what is on the pages: every word in bold is there, and its pictures are made here.

`make handbook` takes the pictures anew (--pictures FOLDER).
"""

import html
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

from tests.browser.conftest import SOONEST, Site
from tests.browser.copies import copy_of, move
from tests.browser.test_team import signed_in

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parents[2]
HANDBOOK = PROJECT / "docs" / "handbuch.md"
PICTURES = PROJECT / "docs" / "bilder"
PHONE, DESK = {"width": 390, "height": 780}, {"width": 1100, "height": 760}

SHOWN = {
    "heute.jpg": "/team/",
    "veranstaltung-neu.jpg": "/team/veranstaltungen/neu",
    "anmeldungen.jpg": "{veranstaltung}/anmeldungen",
    "anwesenheit.jpg": "{anwesenheit}",
    "abschluss.jpg": "{vorbei-abschluss}",
    "auswertung.jpg": "/team/auswertung?von=2016-01-01&bis=2017-12-31&vergleich=span_before",
    "bausteine.jpg": "/team/bausteine",
    "datenschutz.jpg": "/team/datenschutz",
}
"""Which page is on which picture; on a phone where the work is done on one."""


@dataclass(frozen=True)
class Chapter:
    """`words`: those in bold, each to be found on one of its `pages` by whoever has the `role`."""

    title: str
    who: str
    pages: tuple[str, ...]
    words: tuple[str, ...]


@pytest_asyncio.fixture(loop_scope="session")
async def own_site(site: Site, tmp_path: Path) -> AsyncIterator[tuple[Site, Mapping[str, str]]]:
    """One event takes place right now, one was three days ago and is open, one is a draft. With where all that is."""
    places: dict[str, str] = {}

    def prepare(database: sqlite3.Connection) -> None:
        today = move(database, SOONEST, "-30 minutes", "+90 minutes")
        places.update(_places(database, today))

    async with copy_of(site, tmp_path, prepare) as copy:
        yield copy, places


async def test_every_word_in_bold_is_on_a_page_of_its_chapter(
    own_site: tuple[Site, Mapping[str, str]], browser: Browser, request: pytest.FixtureRequest
) -> None:
    site, places = own_site
    missing = []
    contexts = {
        who: (await signed_in(browser, site, who, locale="de-DE")).context
        for who in ("bernd@example.org", "admin@example.org")
    }
    for one in chapters():
        seen = " ".join([await _text(contexts[one.who], site, _filled(page, places)) for page in one.pages])
        missing += [(one.title, word) for word in one.words if word not in seen]
    assert missing == []
    target = request.config.getoption("--pictures", default=None)
    for name, page in SHOWN.items() if target else ():
        who = "admin@example.org" if "datenschutz" in page else "bernd@example.org"
        await _taken(contexts[who], site.address + _filled(page, places), Path(target) / name)
    for context in contexts.values():
        await context.close()


def test_the_handbook_shows_each_picture_there_is() -> None:
    named = re.findall(r"\(bilder/([^)]+)\)", HANDBOOK.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(SHOWN) == sorted(path.name for path in PICTURES.iterdir())
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_500_000


def chapters() -> list[Chapter]:
    """Those that say which pages they are about."""
    found = []
    for text in HANDBOOK.read_text(encoding="utf-8").split("\n## ")[1:]:
        pages = re.search(r"<!-- seiten: (.+?) -->", text)
        if pages:
            who = "admin@example.org" if "<!-- rolle: admin -->" in text else "bernd@example.org"
            words = tuple(word.rstrip(".:") for word in re.findall(r"\*\*(.+?)\*\*", text.replace("\n", " ")))
            found.append(Chapter(text.partition("\n")[0], who, tuple(pages[1].split()), words))
    assert len(found) > 8 and all(one.words for one in found)
    return found


def _places(database: sqlite3.Connection, today: str) -> dict[str, str]:
    def one(query: str, *values: str) -> str:
        return str(database.execute(query, values).fetchone()[0])

    coming = (
        "SELECT {} FROM event e JOIN registration r ON r.event = e.id WHERE e.status = 'published' AND e.id <> ? "
        "AND e.starts_at > datetime('now') AND r.status = 'confirmed' GROUP BY e.id ORDER BY COUNT(*) DESC LIMIT 1"
    )
    event = one(coming.format("e.id"), today)
    over = move(database, one(coming.format("e.slug") + " OFFSET 1", today), "-50 hours", "-48 hours")
    draft = one("SELECT id FROM event WHERE status = 'published' AND id NOT IN (SELECT event FROM registration) "
                "AND starts_at > datetime('now') LIMIT 1")  # fmt: skip
    database.execute("UPDATE event SET status = 'draft' WHERE id = ?", [draft])
    date = "SELECT id FROM event_date WHERE event = ? LIMIT 1"
    return {
        "veranstaltung": f"/team/veranstaltungen/{event}",
        "entwurf": f"/team/veranstaltungen/{draft}",
        "anmeldung": f"/team/veranstaltungen/{event}/anmeldungen/"
        + one("SELECT id FROM registration WHERE event = ? AND status = 'confirmed' LIMIT 1", event),
        "termin-bearbeiten": f"/team/termine/{one(date, event)}/bearbeiten",
        "anwesenheit": f"/team/anwesenheit/{one(date, today)}",
        "vorbei": f"/team/veranstaltungen/{over}",
        "vorbei-abschluss": f"/team/anwesenheit/{one(date, over)}/abschluss",
        "organisation": f"/team/organisationen/{one('SELECT institution FROM parent_group LIMIT 1')}",
    }


def _filled(page: str, places: Mapping[str, str]) -> str:
    return re.sub(r"\{([^}]+)\}", lambda found: places[found[1]], page)


async def _text(context: BrowserContext, site: Site, address: str) -> str:
    answer = await context.request.get(site.address + address)
    assert answer.ok, address
    body = (await answer.text()).partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


async def _taken(context: BrowserContext, address: str, file: Path) -> None:
    page = await context.new_page()
    await page.set_viewport_size(PHONE if file.name == "anwesenheit.jpg" else DESK)  # type: ignore[arg-type]
    await page.goto(address)
    main = await page.locator("main").bounding_box()
    assert main is not None
    height = min(main["height"], 900)
    clip = {"x": 0, "y": main["y"], "width": main["x"] * 2 + main["width"], "height": height}
    await page.screenshot(path=file, type="jpeg", quality=72, full_page=True, clip=clip)  # type: ignore[arg-type]
    await page.close()
