"""The address of one's own calendar behind the sign-in: shown, renewed, switched off and on, by oneself only."""

import html
import re

from events.accounts.feeds import feed_of
from events.accounts.queries import staff_by_email
from events.history.tables import HistoryEntry


async def address_of(client):
    """The path that the page shows."""
    shown = (await client.get("/team/kalender")).text
    found = re.search(r'id="feed-address"[^>]*value="http://testserver.local([^"]+)"', shown)
    return html.unescape(found.group(1)) if found else None


async def test_everybody_has_an_address_of_their_own_and_the_buttons_for_programs(browser, visitor):
    organiser, trainer = await browser("organiser"), await browser("trainer")
    first, second = await address_of(organiser), await address_of(trainer)
    assert first != second
    for address in (first, second):
        assert (await visitor.get(address)).status_code == 200
    shown = (await trainer.get("/team/kalender")).text
    assert "webcal://testserver.local/kalender/persoenlich/" in shown and "calendar.google.com" in shown
    assert "Die Termine Ihrer Veranstaltungen" in shown
    assert "Alle Termine der veröffentlichten Veranstaltungen" in (await organiser.get("/team/kalender")).text


async def test_a_new_address_ends_the_old_one_and_those_of_others_stay(browser, visitor):
    organiser, trainer = await browser("organiser"), await browser("trainer")
    old, other = await address_of(organiser), await address_of(trainer)
    answer = await organiser.post("/team/kalender/neue-adresse")
    assert (answer.status_code, answer.headers["location"]) == (303, "/team/kalender?meldung=kalender_neu")
    new = await address_of(organiser)
    statuses = [(await visitor.get(address)).status_code for address in (old, new, other)]
    assert statuses == [410, 200, 200]


async def test_off_and_on_again(browser, visitor):
    reader = await browser("reader")
    address = await address_of(reader)
    assert (await reader.post("/team/kalender/abschalten")).status_code == 303
    assert (await visitor.get(address)).status_code == 410
    assert await address_of(reader) is None
    assert (await reader.post("/team/kalender/einschalten")).status_code == 303
    assert (await visitor.get(address)).status_code == 200
    verbs = [row["verb"] for row in await HistoryEntry.select(HistoryEntry.verb).order_by(HistoryEntry.at)]
    assert {"feed_ended", "feed_resumed"} <= set(verbs)


async def test_who_is_not_signed_in_changes_nothing(browser, visitor):
    reader = await browser("reader")
    for way in ("neue-adresse", "abschalten"):
        assert "/team/anmelden" in (await visitor.post(f"/team/kalender/{way}")).headers["location"]
    member = await staff_by_email("reader@example.org")
    assert (await feed_of(member.id)).is_on and await address_of(reader)
