"""Bernd reads wishes, publishes, answers; Carla reads."""

from uuid import UUID, uuid4

from events.topics.forms import milliseconds
from events.topics.queries import topic_by_id
from tests.factories import make_event
from tests.web.objects import a_topic


async def test_bernd_publishes_and_answers_and_loses_nothing(browser):
    bernd, carla, id, event = await browser("organiser"), await browser("reader"), await a_topic(), await make_event()
    path = f"/team/themenwuensche/{id}"
    assert "Mietrecht" in (await carla.get("/team/themenwuensche")).text
    page = (await bernd.get(path)).text
    assert 'name="answer"' in page and 'name="answer"' not in (await carla.get(path)).text
    sent = {"seen": await seen(id), "title": "Mietrecht", "status": "open", "details": "", "answer": ""}
    assert (await bernd.post(path, data={**sent, "title": "x"})).status_code == 422
    assert (await bernd.post(path, data=sent)).status_code == 303
    late = await bernd.post(path, data={**sent, "details": "Mein Text"})
    assert late.status_code == 409 and "Mein Text" in late.text and f'value="{await seen(id)}"' in late.text
    for wrong, field in (({"status": "declined"}, "answer"), ({"status": "planned"}, "event")):
        refused = await bernd.post(path, data={**sent, "seen": await seen(id), **wrong})
        assert refused.status_code == 409 and f'href="#f-{field}"' in refused.text
    planned = {**sent, "seen": await seen(id), "status": "planned", "event": str(event.id)}
    assert (await bernd.post(path, data=planned)).status_code == 303
    assert "wird angeboten" in (await bernd.get(path)).text
    assert (await carla.post(path, data=planned)).status_code == 404


async def test_a_new_wish_is_told_on_the_first_page_until_it_is_read(browser):
    bernd, told = await browser("organiser"), "Ein neuer Themenwunsch ist zu lesen"
    assert told not in (await bernd.get("/team/")).text
    id = await a_topic()
    assert told in (await bernd.get("/team/")).text
    for role in ("reader", "trainer"):
        assert told not in (await (await browser(role)).get("/team/")).text
    sent = {"seen": await seen(id), "title": "Mietrecht", "status": "open", "details": "", "answer": ""}
    await bernd.post(f"/team/themenwuensche/{id}", data=sent)
    assert told not in (await bernd.get("/team/")).text


async def test_spam_is_removed(browser):
    bernd, id = await browser("organiser"), await a_topic()
    assert (await bernd.post(f"/team/themenwuensche/{id}/loeschen")).status_code == 303
    assert (await bernd.get(f"/team/themenwuensche/{id}")).status_code == 404
    assert (await bernd.post(f"/team/themenwuensche/{uuid4()}/loeschen")).status_code == 404


async def seen(id: UUID) -> str:
    topic = await topic_by_id(id)
    assert topic is not None
    return str(milliseconds(topic.changed_at))
