"""The mails of a mailing the office wrote: the next ones for the outbox, one as somebody would get it, a trial."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from markupsafe import Markup

from events.history.actions import entry, note
from events.invitations.mailings.audiences import MailingRecipient, recipients
from events.invitations.mailings.batches import BATCH, written
from events.invitations.mailings.rules import WRITTEN_BY_THE_OFFICE, WrittenText
from events.invitations.mailings.views import MailingView, view_of
from events.kit.actor import Actor
from events.kit.addresses import address_key
from events.kit.database import transaction
from events.kit.markdown import as_html, as_text
from events.kit.refusals import Refusal, refuse_if
from events.kit.translation import SOURCE, language_prefix
from events.mail.actions import queue
from events.mail.composing import Bulk, ComposedMail, compose
from events.mail.opt_outs import unsubscribe_address
from events.mail.tables import Mailing
from events.office.queries import office
from events.office.views import OfficeView
from events.settings import settings

LIST_ID = "rundmail"

LARGEST_BODY = 60_000
"""Bytes of the text as HTML; with the frame around it a mail stays below what mail programs cut off."""

_BARE_ADDRESS = re.compile(r"(?<![<\[\"'\w/=])(?<!\]\()https?://[^\s<>()\[\]\"']*[^\s<>()\[\]\"'.,;:!?*_]")


async def write_messages(mailing: Mailing, _now: datetime) -> list[ComposedMail]:
    """To whom it has not been written yet; who opted out, left or came back undelivered since is left out."""
    found = view_of(mailing.to_dict())
    if found.audience is None:
        return []
    done = {address_key(address) for address in await written(mailing)}
    todo = [one for one in await recipients(found.audience) if address_key(one.address) not in done]
    if not todo:
        return []
    sender = await office()
    return [_mail(found, one, sender, about=f"mailing:{found.id}", mailing=found.id) for one in todo[:BATCH]]


async def send_trial(found: MailingView, to: MailingRecipient, *, by: Actor, now: datetime) -> None:
    """To the person who asks: one mail for each language it is written in; counted nowhere. Raises Refused."""
    refuse_if(None if found.texts else Refusal("nothing_written"))
    sender = await office()
    mails = [_mail(found, to, sender, about=f"trial:{uuid4()}", language=code) for code in found.texts]
    async with transaction():
        await queue(*mails, now=now)
        await note(entry("trial_sent", Mailing, id=found.id, by=by, now=now))


async def mail_to(found: MailingView, to: MailingRecipient) -> ComposedMail:
    """Exactly what this recipient would get; to look at, not to send."""
    return _mail(found, to, await office(), about=f"mailing:{found.id}")


def message_context(
    found: MailingView, to: MailingRecipient, sender: OfficeView, language: str | None = None
) -> dict[str, object]:
    """What templates/mail/message.* say to this recipient, and the language they are said in."""
    code, text = text_for(found.texts, language or to.language)
    return {
        "office": sender,
        "language_code": code,
        "subject": text.subject,
        "greets": found.greets,
        "name": to.name,
        "body": body_html(text.body),
        "body_text": as_text(with_links(text.body)),
        "is_registered": found.audience is not None and found.audience.source != "contacts",
        "has_event": bool(to.event_slug),
        "link": _link(to, code),
        "unsubscribe": unsubscribe_address(to.address, code),
    }


def body_html(body: str, highest_heading: int = 2) -> Markup:
    """Cleaned by `kit.markdown`."""
    return Markup(as_html(with_links(body), highest_heading))  # noqa: S704


def with_links(body: str) -> str:
    """Web addresses that were typed as they are become links."""
    return _BARE_ADDRESS.sub(r"<\g<0>>", body)


def text_for(texts: Mapping[str, WrittenText], language: str) -> tuple[str, WrittenText]:
    """The text in this language, else the German one, with the language it is in; empty while nothing is written."""
    code = language if language in texts else SOURCE
    return code, texts.get(code, WrittenText("", ""))


def _mail(
    found: MailingView,
    to: MailingRecipient,
    sender: OfficeView,
    *,
    about: str,
    mailing: UUID | None = None,
    language: str | None = None,
) -> ComposedMail:
    context = message_context(found, to, sender, language)
    return compose(
        WRITTEN_BY_THE_OFFICE,
        to=to.address,
        language=str(context["language_code"]),
        about=about,
        context=context,
        mailing=mailing,
        bulk=Bulk(LIST_ID, unsubscribe=str(context["unsubscribe"])),
    )


def _link(to: MailingRecipient, language: str) -> str:
    """To the event, else to all that are coming."""
    start = f"{settings().base_url}{language_prefix(language)}/"
    return f"{start}veranstaltungen/{to.event_slug}" if to.event_slug else start
