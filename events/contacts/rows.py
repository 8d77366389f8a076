"""Writing the rows of a contact, inside the transaction of an action: the entry, its topics, its consents."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from piccolo.custom_types import Combinable

from events.contacts.details import ContactDetails
from events.contacts.mails import about
from events.contacts.tables import Contact, ContactConsent, ContactTopic
from events.mail.actions import forget
from events.mail.opt_outs import address_hash

ConsentWay = Literal["web", "paper", "click", "office", "mail"]


async def locked_contact(email: str, language: str, now: datetime) -> Contact:
    """The row of this address, made if there is none; nobody else changes it before the transaction ends."""
    row = Contact(id=uuid4(), email=email, address_hash=address_hash(email), language=language, created_at=now)
    await Contact.insert(row).on_conflict(
        target=Contact.address_hash, action="DO UPDATE", values=[Contact.address_hash]
    )
    return (await Contact.objects().where(Contact.address_hash == row.address_hash))[0]


async def put_details(contact_id: UUID, details: ContactDetails) -> None:
    """Replaces everything that is known beside the address. Locks the row before its topics."""
    values: dict[Any, Any] = {
        Contact.name: details.name,
        Contact.organisation_name: details.organisation_name,
        Contact.city: details.city,
        Contact.language: details.language,
    }
    await Contact.update(values).where(Contact.id == contact_id)
    await ContactTopic.delete().where(ContactTopic.contact == contact_id)
    if details.topics:
        await ContactTopic.insert(*_topics(contact_id, details.topics))


async def put_consent(contact_id: UUID, given: bool, way: ConsentWay, *, at: datetime, text_version: str = "") -> None:
    """Adds a line; none is ever changed."""
    await ContactConsent.insert(_consent(contact_id, given, way, at, text_version))


async def end_contacts(meant: Combinable, way: ConsentWay, now: datetime) -> list[UUID]:
    """Those who are in the Verteiler leave it, those who only wanted to are deleted. Which they were."""
    there = meant & Contact.left_at.is_null()
    rows = await (
        Contact.update({Contact.left_at: now}).where(there & Contact.proven_at.is_not_null()).returning(Contact.id)
    )
    left = [row["id"] for row in rows]
    if left:
        await ContactTopic.delete().where(ContactTopic.contact.is_in(left))
        await ContactConsent.insert(*[_consent(id, False, way, now) for id in left])
    return left + await delete_contacts(there & Contact.proven_at.is_null())


async def delete_contacts(meant: Combinable) -> list[UUID]:
    """With topics, consents, and the mails about them."""
    rows: Sequence[dict[str, Any]] = await Contact.delete().where(meant).returning(Contact.id)
    ids = [row["id"] for row in rows]
    await forget([about(id) for id in ids])
    return ids


def _topics(contact_id: UUID, topics: Iterable[UUID]) -> list[ContactTopic]:
    return [ContactTopic(id=uuid4(), contact=contact_id, programme=topic) for topic in dict.fromkeys(topics)]


def _consent(contact: UUID, given: bool, way: ConsentWay, at: datetime, text_version: str = "") -> ContactConsent:
    return ContactConsent(id=uuid4(), contact=contact, given=given, text_version=text_version, way=way, at=at)
