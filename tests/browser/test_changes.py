"""What people change on their own page, on a phone without scripts: another number, another person, other evenings."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from events.kit.actor import person
from events.kit.clock import now
from events.registration.actions import cancel_booking
from events.registration.signup import Receipt
from tests.browser.axe import violations
from tests.browser.visitors import phone
from tests.factories import make_event, make_series
from tests.outbox import kinds_to
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, statuses, stranger
from tests.servers import serving
from tests.web.public.own import own_path, path_of, path_of_person, people_of, together

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def address(db: None) -> AsyncIterator[str]:
    async with serving("--no-worker", at_its_address=True) as server:
        yield server.address


async def open_to_all(page: Page, browser: Browser) -> None:
    """The same address with scripts, under axe."""
    async with phone(browser, scripts=True) as eyes:
        await eyes.goto(page.url)
        assert await violations(eyes) == []


async def test_more_come_along_and_then_somebody_else_takes_the_place(address: str, browser: Browser) -> None:
    event = await make_event("Familientag", capacity=5, policy={"max_party": 4})
    async with phone(browser) as page:
        await page.goto(address + await own_path(event))
        await page.click("main a:has-text('Personenzahl ändern')")
        await open_to_all(page, browser)
        await page.fill("[name=party]", "3")
        await page.click("main form.form button")
        assert "für 3 Personen" in await page.inner_text("main")
        await page.click("main a:has-text('Eine andere Person kommt')")
        await page.click("main form.form button")
        assert await page.locator(".error-summary li").count() >= 1
        await page.fill("[name=given_name]", DORIAN.given_name)
        await page.fill("[name=email]", DORIAN.email)
        await page.click("main form.form button")
        assert DORIAN.given_name in await page.inner_text("main")
        await open_to_all(page, browser)
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    assert await kinds_to(DORIAN.email) != []


async def test_one_evening_is_dropped_and_another_joined(address: str, browser: Browser) -> None:
    series = await make_series("Lebenskunde")
    first, second, third = [
        await make_event(title, series=series, starts_in=timedelta(days=days))
        for title, days in (("Abend eins", 7), ("Abend zwei", 14), ("Abend drei", 21))
    ]
    own = path_of(await together([replace(AMIRA, email="")], first, second, series=series))
    async with phone(browser) as page:
        await page.goto(address + own)
        dropped = page.locator("details:has(form[action$='/absagen']:has([name=registration]))").first
        await dropped.locator("summary").click()
        await dropped.locator("button").click()
        await page.check(f"[name=events][value='{third.id}']")
        await page.click("button:has-text('Dazu anmelden')")
        await expect(page.locator("form[action$='/absagen']:has([name=registration])")).to_have_count(2)
        await open_to_all(page, browser)
    assert [await statuses(event) for event in (first, second, third)] == [["cancelled"], ["confirmed"], ["confirmed"]]


async def test_a_free_place_is_taken_by_one_and_left_by_another(address: str, browser: Browser) -> None:
    taken, left = await offered("Kochabend", 1), await offered("Nähabend", 2)
    async with phone(browser) as page:
        await page.goto(address + taken)
        assert "Ein Platz ist frei geworden" in await page.inner_text("main")
        await open_to_all(page, browser)
        await page.click("form[action$='/annehmen'] button")
        assert await page.locator("form[action$='/annehmen']").count() == 0
        assert "Der Platz gehört Ihnen." in await page.inner_text("main")
        await page.goto(address + left)
        await page.click("details:has(form[action$='/ablehnen']) summary")
        await page.click("form[action$='/ablehnen'] button")
        assert await page.locator("main article form, form[action$='/annehmen']").count() == 0


async def offered(title: str, number: int) -> str:
    """The own page of who waited and was offered the only place."""
    event = await make_event(title, capacity=1, policy={"waiting_list": "offer"})
    holder = await confirmed(event)
    own = await own_path(event, who=stranger(number))
    await cancel_booking(holder.booking, by=person(holder.booking), now=now())
    assert await statuses(event) == ["cancelled", "offered"]
    return own


async def test_who_was_signed_up_by_others_says_that_is_not_me(address: str, browser: Browser) -> None:
    event = await make_event("Fachtag")
    receipt = await together([replace(AMIRA, email=""), DORIAN], event)
    own = await path_of_colleague(receipt)
    async with phone(browser) as page:
        await page.goto(address + own)
        said = await page.inner_text("main")
        assert "Amira Haddad hat Sie angemeldet." in said and AMIRA.email not in said
        await open_to_all(page, browser)
        await page.click("summary:has-text('Das bin ich nicht')")
        await page.click("form[action$='/nicht-ich'] button")
        gone = await page.goto(address + own)
        assert gone is not None and gone.status == 410
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]


async def path_of_colleague(receipt: Receipt) -> str:
    return path_of_person((await people_of(receipt))[1])
