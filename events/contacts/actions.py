"""What can happen to an entry in the Verteiler. Nobody is in it before the address is proven: by the mailed link, or by
a signature on paper.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from events.contacts.details import ContactDetails
from events.contacts.mails import link_mail
from events.contacts.queries import ContactView, contact_by_id
from events.contacts.rows import delete_contacts, end_contacts, locked_contact, put_consent, put_details
from events.contacts.rules import why_not_add, why_not_change
from events.contacts.status import status_of
from events.contacts.tables import Contact
from events.contacts.wording import CONSENT_VERSION
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import berlin
from events.kit.database import transaction
from events.kit.refusals import NotFound, refuse_if
from events.kit.tombstones import bury, note_opt_out
from events.mail import opt_outs
from events.mail.actions import queue
from events.mail.opt_outs import address_hash, opted_out
from events.mail.tables import OptOut

KEPT_UNPROVEN, KEPT_AFTER_LEAVING = timedelta(days=7), timedelta(days=14)


async def join_list(email: str, details: ContactDetails, *, now: datetime, notify: bool = True) -> None:
    """Notes the wish and mails the link that proves the address (unless not to `notify`: the demo).

    Who is in the Verteiler already gets the link to their page instead, and nothing of what was typed is taken over.
    Says nothing about whether the address was known.
    """
    async with transaction():
        contact = await locked_contact(email, details.language, now)
        if status_of(contact.proven_at, contact.left_at, bool(await opted_out([contact.email]))) == "confirmed":
            await queue(await link_mail("list_known", contact), now=now)
            return
        if contact.email.lower() != email.lower():  # another mailbox: weiß@ and weiss@ share a row, never a link
            contact.link_version += 1
        anew: dict[Any, Any] = {Contact.email: email, Contact.created_at: now}
        anew |= {Contact.link_version: contact.link_version, Contact.proven_at: None, Contact.left_at: None}
        await Contact.update(anew).where(Contact.id == contact.id)
        await put_details(contact.id, details)
        contact.email, contact.language = email, details.language
        if notify:
            await queue(await link_mail("list_confirm", contact), now=now)


async def prove_contact(contact_id: UUID, *, now: datetime) -> None:
    """Whoever opened the mailed link agrees: from now on they get mailings, though they had opted out before.

    Doing it twice changes nothing, nor does it bring back who has left.
    """
    meant = (Contact.id == contact_id) & Contact.proven_at.is_null() & Contact.left_at.is_null()
    async with transaction():
        for row in await Contact.update({Contact.proven_at: now}).where(meant).returning(Contact.address_hash):
            await put_consent(contact_id, True, "web", at=now, text_version=CONSENT_VERSION)
            await opt_outs.opt_in(row["address_hash"])
            await note_opt_out(row["address_hash"], False, now)


async def change_contact(contact_id: UUID, details: ContactDetails, *, by: Actor, now: datetime) -> None:
    """Topics, language and what else is known. Raises NotFound, Refused."""
    async with transaction():
        before = await _found(contact_id)
        refuse_if(why_not_change(before.status))
        changed = _changed(before.details, details)
        if changed:
            await put_details(contact_id, details)
            await note(entry("edited", Contact, id=contact_id, by=by, now=now, facts={"changed": changed}))


async def leave_list(contact_id: UUID, *, now: datetime) -> None:
    """By the own page: no mailings any more. Who never proved the address is deleted at once."""
    async with transaction():
        await end_contacts(Contact.id == contact_id, "click", now)


async def unsubscribe(hashed: str, *, way: opt_outs.Way, now: datetime) -> None:
    """Ends invitations and mailings of every kind for good, and the entry in the Verteiler with them.

    `hashed` is `mail.opt_outs.address_hash`; it works for addresses we have never heard of. Repeats change nothing.
    """
    async with transaction():
        await opt_outs.opt_out(hashed, way, now=now)
        await note_opt_out(hashed, True, now)
        await end_contacts(Contact.address_hash == hashed, "click" if way == "page" else way, now)


async def add_contact(email: str, details: ContactDetails, signed_on: date, *, by: Actor, now: datetime) -> UUID:
    """Somebody signed on paper that they want to hear from us. No mail is sent. Raises Refused."""
    async with transaction():
        contact = await locked_contact(email, details.language, now)
        is_opted_out = bool(await opted_out([email]))
        # A row made just now is as unproven as one that waits for its link.
        refuse_if(why_not_add(status_of(contact.proven_at, contact.left_at, is_opted_out), is_opted_out))
        active: dict[Any, Any] = {Contact.email: email, Contact.proven_at: now, Contact.left_at: None}
        await Contact.update(active).where(Contact.id == contact.id)
        await put_details(contact.id, details)
        await put_consent(contact.id, True, "paper", at=berlin(signed_on, time(12)))
        await note(entry("added", Contact, id=contact.id, by=by, now=now))
        return contact.id


async def take_off_list(contact_id: UUID, *, by: Actor, now: datetime) -> None:
    """Somebody told the office that they want no more. Repeats change nothing. Raises NotFound."""
    async with transaction():
        await _found(contact_id)
        if await end_contacts(Contact.id == contact_id, "office", now):
            await note(entry("left_list", Contact, id=contact_id, by=by, now=now))


async def erase_contact(contact_id: UUID, *, by: Actor, now: datetime) -> None:
    """Everything about them but a hash that says they opted out, if they did. Raises NotFound."""
    async with transaction():
        await _found(contact_id)
        await delete_contacts(Contact.id == contact_id)
        await note(entry("erased", Contact, id=contact_id, by=by, now=now))
        await bury("contact", [contact_id], now)


async def erase_contacts_at(addresses: Collection[str], *, by: Actor, now: datetime) -> None:
    """Those of somebody who is being erased, in the transaction of that. None of them needs to be known."""
    if addresses:
        erased = await delete_contacts(Contact.address_hash.is_in([address_hash(one) for one in addresses]))
        await note(*[entry("erased", Contact, id=id, by=by, now=now) for id in erased])
        await bury("contact", erased, now)


async def sweep_contacts(now: datetime) -> None:
    """Deletes who never proved the address within a week, and who left two weeks ago. For the clock.

    Who opted out by another way than a link of ours leaves the Verteiler here.
    """
    opted = Contact.address_hash.is_in(OptOut.select(OptOut.address_hash))
    async with transaction():
        await end_contacts(opted & Contact.proven_at.is_not_null(), "mail", now)
        unproven = Contact.proven_at.is_null() & (Contact.created_at < now - KEPT_UNPROVEN)
        await delete_contacts(unproven | (Contact.left_at < now - KEPT_AFTER_LEAVING))


async def _found(contact_id: UUID) -> ContactView:
    found = await contact_by_id(contact_id)
    if found is None:
        raise NotFound
    return found


def _changed(before: ContactDetails, after: ContactDetails) -> list[str]:
    """The names of the parts that differ, never what stands in them."""
    names = ("name", "organisation_name", "city", "language")
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    return [*changed, "topics"] if set(before.topics) != set(after.topics) else changed
