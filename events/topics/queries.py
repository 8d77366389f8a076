"""Wishes for topics with the number of their voices; a voice by its link."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from piccolo.custom_types import Combinable

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.programme.queries import EventView, events_by_ids
from events.settings import settings
from events.topics.status import PUBLIC
from events.topics.tables import TopicProposal, TopicVoice

PURPOSE = "topic"


@dataclass(frozen=True)
class TopicView:
    """`voices` are those whose address is proven, that of who proposed it included."""

    id: UUID
    title: str
    details: str
    status: str
    answer: str
    event: EventView | None
    created_at: datetime
    changed_at: datetime
    answered_at: datetime | None
    voices: int

    @property
    def is_backed(self) -> bool:
        """Before anybody has proven their address nobody reads it, the office neither."""
        return bool(self.voices) or self.status != "proposed"

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC


@dataclass(frozen=True)
class VoiceView:
    id: UUID
    topic: TopicView
    email: str
    language: str
    link_version: int
    proven_at: datetime | None


async def topics() -> list[TopicView]:
    """Whatever somebody with a proven address has wished, with the most voices first."""
    found = [one for one in await _topics() if one.is_backed]
    return sorted(found, key=lambda one: (-one.voices, one.created_at))


async def public_topics() -> list[TopicView]:
    return [one for one in await topics() if one.is_public]


async def topic_by_id(id: UUID) -> TopicView | None:
    found = await _topics(TopicProposal.id == id)
    return found[0] if found else None


async def topic_of_event(event_id: UUID) -> TopicView | None:
    """The wish an event came of."""
    found = await _topics(TopicProposal.event == event_id, TopicProposal.status == "planned")
    return found[0] if found else None


def voice_address(id: UUID, version: int, language: str) -> str:
    token = links.derive(settings().secret_key, PURPOSE, id, version)
    return f"{settings().base_url}{language_prefix(language)}/themenwuensche/{token}"


async def voice_behind(token: str) -> VoiceView:
    """Raises NotFound for what we never gave out or have deleted, and Gone for a link that was withdrawn."""
    given = links.read(token)
    row = await TopicVoice.select().where(TopicVoice.id == given.id).first() if given else None
    if row is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, row["link_version"])
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    topic = await topic_by_id(row["topic"])
    if topic is None:
        raise NotFound
    same = ("id", "email", "language", "link_version", "proven_at")
    return VoiceView(**{name: row[name] for name in same}, topic=topic)


async def _topics(*where: Combinable) -> list[TopicView]:
    query = TopicProposal.select()
    rows = await (query.where(*where) if where else query)
    voices = await _voices([row["id"] for row in rows])
    events = await events_by_ids([row["event"] for row in rows if row["event"]], partners=False)
    return [TopicView(**{**row, "event": events.get(row["event"])}, voices=voices[row["id"]]) for row in rows]


async def _voices(ids: Sequence[UUID]) -> Counter[UUID]:
    """How many addresses were proven, by topic."""
    if not ids:
        return Counter()
    rows = await TopicVoice.select(TopicVoice.topic).where(
        TopicVoice.topic.is_in(list(ids)), TopicVoice.proven_at.is_not_null()
    )
    return Counter(row["topic"] for row in rows)
