"""Everything stored about one contact, for themselves (Art. 15 and 20 DSGVO): plain values with German keys."""

from datetime import datetime
from typing import Any

from events.contacts.mails import about
from events.contacts.queries import ContactView, all_topics, consents_of
from events.contacts.wording import MAILS, WAYS, status_text
from events.kit.clock import BERLIN
from events.kit.translation import gettext as _
from events.mail.queries import mails_about


async def own_data(contact: ContactView) -> dict[str, Any]:
    """In the current language; moments in Berlin's time with offset."""
    names = {one.id: one.name for one in await all_topics()}
    return {
        "e_mail": contact.email,
        "name": contact.name,
        "organisation": contact.organisation_name,
        "stadt": contact.city,
        "sprache": contact.language,
        "themen": [names[topic] for topic in contact.topics],
        "stand": status_text(contact.status),
        "eingetragen_am": _moment(contact.created_at),
        "adresse_bestaetigt_am": _moment(contact.proven_at),
        "abgemeldet_am": _moment(contact.left_at),
        "einwilligungen": [
            {
                "am": _moment(one.at),
                "erteilt": one.given,
                "fassung": one.text_version,
                "weg": _(WAYS[one.way]),
            }
            for one in await consents_of(contact.id)
        ],
        "mails": [
            {"art": _(MAILS.get(one.kind, one.kind)), "gesendet_am": _moment(one.sent_at)}
            for one in await mails_about(about(contact.id))
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(BERLIN).isoformat(timespec="seconds") if moment else None
