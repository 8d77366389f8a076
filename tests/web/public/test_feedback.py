"""Amira opens the link of her mail on an old phone and says how it was, in her language."""

from datetime import timedelta

import pytest

from events.feedback.answering import way_behind
from events.feedback.rounds import close_round
from events.feedback.tables import Feedback, FeedbackRound
from events.kit.actor import SYSTEM
from events.kit.clock import now
from tests.factories import make_event
from tests.feedback.story import AMIRA, asked, asked_event, code_of, opened, room_token

HEADINGS = {"": "Wie war es?", "/en": "How was it?", "/tr": "Nasıldı?", "/ar": "كيف كانت؟"}


async def mailed_code():
    event, _ids = await asked_event(AMIRA)
    await asked(event)
    return event, await code_of(AMIRA)


@pytest.mark.parametrize("prefix", HEADINGS)
async def test_what_is_missing_is_said_in_every_language_and_nothing_is_lost(client, prefix):
    _event, code = await mailed_code()
    path = f"{prefix}/feedback/{code}"
    page = await client.get(path)
    assert page.status_code == 200 and HEADINGS[prefix] in page.text and page.text.count("<legend") == 6
    assert page.headers["cache-control"] == "no-store" and "noindex" in page.headers["x-robots-tag"]
    again = await client.post(path, data={"submission": "x", "q-useful": "2", "q-liked": "شاي"})
    assert again.status_code == 422 and 'href="#f-q-overall"' in again.text and "شاي" in again.text
    assert 'value="2" checked' in again.text and 'value="x"' in again.text
    thanks = await client.post(path, data={"submission": "x", "q-overall": "5"})
    assert thanks.status_code == 303 and thanks.headers["location"] == f"{prefix}/feedback/danke"
    assert (await client.get(thanks.headers["location"])).status_code == 200


async def test_a_used_code_is_refused_kindly(client):
    _event, code = await mailed_code()
    for status in (303, 303):
        sent = await client.post(f"/feedback/{code}", data={"submission": "x", "q-overall": "5"})
        assert sent.status_code == status
    other = await client.post(f"/feedback/{code}", data={"submission": "y", "q-overall": "1"})
    for page in (other, await client.get(f"/feedback/{code}")):
        assert page.status_code == 409 and "schon geantwortet" in page.text
    assert await Feedback.count() == 1


async def test_answers_nobody_offered_and_endless_ones_are_refused(client):
    _event, code = await mailed_code()
    for wrong in (
        {"q-overall": "6"},
        {"q-overall": "5", "q-recommend": "x"},
        {"q-overall": "5", "q-liked": "x" * 1001},
    ):
        assert (await client.post(f"/feedback/{code}", data={"submission": "x", **wrong})).status_code == 422
    assert await Feedback.count() == 0 and not (await way_behind(code)).is_used


async def test_the_link_of_the_room_is_for_many_until_it_closes(client):
    event, _ids = await asked_event()
    path = f"/feedback/{room_token(await opened(event))}"
    for number in range(3):
        await client.post(path, data={"submission": str(number), "q-overall": "4"})
    assert await Feedback.count() == 3
    await close_round(event.id, by=SYSTEM, now=now())
    for page in (await client.get(path), await client.post(path, data={"q-overall": "4"})):
        assert page.status_code == 410 and "abgeschlossen" in page.text


async def test_before_the_event_nobody_can_say_how_it_was(client):
    event = await make_event(starts_in=timedelta(days=1))
    page = await client.get(f"/feedback/{room_token(await opened(event))}")
    assert page.status_code == 409 and "begonnen" in page.text


async def test_made_up_links_are_not_found_and_renewed_ones_are_gone(client):
    event, _ids = await asked_event()
    token = room_token(await opened(event))
    assert (await client.get("/feedback/erfunden")).status_code == 404
    assert (await client.get(f"/feedback/{token[:-2]}AA")).status_code == 404
    await FeedbackRound.update({FeedbackRound.link_version: 2}).where(FeedbackRound.event == event.id)
    assert (await client.get(f"/feedback/{token}")).status_code == 410
