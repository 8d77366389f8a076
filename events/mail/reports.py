"""What comes back by mail: delivery reports (RFC 3464, RFC 6533) and mails that unsubscribe. Reads bytes, no database.

Whoever knows the mailbox may write there: nothing in it is believed but the Message-ID, which only we and the
recipient's servers know, and the token of an unsubscription, which only we can make.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from uuid import UUID

from events.kit.addresses import address_key
from events.kit.text import one_line
from events.mail.rules import Stage, Verdict, classify
from events.mail.transport import anonymous

LONGEST_READ = 2_000_000
"""Bytes: a report comes first and what is returned after it, with its headers at the top."""

LONGEST_FIELD = 1000
"""Characters; what comes after them says nothing to us and could cost much time."""

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^<>\s]+>")
_UNSUBSCRIBE = re.compile(r"\babmelden\s+([\w-]{20,100})", re.IGNORECASE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ANSWER = re.compile(r"([45]\d\d)[ -](.*)")
_MOST_PARTS = 100
_MOST_RECIPIENTS = 50


@dataclass(frozen=True)
class Outcome:
    """What a report says of one recipient. `status` is the enhanced code of RFC 3463, `words` the server's."""

    action: str
    status: str
    words: str
    recipients: frozenset[str]

    @property
    def is_final(self) -> bool:
        return self.action == "failed"

    @property
    def reply(self) -> str:
        return anonymous(f"{self.status} {self.words}")

    def refuses(self, address: str) -> bool:
        """For good, because of this very address, and not of somebody it is passed on to."""
        if not self.is_final or not self.status.startswith("5.") or address_key(address) not in self.recipients:
            return False
        code, said = 550, self.status
        if self.status == "5.0.0" and (answer := _ANSWER.match(self.words)):
            code, said = int(answer.group(1)), answer.group(2)
        return classify(Stage.RECIPIENT, code, said) is Verdict.BAD_ADDRESS


@dataclass(frozen=True)
class Report:
    """`mails` are the ids our Message-IDs name, the most trustworthy first; `outcomes` one for each recipient."""

    mails: tuple[UUID, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Unsubscription:
    token: str


def read_report(content: bytes) -> Report | Unsubscription | None:
    """None for what is neither. Raises whatever Python's parser does for what is no mail at all."""
    message = message_from_bytes(content)
    parts = [part for _number, part in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    status = next((part for part in parts if part.get_content_type() in _STATUS_PARTS), None)
    if status is not None:
        return Report(tuple(_mails(message, parts)), tuple(_outcomes(status)))
    wish = _UNSUBSCRIBE.search(_decoded(message["Subject"]))
    return Unsubscription(wish.group(1)) if wish else None


def _mails(message: Message, parts: Sequence[Message]) -> Iterator[UUID]:
    returned = [_returned(part)["Message-ID"] for part in parts if part.get_content_type() in _RETURNED]
    named = [message["In-Reply-To"], message["References"]]
    ids = [id for header in (*returned, *named) for id in _MESSAGE_ID.findall(str(header or "").lower())]
    yield from dict.fromkeys(UUID(id) for id in ids)


def _returned(part: Message) -> Message:
    """The mail that came back, or its headers as a text."""
    inner = _inner(part)
    return inner if inner is not None and len(inner) else message_from_string(_text(part))


def _outcomes(status: Message) -> Iterator[Outcome]:
    for fields in [block for block in _blocks(status) if block["Action"]][:_MOST_RECIPIENTS]:
        code = _STATUS.search(_field(fields, "Status"))
        yield Outcome(
            action=_field(fields, "Action").split(" ")[0].lower(),
            status=code.group() if code else "",
            words=_field(fields, "Diagnostic-Code").partition(";")[2].strip(),
            recipients=frozenset(
                address_key(_field(fields, name).partition(";")[2].strip().strip("<>"))
                for name in ("Original-Recipient", "Final-Recipient")
                if fields[name]
            ),
        )


def _blocks(status: Message) -> Sequence[Message]:
    """Fields about the mail, then those of each recipient. Python takes only the older of both kinds apart."""
    payload = status.get_payload()
    blocks = [block for block in payload if isinstance(block, Message) and block["Action"]] if payload else []
    return blocks or [message_from_string(block.strip()) for block in re.split(r"\n\s*\n", _text(status))]


def _inner(part: Message) -> Message | None:
    payload = part.get_payload()
    return next((one for one in payload if isinstance(one, Message)), None) if isinstance(payload, list) else None


def _text(part: Message) -> str:
    """What stands in a part. Of a mail in it that is what follows its headers; some servers encode it whole."""
    inner = _inner(part)
    payload = (part if inner is None else inner).get_payload(decode=True)  # one without headers counts as nothing
    if inner is not None and str(part["Content-Transfer-Encoding"]).strip().lower() == "base64":
        payload = _from_base64(payload)
    return payload.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(payload, bytes) else ""


def _from_base64(encoded: object) -> bytes:
    try:
        return b64decode(encoded) if isinstance(encoded, bytes) else b""
    except NotBase64:
        return b""


def _field(fields: Message, name: str) -> str:
    return one_line(str(fields[name] or "")[:LONGEST_FIELD])


def _decoded(header: object) -> str:
    """Words beyond ASCII as they are meant; broken ones as they stand."""
    text = str(header or "")[:LONGEST_FIELD]
    try:
        return one_line(str(make_header(decode_header(text))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return one_line(text)
