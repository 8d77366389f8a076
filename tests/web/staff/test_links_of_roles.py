"""What a page offers to a role opens for that role: no link and no button of ours ends at "nicht gefunden"."""

import re
from html import unescape

import pytest
import pytest_asyncio

from events.accounts.rules import ROLES
from tests.web.staff.pages import PAGES
from tests.web.staff.stage import stage
from tests.web.staff.test_roles import ask

pytestmark = pytest.mark.one_database

LINK = re.compile(r'<a [^>]*href="(/team/[^"#]*)')
FORM = re.compile(r'<form(?=[^>]*method="post")[^>]*action="(/team/[^"#?]*)', re.DOTALL)
BUILT_ELSEWHERE = (".pdf", ".png", ".xlsx", ".docx")
"""A process of its own for each: `test_roles` asks for these once."""

PATTERNS = {page: re.compile(re.sub(r"\{\w+\}", "[^/]+", page)) for page in PAGES}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everybody(empty_database, app):
    async with empty_database(), stage(app, ROLES) as opened:
        yield opened


def may_send(role, path):
    """Whether a form at this address is for the role; the exact address counts before one with gaps."""
    wanted = f"POST {path}"
    page = wanted if wanted in PAGES else next((one for one, form in PATTERNS.items() if form.fullmatch(wanted)), None)
    return page is None or role in PAGES[page]


@pytest.mark.parametrize("role", ROLES)
async def test_everything_that_is_offered_opens(role, everybody):
    client, opened, astray = everybody.clients[role], {}, []
    pages = [page for page, roles in PAGES.items() if page.startswith("GET ") and role in roles]
    for page in pages:
        if page.endswith(BUILT_ELSEWHERE):
            continue
        text = (await ask(client, page, await everybody.story(page))).text
        astray += [f"{page}: {path}" for path in set(FORM.findall(text)) if not may_send(role, path)]
        for path in map(unescape, set(LINK.findall(text))):
            if path.partition("?")[0].endswith(BUILT_ELSEWHERE):
                continue
            if path not in opened:
                opened[path] = (await client.get(path)).status_code
            if opened[path] == 404:
                astray.append(f"{page}: {path}")
    assert not astray, "\n".join(sorted(astray))
    assert len(opened) > 3
