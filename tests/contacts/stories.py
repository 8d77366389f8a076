"""What a story about the Verteiler starts with: a topic that is offered, somebody who joined, somebody who is in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.contacts.actions import add_contact, join_list, prove_contact
from events.contacts.details import ContactDetails
from events.contacts.links import contact_behind
from events.contacts.queries import ContactView, contact_by_id
from events.kit.actor import SYSTEM
from events.kit.clock import now
from tests.factories import make_event, make_programme
from tests.outbox import mails_to, text_of

AMIRA = "amira@example.org"


async def make_topic(name: str = "Rucksack KiTa") -> UUID:
    """A programme with an event people can see."""
    programme = await make_programme(name)
    await make_event(f"{name}: Auftakt", programme=programme)
    return programme


async def token_of(email: str = AMIRA) -> str:
    """Out of the last mail."""
    return text_of((await mails_to(email))[-1]).partition("/verteiler/")[2].split()[0]


async def joined(email: str = AMIRA, topics: Sequence[UUID] = (), at: datetime | None = None, **details: Any) -> UUID:
    """Asked for it, not proven; the id."""
    chosen = tuple(topics) or (await make_topic(),)
    await join_list(email, ContactDetails(chosen, **details), now=at or now())
    return await contact_behind(await token_of(email))


async def confirmed(
    email: str = AMIRA, topics: Sequence[UUID] = (), at: datetime | None = None, **details: Any
) -> UUID:
    id = await joined(email, topics, at, **details)
    await prove_contact(id, now=at or now())
    return id


async def on_paper(email: str = AMIRA, topics: Sequence[UUID] = (), **details: Any) -> UUID:
    chosen = tuple(topics) or (await make_topic(),)
    return await add_contact(email, ContactDetails(chosen, **details), date(2026, 11, 2), by=SYSTEM, now=now())


async def seen(id: UUID) -> ContactView:
    found = await contact_by_id(id)
    assert found is not None
    return found
