"""Runs axe over an open page: what of WCAG 2.2 AA a program can see."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def violations(page: Page) -> list[str]:
    """One line a violation: page, rule, and the first place. The script needs no permission of the page's CSP."""
    await page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{page.url} {one['id']}: {one['nodes'][0]['target']} {one['help']}" for one in found["violations"]]
