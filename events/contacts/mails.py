"""Mails about an entry in the Verteiler: the link that proves the address, and the link to one's page.

Nothing that was typed is in them: who typed the address may not be who reads it.
"""

from typing import Any, Literal

from events.contacts.links import contact_address
from events.contacts.tables import Contact
from events.mail.composing import ComposedMail, compose
from events.mail.queries import mails_about
from events.office.queries import office


def about(contact: Any) -> str:
    """What the mails of this contact are about, as the outbox says it."""
    return f"contact:{contact}"


async def link_mail(kind: Literal["list_confirm", "list_known"], contact: Contact) -> ComposedMail:
    """A new one each time, so that a lost mail can be had again."""
    subject = about(contact.id)
    return compose(
        kind,
        to=contact.email,
        language=contact.language,
        about=subject,
        sequence=len(await mails_about(subject)),
        context={
            "office": await office(),
            "link": contact_address(contact.id, contact.link_version, contact.language),
        },
    )
