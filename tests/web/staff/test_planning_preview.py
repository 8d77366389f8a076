"""A draft for others: its link shows everything and lets nobody in; renewing and publishing end it."""

from urllib.parse import urlsplit

import pytest

from events.invitations.actions import publish_event
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.programme.previews import preview_address
from tests.factories import make_event, seen
from tests.web.staff.conftest import NOW


@pytest.fixture
async def bernd(browser):
    return await browser("organiser")


def path_of(event, language="de"):
    return urlsplit(preview_address(event, language)).path


async def test_who_has_the_link_sees_the_draft_in_their_language(bernd, visitor):
    event = await make_event({"de": "Lebenskunde", "tr": "Hayat bilgisi"}, published=False)
    assert preview_address(event) in (await bernd.get(f"/team/veranstaltungen/{event.id}")).text
    before = queries_so_far()
    answer = await visitor.get(path_of(event))
    assert queries_so_far() - before <= 15
    assert answer.status_code == 200 and "noch nicht veröffentlicht" in answer.text
    assert "Lebenskunde" in answer.text and '/anmeldung"' not in answer.text.split("<main")[1].split("</main")[0]
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-robots-tag"] == "noindex"
    assert "Hayat bilgisi" in (await visitor.get(path_of(event, "tr"))).text
    assert (await visitor.get(f"/veranstaltungen/{event.slug}")).status_code == 404


async def test_a_renewed_link_ends_the_old_one_and_another_s_is_no_link(bernd, visitor):
    event = await make_event(published=False)
    old = path_of(event)
    answer = await bernd.post(f"/team/veranstaltungen/{event.id}/vorschau")
    assert "Der alte öffnet nichts mehr" in (await bernd.get(answer.headers["location"])).text
    assert (await visitor.get(old)).status_code == 410
    assert (await visitor.get(path_of(await seen(event.id)))).status_code == 200
    assert (await visitor.get(old[:-3] + "abc")).status_code == 404


async def test_after_publishing_the_link_leads_to_the_event(visitor):
    event = await make_event(published=False)
    await publish_event(event.id, by=SYSTEM, now=NOW)
    answer = await visitor.get(path_of(event))
    assert answer.status_code == 410 and f'href="/veranstaltungen/{event.slug}"' in answer.text
