"""Wishing for a topic and backing one; reading, answering and planning it. Each action is one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.mail.actions import forget, queue
from events.programme.queries import event_by_id
from events.topics import rules
from events.topics.mails import about, answer_mail, confirm_mail
from events.topics.queries import TopicView, VoiceView, topic_by_id
from events.topics.tables import TopicProposal, TopicVoice
from events.topics.voices import voice_hash


async def propose_topic(
    id: UUID, title: str, details: str, email: str, language: str, *, now: datetime, notify: bool = True
) -> None:
    """Mails the link that proves the address. Sent twice with the same `id`, it is one wish. Tells nothing."""
    async with transaction():
        row = TopicProposal(id=id, title=title, details=details, status="proposed", created_at=now, changed_at=now)
        new = await TopicProposal.insert(row).on_conflict(target=TopicProposal.id, action="DO NOTHING").returning(
            TopicProposal.id
        )  # fmt: skip
        if new:
            await _raise_voice(id, email, language, now, notify)


async def back_topic(topic_id: UUID, email: str, language: str, *, now: datetime, notify: bool = True) -> None:
    """One voice for each address, once it is proven. The same for known addresses. Raises NotFound, Refused."""
    async with transaction():
        topic = await _locked(topic_id)
        if not topic.is_public:
            raise NotFound
        refuse_if(rules.why_not_back(topic.status))
        await _raise_voice(topic_id, email, language, now, notify)


async def prove_voice(voice: VoiceView, *, now: datetime) -> None:
    """Whoever opened the mailed link says yes. Twice changes nothing."""
    unproven = (TopicVoice.id == voice.id) & TopicVoice.proven_at.is_null()
    await TopicVoice.update({TopicVoice.proven_at: now}).where(unproven)


async def withdraw_voice(voice: VoiceView) -> None:
    """The voice goes with everything about the address; a wish nobody backs and nobody has read goes too."""
    async with transaction():
        await _locked(voice.topic.id)
        await TopicVoice.delete().where(TopicVoice.id == voice.id)
        await forget([about(voice.id)])
        others = await TopicVoice.exists().where(TopicVoice.topic == voice.topic.id)
        if voice.topic.status == "proposed" and not others:
            await TopicProposal.delete().where(TopicProposal.id == voice.topic.id)


async def edit_topic(
    id: UUID, title: str, details: str, answer: str, status: str, seen: datetime, *, by: Actor, now: datetime,
    event_id: UUID | None = None, notify: bool = True,
) -> None:  # fmt: skip
    """What everybody reads, and how far it is. `planned` names its event. Whoever backed it hears of an answer once.

    Raises NotFound; Refused, also when somebody changed it since `seen`.
    """
    async with transaction():
        known = await _locked(id)
        event = await event_by_id(event_id) if event_id else None
        refuse_if(
            rules.why_outdated(seen, known.changed_at),
            rules.why_not_move(known.status, status),
            rules.why_not_answer(status, answer),
            rules.why_not_plan(event.status if event else None) if status == "planned" else None,
        )
        values: dict[Any, Any] = {
            "title": title, "details": details, "answer": answer, "status": status,
            "event": event.id if event and status == "planned" else None,
        }  # fmt: skip
        before = {name: getattr(known, name) for name in ("title", "details", "answer", "status")}
        changed = [name for name in before if values[name] != before[name]]
        is_answered = status in ("planned", "declined") and status != known.status
        values |= {"changed_at": max(now, known.changed_at + rules.TICK)}
        values |= {"answered_at": now} if is_answered else {}
        await TopicProposal.update(**values).where(TopicProposal.id == id)
        await note(entry("edited", TopicProposal, id=id, by=by, now=now, facts=_facts(known, status, changed)))
        if is_answered:
            await _tell_and_forget(id, now, notify)


async def remove_topic(id: UUID, *, by: Actor, now: datetime) -> None:
    """Spam and what names people: gone with all voices, nobody is told. Raises NotFound."""
    async with transaction():
        await _locked(id)
        rows = await TopicVoice.select(TopicVoice.id).where(TopicVoice.topic == id)
        await forget([about(row["id"]) for row in rows])
        await TopicProposal.delete().where(TopicProposal.id == id)
        await note(entry("removed", TopicProposal, id=id, by=by, now=now))


async def sweep_voices(now: datetime) -> None:
    """Deletes voices whose address nobody proved within a week, and wishes that nobody stands behind. For the clock."""
    async with transaction():
        old = TopicVoice.proven_at.is_null() & (TopicVoice.created_at < now - rules.KEPT_UNPROVEN)
        gone = await TopicVoice.delete().where(old).returning(TopicVoice.id)
        await forget([about(row["id"]) for row in gone])
        backed = TopicProposal.id.is_in(TopicVoice.select(TopicVoice.topic))
        unread = (TopicProposal.status == "proposed") & (TopicProposal.created_at < now - rules.KEPT_UNPROVEN)
        lonely = [row["id"] for row in await TopicProposal.select(TopicProposal.id).where(unread)]
        kept = {row["id"] for row in await TopicProposal.select(TopicProposal.id).where(backed)}
        if alone := [id for id in lonely if id not in kept]:
            await TopicProposal.delete().where(TopicProposal.id.is_in(alone))


async def _raise_voice(topic_id: UUID, email: str, language: str, now: datetime, notify: bool) -> None:
    """A new mail each time the voice is not proven yet, so that a lost one can be had again."""
    row = TopicVoice(
        id=uuid4(),
        topic=topic_id,
        address_hash=voice_hash(topic_id, email),
        email=email,
        language=language,
        created_at=now,
    )
    target = (TopicVoice.topic, TopicVoice.address_hash)
    await TopicVoice.insert(row).on_conflict(target=target, action="DO NOTHING")
    same = (TopicVoice.topic == topic_id) & (TopicVoice.address_hash == row.address_hash)
    voice = await TopicVoice.objects().get(same)
    topic = await TopicProposal.objects().get(TopicProposal.id == topic_id)
    if notify and voice is not None and topic is not None and voice.proven_at is None:
        await queue(await confirm_mail(voice), now=now)


async def _tell_and_forget(id: UUID, now: datetime, notify: bool) -> None:
    """Everybody who proved their address hears of the answer; then their addresses are not needed any more."""
    topic = await topic_by_id(id)
    voices = await TopicVoice.objects().where(TopicVoice.topic == id, TopicVoice.email != "")
    if notify and topic is not None:
        await queue(*[await answer_mail(topic, voice) for voice in voices if voice.proven_at], now=now)
    unproven = (TopicVoice.topic == id) & TopicVoice.proven_at.is_null()
    await TopicVoice.delete().where(unproven)
    withdrawn: dict[Any, Any] = {TopicVoice.email: "", TopicVoice.link_version: TopicVoice.link_version + 1}
    await TopicVoice.update(withdrawn).where(TopicVoice.topic == id)


def _facts(known: TopicView, status: str, changed: list[str]) -> dict[str, object]:
    facts: dict[str, object] = {"changed": [name for name in changed if name != "status"]}
    return facts | ({"status": [known.status, status]} if status != known.status else {})


async def _locked(id: UUID) -> TopicView:
    """Nobody else changes it before the transaction ends. Raises NotFound."""
    await TopicProposal.update({TopicProposal.status: TopicProposal.status}).where(TopicProposal.id == id)
    row = await topic_by_id(id)
    if row is None:
        raise NotFound
    return row
