"""People with a phone or a computer who sign up: what they open and fill in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page

PHONE = {"width": 390, "height": 844}
COMPUTER = {"width": 1280, "height": 900}


@asynccontextmanager
async def phone(browser: Browser, scripts: bool = False) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]
    try:
        yield await context.new_page()
    finally:
        await context.close()


@asynccontextmanager
async def computer(browser: Browser) -> AsyncIterator[Page]:
    """With scripts, and allowed to use the clipboard."""
    context = await browser.new_context(viewport=COMPUTER)  # type: ignore[arg-type]
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def fill_in(page: Page, name: str, mail: str) -> None:
    await page.fill("[name=given_name]", name)
    if mail:
        await page.fill("[name=email]", mail)
    await page.check("[name=consent]")


async def send(page: Page) -> None:
    await page.click("main form.form button[type=submit]")
