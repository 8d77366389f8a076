"""Volunteers wish for a topic, others back it, the office answers; nobody's address stays longer than needed."""

import asyncio
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Gone, NotFound, Refused
from events.topics.actions import (
    back_topic,
    edit_topic,
    propose_topic,
    prove_voice,
    remove_topic,
    sweep_voices,
    withdraw_voice,
)
from events.topics.queries import TopicView, VoiceView, public_topics, topic_by_id, topic_of_event, topics, voice_behind
from events.topics.tables import TopicProposal, TopicVoice
from tests.factories import make_event
from tests.outbox import kinds_to, mails_to, text_of

pytestmark = pytest.mark.usefixtures("db")
AMIRA, CEM = "amira@example.org", "cem@example.org"


async def wished(email: str = AMIRA, title: str = "Mietrecht für Geflüchtete") -> UUID:
    id = uuid4()
    await propose_topic(id, title, "Nebenkosten", email, "de", now=now())
    return id


async def voice_of(email: str) -> VoiceView:
    """Whichever spelling of the address came first is mailed."""
    mail = [*await mails_to(email.upper(), "topic_confirm"), *await mails_to(email, "topic_confirm")][-1]
    found = re.search(r"/themenwuensche/(\S+)", text_of(mail))
    assert found is not None
    return await voice_behind(found.group(1))


async def proven(email: str = AMIRA) -> UUID:
    id = await wished(email)
    await prove_voice(await voice_of(email), now=now())
    return id


async def seen(id: UUID) -> TopicView:
    found = await topic_by_id(id)
    assert found is not None
    return found


async def answered(id: UUID, status: str, answer: str = "", event: UUID | None = None) -> None:
    topic = await seen(id)
    await edit_topic(
        id, topic.title, topic.details, answer, status, topic.changed_at, by=SYSTEM, now=now(), event_id=event
    )


async def test_a_wish_counts_once_its_address_is_proven_and_is_public_once_it_was_read():
    id = await wished()
    await propose_topic(id, "anders", "", AMIRA, "de", now=now())
    assert await topics() == [] and await kinds_to(AMIRA) == ["topic_confirm"]
    voice = await voice_of(AMIRA)
    for _twice in range(2):
        await prove_voice(voice, now=now())
    [topic] = await topics()
    assert (topic.title, topic.voices, topic.status) == ("Mietrecht für Geflüchtete", 1, "proposed")
    assert await public_topics() == []
    with pytest.raises(NotFound):
        await back_topic(id, CEM, "de", now=now())
    await answered(id, "open")
    assert [one.id for one in await public_topics()] == [id]


async def test_each_address_has_one_voice_whoever_hurries():
    id = await proven()
    await answered(id, "open")
    await asyncio.gather(*(back_topic(id, address, "tr", now=now()) for address in (CEM, CEM.upper(), CEM)))
    await back_topic(id, AMIRA, "de", now=now())
    assert await kinds_to(AMIRA) == ["topic_confirm"]
    await prove_voice(await voice_of(CEM), now=now())
    assert (await seen(id)).voices == 2 and await TopicVoice.count() == 2
    await withdraw_voice(await voice_of(CEM))
    assert (await seen(id)).voices == 1 and [*await kinds_to(CEM), *await kinds_to(CEM.upper())] == []


async def test_an_answer_reaches_everybody_once_and_their_addresses_go():
    id, event = await proven(), await make_event("Mietrecht")
    await answered(id, "open")
    await back_topic(id, CEM, "tr", now=now())
    await prove_voice(await voice_of(CEM), now=now())
    await back_topic(id, "dorian@example.org", "de", now=now())
    with pytest.raises(Refused, match="topic_without_event"):
        await answered(id, "planned", event=uuid4())
    with pytest.raises(Refused, match="topic_event_is_draft"):
        await answered(id, "planned", event=(await make_event(published=False)).id)
    await answered(id, "planned", "Wir freuen uns.", event.id)
    [mail] = await mails_to(AMIRA, "topic_answered")
    assert event.slug in text_of(mail) and "Wir freuen uns." in text_of(mail)
    assert "topic_answered" in await kinds_to(CEM) and await kinds_to("dorian@example.org") == ["topic_confirm"]
    assert {row["email"] for row in await TopicVoice.select()} == {""} and (await seen(id)).voices == 2
    origin = await topic_of_event(event.id)
    assert origin is not None and origin.id == id
    with pytest.raises(Refused, match="topic_not_open"):
        await back_topic(id, "neu@example.org", "de", now=now())
    with pytest.raises(Gone):
        await voice_of(AMIRA)
    await answered(id, "open")
    await back_topic(id, AMIRA, "de", now=now())
    assert await TopicVoice.count() == 2


async def test_who_gets_no_event_gets_a_reason_and_nobody_overwrites_another():
    id = await proven()
    with pytest.raises(Refused, match="topic_without_answer"):
        await answered(id, "declined", " ")
    old = await seen(id)
    await answered(id, "declined", "Das macht die Verbraucherzentrale.")
    with pytest.raises(Refused, match="topic_changed"):
        await edit_topic(id, "x" * 5, "", "", "open", old.changed_at, by=SYSTEM, now=now())
    with pytest.raises(Refused, match="topic_not_movable"):
        await answered(id, "planned", event=(await make_event()).id)
    [line] = await HistoryEntry.select().where(HistoryEntry.about_id == id)
    assert "answer" in line["facts"] and "Verbraucherzentrale" not in line["facts"]


async def test_spam_and_unproven_wishes_disappear():
    spam, fresh, old, backed = (
        await proven(),
        await wished(CEM),
        await wished("alt@example.org"),
        await proven("b@example.org"),
    )
    await remove_topic(spam, by=SYSTEM, now=now())
    long_ago = now() - timedelta(days=8)
    await TopicProposal.update({TopicProposal.created_at: long_ago}).where(TopicProposal.id.is_in([old, backed]))
    await TopicVoice.update({TopicVoice.created_at: long_ago}).where(TopicVoice.topic.is_in([old, backed]))
    await sweep_voices(now())
    assert {row["id"] for row in await TopicProposal.select()} == {fresh, backed}
    assert await kinds_to("alt@example.org") == [] and await kinds_to(AMIRA) == []
    with pytest.raises(NotFound):
        await remove_topic(spam, by=SYSTEM, now=now())


async def test_taking_back_the_only_voice_takes_back_the_wish():
    id = await wished()
    await withdraw_voice(await voice_of(AMIRA))
    assert not await TopicProposal.exists().where(TopicProposal.id == id)
