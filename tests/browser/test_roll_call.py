"""The roll call without network, in real Chromium: nothing is lost or said twice, and no name lies on the disk."""

import asyncio
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.browser.axe import violations
from tests.browser.chromium import chromium, options
from tests.browser.conftest import Site
from tests.browser.roll_call_scene import FAMILY
from tests.browser.test_team import signed_in
from tests.browser.visitors import PHONE
from tests.servers import printed_by

pytestmark = pytest.mark.browser

LISTED = [f"Xaveria{number:02}" for number in range(40)]
WALK_INS = ["Zephyrina", "Yolandina", "Wunibalda"]
LARGEST_PAGE = 80_000  # bytes, packed


@pytest_asyncio.fixture(loop_scope="session")
async def date(site: Site) -> str:
    settings = {"EVENTS_DATA": str(site.folder), "EVENTS_DATABASE_URL": f"sqlite:///{site.folder / 'teilnahme.sqlite'}"}
    code, printed = await printed_by("tests.browser.roll_call_scene:main", *LISTED, environment=settings)
    assert code == 0, printed
    return printed.split()[-1]


async def test_nothing_is_lost_when_network_and_phone_fail(site: Site, date: str, tmp_path: Path) -> None:
    async with phone_of(tmp_path) as (context, page):
        await sign_in(page, site, date)
        await context.set_offline(True)
        await page.reload()
        await mark(page, range(30))
        for name in WALK_INS:
            await walk_in(page, name)
        for station, women in (("Eingang", 5), ("Saal", 7)):
            await count(page, station, women)
        await unsent(page, 35)
        assert await violations(page) == []
        await kill_browser(tmp_path)
    assert list(names_in(tmp_path)) == []

    async with phone_of(tmp_path) as (context, page):
        await context.set_offline(True)
        await page.goto(f"{site.address}/team/anwesenheit/{date}")
        await unsent(page, 35)
        await expect(page.locator(".roll-main[aria-pressed=true]")).to_have_count(33)
        await context.set_offline(False)
        await back_online(page, site, date)
        await unsent(page, 0)
    assert said(site, date) == {"present": 33, "Eingang": 5, "Saal": 7} | dict.fromkeys(WALK_INS, 1)


async def test_two_phones_say_the_same_in_the_end(site: Site, date: str, browser: Browser) -> None:
    pages = [await signed_in(browser, site, "bernd@example.org") for _phone in range(2)]
    for page in pages:
        await page.goto(f"{site.address}/team/anwesenheit/{date}")
        await page.wait_for_selector("#roll-app[data-ready]")
        await page.context.set_offline(True)
    first, second = pages
    await mark(first, range(3))
    await mark(second, range(2, 6))
    await second.locator(".roll-row").nth(2).locator(".roll-more").click()
    await second.locator(".roll-row").nth(2).locator("[data-mark=late]").click()
    for page in pages:
        await page.context.set_offline(False)
        await page.evaluate("dispatchEvent(new Event('online'))")
        await unsent(page, 0)
    await first.evaluate("dispatchEvent(new Event('online'))")
    for page in pages:
        await page.wait_for_selector(".roll-row:nth-child(6) .roll-main[aria-pressed=true]")
        await expect(page.locator(".roll-main[aria-pressed=true]")).to_have_count(6)
        await expect(page.locator("[data-is=late]")).to_have_count(1)
        await page.context.close()
    assert said(site, date) == {"present": 5, "late": 1}


async def test_a_double_tap_adds_one_person(site: Site, date: str, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    await page.goto(f"{site.address}/team/anwesenheit/{date}")
    await page.wait_for_selector("#roll-app[data-ready]")
    await page.fill("#roll-name", WALK_INS[0])
    await page.check("#roll-consent")
    async with page.expect_response("**/fakten"):
        await page.dblclick("#roll-walk-in button[type=submit]")
    await expect(page.locator("#roll-unsent")).to_have_text("Alles übertragen")
    await expect(page.locator(".roll-row")).to_have_count(len(LISTED) + 1)
    assert said(site, date) == {"present": 1, WALK_INS[0]: 1}
    await page.context.close()


async def test_a_clock_that_is_a_day_ahead_takes_nothing_from_the_phone(
    site: Site, date: str, browser: Browser
) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    await page.context.add_init_script("const real = Date.now; Date.now = () => real() + 26 * 3600 * 1000")
    await page.goto(f"{site.address}/team/anwesenheit/{date}")
    await page.wait_for_selector("#roll-app[data-ready]")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.locator(".roll-row")).to_have_count(len(LISTED))
    await page.context.close()


async def test_whoever_may_not_see_the_list_any_more_does_not_find_it_on_the_phone(
    site: Site, date: str, browser: Browser
) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    here = f"{site.address}/team/anwesenheit/{date}"
    await page.goto(here)
    await page.wait_for_selector("#roll-app[data-ready]")
    await expect(page.locator(".roll-row").first).to_be_visible()
    await page.context.clear_cookies()
    await sign_in_as(page, site, "carla@example.org")
    await page.goto(here)
    await expect(page.locator("#roll-network")).to_contain_text("nicht mehr offen")
    await page.context.set_offline(True)
    await page.reload()
    await page.wait_for_selector("#roll-app[data-ready]")
    await expect(page.locator(".roll-row")).to_have_count(0)
    await page.context.close()


async def test_the_page_is_light(site: Site, date: str, browser: Browser) -> None:
    page = await signed_in(browser, site, "bernd@example.org")
    packed: list[int] = []
    session = await page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: packed.append(event["encodedDataLength"]))
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await page.goto(f"{site.address}/team/anwesenheit/{date}")
    await page.wait_for_selector(".roll-row")
    assert sum(packed) <= LARGEST_PAGE, packed
    await page.context.close()


@asynccontextmanager
async def phone_of(profile: Path) -> AsyncIterator[tuple[BrowserContext, Page]]:
    """A browser with a folder of its own, as on a phone; it may be killed meanwhile."""
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=chromium(),
            args=options(),
            viewport=PHONE,  # type: ignore[arg-type]
        )
        ended = asyncio.Event()
        context.on("close", lambda _context: ended.set())
        yield context, context.pages[0]
        if browsers(profile):
            await context.close()
        await ended.wait()


async def sign_in(page: Page, site: Site, date: str) -> None:
    await page.goto(f"{site.address}/team/anwesenheit/{date}")
    await page.fill("[name=email]", "bernd@example.org")
    await page.fill("[name=password]", site.password)
    await page.click("main button[type=submit]")
    await page.wait_for_selector("#roll-app[data-ready]")


async def sign_in_as(page: Page, site: Site, address: str) -> None:
    await page.goto(f"{site.address}/team/anmelden")
    await page.fill("[name=email]", address)
    await page.fill("[name=password]", site.password)
    await page.click("main button[type=submit]")
    await page.wait_for_url("**/team/")


async def back_online(page: Page, site: Site, date: str) -> None:
    """The killed browser may have forgotten who is signed in: then the page says so and keeps everything."""
    await page.evaluate("dispatchEvent(new Event('online'))")
    await page.wait_for_selector("#roll-app[data-pending='0'], #roll-sign-in:not([hidden])")
    if await page.locator("#roll-sign-in").is_visible():
        assert await page.get_attribute("#roll-app", "data-pending") == "35"
        await page.click("#roll-sign-in a")
        await page.fill("[name=email]", "bernd@example.org")
        await page.fill("[name=password]", site.password)
        await page.click("main button[type=submit]")
        await page.goto(f"{site.address}/team/anwesenheit/{date}")


async def mark(page: Page, numbers: range) -> None:
    await page.wait_for_selector(".roll-row")
    for number in numbers:
        await page.locator(".roll-main").nth(number).click()


async def walk_in(page: Page, name: str) -> None:
    await page.fill("#roll-name", f"{name} {FAMILY}")
    await page.check("#roll-consent")
    await page.click("#roll-walk-in button[type=submit]")


async def count(page: Page, station: str, women: int) -> None:
    await page.fill("#roll-station", station)
    await page.fill("#count-people-women", str(women))
    await page.locator("#count-people-women").blur()


async def unsent(page: Page, number: int) -> None:
    await page.wait_for_selector(f"#roll-app[data-pending='{number}']")
    text = await page.inner_text("#roll-unsent")
    assert text == (f"Noch nicht übertragen: {number}" if number else "Alles übertragen")


def said(site: Site, date: str) -> Counter[str]:
    """What the server holds: people by what counts of them, counted heads by station. Each fact is there once."""
    with sqlite3.connect(site.folder / "teilnahme.sqlite") as database:
        rows = database.execute(
            "SELECT id, subject, mark, counter, device, name FROM attendance_mark WHERE event_date = ?", [date]
        ).fetchall()
        assert len({row[0] for row in rows}) == len(rows) == len({(row[3], row[4]) for row in rows}), rows
        newest = {subject: mark for _id, subject, mark, *_ in sorted(rows, key=lambda row: (row[3], row[4], row[0]))}
        named = Counter(row[5].partition(" ")[0] for row in rows if row[5])
        assert set(named) <= set(WALK_INS) and set(named.values()) <= {1}
        counts = database.execute("SELECT station, heads FROM headcount WHERE event_date = ?", [date]).fetchall()
        assert len(counts) == len({station for station, _heads in counts})
        return Counter(newest.values()) + Counter(dict(counts)) + Counter(list(named))


def browsers(profile: Path) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(profile).encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it ended meanwhile
    return [pid for pid in found if pid != os.getpid()]


async def kill_browser(profile: Path) -> None:
    while found := browsers(profile):
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0)


def names_in(profile: Path) -> Iterator[tuple[str, str]]:
    """Files of the browser that hold a name somebody could read."""
    names = [*LISTED[:3], *WALK_INS, FAMILY]
    for path in profile.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        yield from (
            (path.name, name) for name in names for code in ("utf-8", "utf-16-le") if name.encode(code) in content
        )
