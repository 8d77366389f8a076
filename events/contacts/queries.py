"""What is asked about the Verteiler: one contact, all of them for the office, the topics one can choose."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable
from piccolo.query.functions.aggregate import Count

from events.contacts.details import ContactDetails
from events.contacts.status import Status, status_of
from events.contacts.tables import Contact, ContactConsent, ContactTopic
from events.mail.tables import OptOut
from events.programme.policy import effective_policy
from events.programme.tables import Event, Programme

OFFERED_FOR = timedelta(days=730)
"""How long after its last public event a programme is still a topic: new events of it may come."""


@dataclass(frozen=True)
class Topic:
    """A programme as something to hear of. Its name is German."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class ContactView:
    id: UUID
    email: str
    name: str
    organisation_name: str
    city: str
    language: str
    created_at: datetime
    proven_at: datetime | None
    left_at: datetime | None
    link_version: int
    opted_out: bool
    status: Status
    topics: tuple[UUID, ...] = ()

    @property
    def details(self) -> ContactDetails:
        return ContactDetails(self.topics, self.language, self.name, self.organisation_name, self.city)


@dataclass(frozen=True)
class ConsentView:
    """Given or taken back. `way` has its words in `wording.WAYS`."""

    given: bool
    text_version: str
    way: str
    at: datetime


async def topics_offered(now: datetime) -> list[Topic]:
    """Programmes with a public event ahead of us or within the last two years, in the order of lists."""
    recent = Event.ends_at.is_null() | (Event.ends_at > now - OFFERED_FOR)
    columns = (Event.programme.id.as_alias("id"), Event.policy, Event.programme.policy.as_alias("defaults"))
    rows = await Event.select(*columns).where((Event.status == "published") & recent)
    public = {row["id"] for row in rows if effective_policy(row["defaults"], row["policy"]).visibility == "public"}
    return [one for one in await all_topics() if one.id in public]


async def all_topics() -> list[Topic]:
    """For the office, and for topics somebody has though they are not offered any more."""
    columns = (Programme.id, Programme.slug, Programme.name)
    return [Topic(**row) for row in await Programme.select(*columns).order_by(Programme.position, Programme.name)]


async def contact_by_id(id: UUID) -> ContactView | None:
    found = await _contacts(Contact.id == id)
    return (await with_topics(found))[0] if found else None


async def contacts(topic: UUID | None = None) -> list[ContactView]:
    """All, or those of one topic, the newest first; without their topics, see `with_topics`."""
    if topic is None:
        return await _contacts()
    return await _contacts(
        Contact.id.is_in(ContactTopic.select(ContactTopic.contact).where(ContactTopic.programme == topic))
    )


async def with_topics(found: Collection[ContactView]) -> list[ContactView]:
    """The same, now with their topics; one statement."""
    if not found:
        return []
    rows = await ContactTopic.select(ContactTopic.contact, ContactTopic.programme).where(
        ContactTopic.contact.is_in([one.id for one in found])
    )
    topics: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        topics[row["contact"]].append(row["programme"])
    return [replace(one, topics=tuple(topics[one.id])) for one in found]


async def heads_by_topic() -> Mapping[UUID, int]:
    """How many get mailings about each."""
    topic = ContactTopic
    rows = await (
        topic.select(topic.programme, Count())
        .where(topic.contact.proven_at.is_not_null(), topic.contact.left_at.is_null())
        .where(topic.contact.address_hash.not_in(OptOut.select(OptOut.address_hash)))
        .group_by(topic.programme)
    )
    return {row["programme"]: row["count"] for row in rows}


async def consents_of(contact_id: UUID) -> list[ConsentView]:
    """Everything they agreed to or took back, the latest first; within a millisecond, taking back came last."""
    consent = ContactConsent
    columns = (consent.given, consent.text_version, consent.way, consent.at)
    rows = await consent.select(*columns).where(consent.contact == contact_id)
    rows.sort(key=lambda row: (row["at"], not row["given"]), reverse=True)
    return [ConsentView(**row) for row in rows]


async def _contacts(*meant: Combinable) -> list[ContactView]:
    rows = await Contact.select().where(*meant).order_by(Contact.created_at, Contact.id, ascending=False)
    opted_out = await _opted_out()
    return [_view(row, row["address_hash"] in opted_out) for row in rows]


async def _opted_out() -> frozenset[str]:
    """Which contacts want nothing any more, as hashes."""
    rows = await OptOut.select(OptOut.address_hash).where(
        OptOut.address_hash.is_in(Contact.select(Contact.address_hash))
    )
    return frozenset(row["address_hash"] for row in rows)


def _view(row: Mapping[str, Any], opted_out: bool) -> ContactView:
    values = {name: value for name, value in row.items() if name != "address_hash"}
    status = status_of(row["proven_at"], row["left_at"], opted_out)
    return ContactView(**values, opted_out=opted_out, status=status)
