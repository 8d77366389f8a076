"""Builds the final bytes of one mail to one recipient: texts from templates, MIME structure, headers, calendar part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from functools import cache
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID, uuid4

from events.kit import clock
from events.kit.addresses import mail_address
from events.kit.text import one_line
from events.mail.rendering import Texts, named, rendered
from events.mail.rules import BULK
from events.settings import settings

CALENDAR_FILE = "termin.ics"


@dataclass(frozen=True)
class CalendarPart:
    """What `kit.itip` made; programs offer to put it into (or take it out of) the calendar."""

    method: Literal["REQUEST", "CANCEL", "PUBLISH"]
    content: bytes


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Bulk:
    """A mail to many. `unsubscribe` is the https address whose POST ends these mails at once (RFC 8058); without
    one (a date was moved) nobody can opt out."""

    list_id: str
    unsubscribe: str | None = None


@dataclass(frozen=True)
class ComposedMail:
    """Ready for the outbox; `id` is the row's, `message_id` stays the same in every try."""

    id: UUID
    kind: str
    about: str
    sequence: int
    recipient: str
    sender: str
    message_id: str
    content: bytes
    priority: int
    useful_until: datetime | None
    mailing: UUID | None


def compose(
    kind: str,
    *,
    to: str,
    language: str,
    about: str,
    sequence: int = 0,
    context: Mapping[str, object],
    calendar: CalendarPart | None = None,
    attachments: Sequence[Attachment] = (),
    priority: int = 1,
    useful_until: datetime | None = None,
    mailing: UUID | None = None,
    reference: str | None = None,
    reply_to: str | None = None,
    bulk: Bulk | None = None,
) -> ComposedMail:
    """Renders `templates/mail/<kind>.*` in `language`; `context` needs `office` (name, county, street,
    postcode_and_town, phone, email), whose name is also the sender's.

    A reply goes to the office's mailbox unless `reply_to` is given; `reference` is the Message-ID of the mail this
    one follows. Raises ValueError for a `to` that is no address, UndefinedError for a name the template misses.
    """
    recipient = mail_address(to)
    if recipient is None:
        raise ValueError("not a mail address")
    id, sender, texts = uuid4(), own_address(), rendered(kind, language, context)
    message_id = f"<{id}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=_policy(recipient.isascii()))
    message["From"] = _mailbox(sender, str(named(context["office"], "name")))
    message["To"] = _mailbox(recipient)
    message["Message-ID"] = message_id
    _add_texts(message, texts, calendar, attachments)
    _add_headers(message, texts.language, reply_to or sender, reference)
    if bulk is not None:
        _add_bulk_headers(message, bulk, sender)
        priority = max(priority, BULK)
    mail = (id, kind, about, sequence, recipient, sender, message_id, message.as_bytes())
    return ComposedMail(*mail, priority=priority, useful_until=useful_until, mailing=mailing)


def own_address() -> str:
    """The mailbox mails come from, replies go to and the calendar's organiser has; the domain as it is looked up."""
    return mail_address(settings().mail_from) or settings().mail_from


def _mailbox(address: str, name: str = "") -> Address:
    """In two parts: given as one, Python refuses letters beyond ASCII. No name may look like encoded words."""
    local_part, _, domain = address.rpartition("@")
    return Address(one_line(name).replace("=?", "= ?"), username=local_part, domain=domain)


def _add_texts(
    message: EmailMessage, texts: Texts, calendar: CalendarPart | None, attachments: Sequence[Attachment]
) -> None:
    """mixed[alternative[plain, html, calendar], files]: programs take the last alternative they understand."""
    message["Subject"] = texts.subject
    message.set_content(texts.plain, cte="quoted-printable")
    message.add_alternative(texts.html, subtype="html", cte="quoted-printable")
    if calendar is not None:
        params = {"charset": "utf-8", "method": calendar.method, "component": "VEVENT"}
        # Bytes, so that they stay as they are; without a file name it gets no Content-Disposition, which would
        # make Outlook show a file instead of buttons.
        message.add_alternative(calendar.content, maintype="text", subtype="calendar", cte="base64", params=params)
        # Not text/calendar again: some programs would act on both.
        attachments = (*attachments, Attachment(CALENDAR_FILE, "application/ics", calendar.content))
    for file in attachments:
        maintype, _, subtype = file.content_type.partition("/")
        message.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=one_line(file.name))


def _add_headers(message: EmailMessage, language: str, reply_to: str, reference: str | None) -> None:
    """After the texts: `set_content` throws away the Content-* headers it finds."""
    message["Date"] = format_datetime(clock.now())
    message["Reply-To"] = _mailbox(reply_to)
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if reference:
        message["In-Reply-To"] = message["References"] = one_line(reference)


def _add_bulk_headers(message: EmailMessage, bulk: Bulk, sender: str) -> None:
    message["Precedence"] = "bulk"
    message["List-Id"] = f"<{one_line(bulk.list_id)}.{sender.rpartition('@')[2]}>"
    if bulk.unsubscribe:
        # The page reads the token in the subject of a mail, for programs without the web way.
        token = bulk.unsubscribe.rpartition("/")[2]
        mailto = f"mailto:{sender}?subject={quote(f'abmelden {token}')}"
        message["List-Unsubscribe"] = f"<{bulk.unsubscribe}>, <{mailto}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


class _Policy(EmailPolicy):
    """RFC 5322 with CRLF. Python folds long words of headers into encoded words, which destroys addresses; and where
    it folds a text beyond ASCII, a space is lost."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Python takes every header apart and puts it together again, half the work of a mail; plain ones stay.

        So does the subject: somebody may have typed what looks like encoded words, and it would decode them.
        """
        text = str(value) if isinstance(value, Address) else value
        is_kept = name.lower() == "subject" or _is_plain(name, text)
        return (name, text) if is_kept else super().header_store_parse(name, value)

    def fold(self, name: str, value: Any) -> str:
        return self._whole(name, value) or self._encoded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        text = self._whole(name, value) or self._encoded(name, value)
        return text.encode("ascii") or super().fold_binary(name, value)

    def _whole(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() in _NEVER_FOLDED else ""

    def _encoded(self, name: str, value: Any) -> str:
        """Subject and sender as encoded words (RFC 2047) whose spaces survive."""
        if not _looks_encoded(value) and (self.utf8 or str(value).isascii()):
            return ""
        if name.lower() == "subject":
            return f"{name}: {self._words(name, str(value))}{self.linesep}"
        if name.lower() == "from":
            sender = value.addresses[0]
            return f"{name}: {self._words(name, sender.display_name)} <{sender.addr_spec}>{self.linesep}"
        return ""

    def _words(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


_NEVER_FOLDED = ("list-unsubscribe", "list-id", "in-reply-to", "references", "message-id")
_SHORT = 76  # with name and colon: one line, which no server folds


def _looks_encoded(text: object) -> bool:
    return "=?" in str(text)


def _is_plain(name: str, text: Any) -> bool:
    """One short line of ASCII in which nothing looks encoded. Those of MIME are read again while a mail is built."""
    if not isinstance(text, str) or name.lower().startswith("content-"):
        return False
    return len(name) + len(text) < _SHORT and text.isascii() and text.isprintable() and not _looks_encoded(text)


class _Headers(HeaderRegistry):
    """Python makes a class for each header of each mail; one for each name is enough."""

    def __getitem__(self, name: str) -> Any:
        return _class_of(name.lower())


_class_of = cache(HeaderRegistry().__getitem__)


@cache
def _policy(is_ascii: bool) -> EmailPolicy:
    """7 bits, so that every server takes it unchanged; an address that is not ASCII needs SMTPUTF8 (RFC 6531)."""
    base = SMTP if is_ascii else SMTPUTF8
    return _Policy(linesep=base.linesep, utf8=base.utf8, cte_type="7bit", header_factory=_Headers())
