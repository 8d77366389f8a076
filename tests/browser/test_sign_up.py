"""The sign-up form with questions and several people, in a real browser with and without scripts."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from events.programme.queries import EventView
from events.programme.views import QuestionView
from events.registration.answers import field_name
from events.registration.queries import registrations_of
from tests.browser.axe import violations
from tests.browser.visitors import fill_in, phone, send
from tests.factories import make_event
from tests.registration.questioning import make_question, stored_answers
from tests.servers import serving

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def address(db: None) -> AsyncIterator[str]:
    async with serving("--no-worker", at_its_address=True) as server:
        yield server.address


async def asking_event() -> tuple[EventView, QuestionView, QuestionView, QuestionView]:
    """Whether children come; if so, whether they stay; if so, what they eat."""
    event = await make_event("Familientag")
    children = await make_question(event, "yes_no", "Kommen Kinder mit?", required=True)
    stay = await make_question(event, "choice", "Bleiben sie?", "Ja, den Tag", "Nein", only_if=children)
    value = str(stay.options[0].id)
    meal = await make_question(event, "text", "Was essen sie?", only_if=stay, only_if_value=value, required=True)
    return event, children, stay, meal


def choice(question: QuestionView, value: object) -> str:
    return f"[name={field_name(question)}][value='{value}']"


async def test_a_question_shows_up_with_the_answer_it_depends_on(address: str, browser: Browser) -> None:
    event, children, stay, meal = await asking_event()
    async with phone(browser, scripts=True) as page:
        await page.goto(f"{address}/veranstaltungen/{event.slug}/anmeldung")
        food = page.locator(f"[name={field_name(meal)}]")
        assert not await food.is_visible() and not await page.locator(choice(stay, "")).is_visible()
        await page.check(choice(children, "yes"))
        await page.check(choice(stay, stay.options[0].id))
        await food.fill("Nudeln")
        assert await page.locator("[data-without-scripts]:visible").count() == 0
        assert await violations(page) == []
        await page.check(choice(children, "no"))
        assert not await food.is_visible()
        await fill_in(page, "Amira", "amira@example.org")
        await send(page)
        assert "/anmeldung/eingang/" in page.url
    assert await stored_answers() == [(children.id, "no", None)]


async def test_without_scripts_a_sentence_says_when_a_question_is_meant(address: str, browser: Browser) -> None:
    event, children, _, meal = await asking_event()
    async with phone(browser) as page:
        await page.goto(f"{address}/veranstaltungen/{event.slug}/anmeldung")
        await expect(page.locator("[data-without-scripts]:visible")).to_have_count(2)
        assert await page.locator(f"[name={field_name(meal)}]").is_visible()
        await page.check(choice(children, "no"))
        await fill_in(page, "Amira", "amira@example.org")
        await send(page)
        assert "/anmeldung/eingang/" in page.url


@pytest.mark.parametrize("scripts", [False, True])
async def test_a_contact_brings_two_colleagues(address: str, browser: Browser, scripts: bool) -> None:
    event = await make_event("Fachtag")
    async with phone(browser, scripts=scripts) as page:
        await page.goto(f"{address}/veranstaltungen/{event.slug}/anmeldung")
        await fill_in(page, "Amira", "amira@example.org")
        for number, name in ((1, "Bernd"), (2, "Carla"), (3, "Dorian")):
            await page.click("button[name=add]")
            await page.wait_for_selector(f"[name=people-{number}-given_name]")
            assert await _focused(page, scripts) in ("", f"people-{number}-given_name")
            await page.fill(f"[name=people-{number}-given_name]", name)
        await page.click("button[name=remove][value='1']")
        assert await page.locator("legend:text-matches('Person \\\\d')").all_inner_texts() == ["Person 2", "Person 3"]
        if scripts:
            assert await violations(page) == []
        await page.press("[name=city]", "Enter")
        await page.wait_for_url("**/eingang/**")
        assert "Amira, Carla, Dorian" in await page.inner_text("main")
    assert [one.name for one in await registrations_of(event.id)] == ["Amira", "Carla", "Dorian"]


async def _focused(page: Page, scripts: bool) -> str:
    """The name of the field one would type into; without scripts a page cannot be asked."""
    return await page.evaluate("document.activeElement.name || ''") if scripts else ""
