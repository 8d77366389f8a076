"""Amira wishes for a topic on her phone; Cem backs it; what nobody has read is seen by nobody."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.registration.spam import stamp
from events.topics.actions import edit_topic
from events.topics.queries import topic_by_id, topics
from tests.factories import make_event
from tests.outbox import mails_to, text_of

HEADINGS = {"": "Themenwünsche", "/en": "Topic wishes", "/tr": "Konu istekleri", "/ar": "المواضيع المقترحة"}
AMIRA, CEM = "amira@example.org", "cem@example.org"


def sent(**fields):
    return {
        "id": str(uuid4()),
        "title": "<b>Mietrecht</b>",
        "details": "",
        "email": AMIRA,
        "rendered": stamp(now() - timedelta(seconds=9)),
        **fields,
    }


async def link_of(email, kind="topic_confirm"):
    return re.search(r"((?:/\w\w)?/themenwuensche/\S+)", text_of((await mails_to(email, kind))[-1])).group(1)


async def opened(client, prefix=""):
    """Wished for, proven, read."""
    await client.post(f"{prefix}/themenwuensche/neu", data=sent())
    await client.post(f"{await link_of(AMIRA)}/bestaetigen")
    [topic] = await topics()
    await edit_topic(topic.id, topic.title, "", "", "open", topic.changed_at, by=SYSTEM, now=now())
    return topic


@pytest.mark.parametrize("prefix", HEADINGS)
async def test_a_wish_goes_its_way_in_every_language(client, prefix):
    page = await client.get(f"{prefix}/themenwuensche")
    assert page.status_code == 200 and HEADINGS[prefix] in page.text
    wrong = await client.post(f"{prefix}/themenwuensche/neu", data=sent(title="kurz", details="Nebenkosten"))
    assert wrong.status_code == 422 and 'href="#f-title"' in wrong.text and "Nebenkosten" in wrong.text
    answer = await client.post(f"{prefix}/themenwuensche/neu", data=sent())
    assert answer.status_code == 303 and answer.headers["location"] == f"{prefix}/themenwuensche/eingang"
    assert (await client.get(answer.headers["location"])).status_code == 200
    own = await link_of(AMIRA)
    assert own.startswith(f"{prefix}/themenwuensche/") and "&lt;b&gt;Mietrecht" in (await client.get(own)).text
    assert await topics() == []
    assert (await client.post(f"{own}/bestaetigen")).status_code == 303
    assert "Mietrecht" not in (await client.get(f"{prefix}/themenwuensche")).text
    [topic] = await topics()
    assert (await client.get(f"{prefix}/themenwuensche/stimme/{topic.id}")).status_code == 404


async def test_known_and_unknown_addresses_get_the_same_answer(client):
    topic = await opened(client)
    path = f"/themenwuensche/stimme/{topic.id}"
    answers = []
    for email in (AMIRA, CEM):
        found = await client.post(path, data={"email": email, "rendered": stamp(now() - timedelta(seconds=9))})
        answers.append((found.status_code, found.headers["location"], found.text))
    assert answers[0] == answers[1]
    await client.post(f"{await link_of(CEM)}/bestaetigen")
    assert "2 Stimmen" in (await client.get("/themenwuensche")).text
    assert (await client.post(f"{await link_of(CEM)}/zuruecknehmen")).headers["location"] == "/themenwuensche/danke"
    assert (await client.get(await link_of(AMIRA))).status_code == 200
    assert (
        await client.post(path, data={"email": "cem@", "rendered": stamp(now() - timedelta(seconds=9))})
    ).status_code == 422


async def test_an_event_names_the_wish_it_came_of(client):
    topic, event = await opened(client), await make_event("Mietrecht verstehen")
    known = await topic_by_id(topic.id)
    await edit_topic(
        topic.id, topic.title, "", "", "planned", known.changed_at, by=SYSTEM, now=now(), event_id=event.id
    )
    assert "Entstanden aus einem Themenwunsch" in (await client.get(f"/veranstaltungen/{event.slug}")).text
    assert f"/veranstaltungen/{event.slug}" in (await client.get("/en/themenwuensche")).text
    late = await client.post(
        f"/themenwuensche/stimme/{topic.id}", data={"email": CEM, "rendered": stamp(now() - timedelta(seconds=9))}
    )
    assert late.status_code == 409


async def test_made_up_links_are_not_found(client):
    assert (await client.get("/themenwuensche/erfunden")).status_code == 404
    assert (await client.post(f"/themenwuensche/stimme/{uuid4()}", data=sent())).status_code == 404
    for action in ("bestaetigen", "zuruecknehmen"):
        assert (await client.post(f"/themenwuensche/erfunden/{action}")).status_code == 404
