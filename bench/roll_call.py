"""How fast the roll call answers a tap on a slow phone, and what the page weighs: Chromium, its processor slowed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright

from bench import sites
from tests.browser.chromium import chromium, options
from tests.browser.visitors import PHONE
from tests.servers import printed_by

NAMES, SLOWER, TAPS = 200, 6, 40
PASSWORD = "only-for-figures-only"

# From the tap to the next picture on the screen, in milliseconds: the handlers, style, layout and painting.
TAP = """row => new Promise(done => {
  const began = performance.now();
  row.querySelector(".roll-main").click();
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - began); channel.port2.postMessage(""); });
})"""


@dataclass(frozen=True)
class Answers:
    """Milliseconds until a tap is seen, and packed kilobytes of the page with everything it needs."""

    milliseconds: Sequence[float]
    kilobytes: float

    def rows(self) -> list[tuple[str, str]]:
        slowest = sorted(self.milliseconds)[int(0.95 * len(self.milliseconds))]
        return [
            ("ms bis zum Bild, Median", f"{statistics.median(self.milliseconds):.0f}"),
            ("ms bis zum Bild, 95 von 100", f"{slowest:.0f}"),
            ("ms bis zum Bild, höchstens", f"{max(self.milliseconds):.0f}"),
            ("kB der Seite in allem", f"{self.kilobytes:.1f}"),
        ]


async def measured() -> Answers:
    with sites.sqlite() as settings:
        await sites.demo(settings)
        names = [f"Name{number}" for number in range(NAMES)]
        code, printed = await printed_by("tests.browser.roll_call_scene:main", *names, environment=settings)
        if code:
            raise RuntimeError(printed)
        await printed_by(
            "events.cli:main", "staff", "add", "bench@example.org", "--name", "Bench", "--role", "organiser",
            environment=settings, typed=f"{PASSWORD}\n{PASSWORD}\n".encode(),
        )  # fmt: skip
        async with sites.site(settings) as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=options())
            page = await browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
            await _sign_in(page, server.address)
            weight = await _opened(page, f"{server.address}/team/anwesenheit/{printed.split()[-1]}")
            return Answers(await _taps(page), weight)


async def _sign_in(page: Page, address: str) -> None:
    await page.goto(f"{address}/team/anmelden")
    await page.fill("[name=email]", "bench@example.org")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button[type=submit]")
    await page.wait_for_selector("h1:has-text('Heute')")


async def _opened(page: Page, address: str) -> float:
    packed: list[int] = []
    session = await page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: packed.append(event["encodedDataLength"]))
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await page.goto(address)
    await page.wait_for_selector("#roll-app[data-ready]")
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return sum(packed) / 1000


async def _taps(page: Page) -> list[float]:
    rows = page.locator(".roll-row")
    return [await rows.nth(number * NAMES // TAPS).evaluate(TAP) for number in range(TAPS)]
