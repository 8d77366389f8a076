"""The hash under which an address backs a topic, and voices that are forgotten: erased, or made nameless."""

import hashlib
import hmac
from collections.abc import Collection, Sequence
from uuid import UUID

from piccolo.columns.combination import WhereRaw

from events.kit.addresses import address_key
from events.kit.database import transaction
from events.mail.actions import forget
from events.settings import settings
from events.topics.tables import TopicProposal, TopicVoice

_NAMELESS = (
    "UPDATE topic_voice SET email = '', link_version = link_version + 1, "
    "address_hash = REPLACE(CAST(id AS VARCHAR(36)), '-', '') WHERE id IN (IDS)"
)


def voice_hash(topic_id: UUID, email: str) -> str:
    """Of one topic only and keyed: it tells whether an address has a voice, to nobody else."""
    key = settings().secret_key.encode()
    return hmac.new(key, b"topic" + topic_id.bytes + address_key(email).encode(), hashlib.sha256).hexdigest()[:32]


async def voices_at(email: str) -> list[UUID]:
    """Also those of answered topics, where only the hash is left, and those from before the secret was changed."""
    topics = await TopicProposal.select(TopicProposal.id)
    hashes = [voice_hash(row["id"], email) for row in topics]
    rows = await TopicVoice.select(TopicVoice.id).where(WhereRaw("LOWER(email) = {}", email.lower()))
    for start in range(0, len(hashes), 500):
        some = hashes[start : start + 500]
        rows += await TopicVoice.select(TopicVoice.id).where(TopicVoice.address_hash.is_in(some))
    return list(dict.fromkeys(row["id"] for row in rows))


async def forget_voices(ids: Collection[UUID]) -> None:
    """Whoever waits for an answer gets none any more; where there is one, the voice stays counted and is nobody's.

    What nobody has read and nobody else backs goes as well: they wrote it.
    """
    if not ids:
        return
    async with transaction():
        columns = (TopicVoice.id, TopicVoice.topic, TopicVoice.topic.answered_at.as_alias("answered_at"))
        rows = await TopicVoice.select(*columns).where(TopicVoice.id.is_in(list(ids)))
        waiting = [row["id"] for row in rows if row["answered_at"] is None]
        await make_nameless([row["id"] for row in rows if row["answered_at"] is not None])
        if waiting:
            await TopicVoice.delete().where(TopicVoice.id.is_in(waiting))
            await _delete_lonely({row["topic"] for row in rows})
        await forget([f"topic_voice:{row['id']}" for row in rows])


async def make_nameless(ids: Sequence[UUID]) -> None:
    """They stay counted; nothing leads to an address any more, and their links answer 410."""
    if ids:
        await TopicVoice.raw(_NAMELESS.replace("IDS", ", ".join(["{}"] * len(ids))), *ids)


async def _delete_lonely(topics: Collection[UUID]) -> None:
    unread = await TopicProposal.select(TopicProposal.id).where(
        TopicProposal.id.is_in(list(topics)), TopicProposal.status == "proposed"
    )
    backed = await TopicVoice.select(TopicVoice.topic).where(TopicVoice.topic.is_in(list(topics)))
    lonely = {row["id"] for row in unread} - {row["topic"] for row in backed}
    if lonely:
        await TopicProposal.delete().where(TopicProposal.id.is_in(list(lonely)))
