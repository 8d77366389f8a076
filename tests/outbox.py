"""Reading the outbox in tests: what would be sent to whom."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from events.kit.database import on_sqlite
from events.mail.tables import OutgoingMail


async def mails_to(address: str, kind: str | None = None) -> list[EmailMessage]:
    """Oldest first, also those of one moment of a clock that stands still."""
    rows = await _rows_to(address)
    return [_parsed(row["content"]) for row in rows if kind is None or row["kind"] == kind]


async def kinds_to(address: str) -> list[str]:
    return [row["kind"] for row in await _rows_to(address)]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def calendar_of(mail: EmailMessage) -> str:
    """The inline calendar part; empty when there is none."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar" and part.get_param("method")]
    return parts[0].get_content() if parts else ""


def own_link(mail: EmailMessage) -> str:
    """The path of the booking's page."""
    found = re.search(r"^https?://[^/\s]+((?:/[a-z]{2})?/anmeldung/\S+)$", text_of(mail), re.MULTILINE)
    assert found is not None
    return found.group(1)


async def _rows_to(address: str) -> list[dict[str, Any]]:
    # PostgreSQL fills the gaps of deleted rows, so that only the number of the writing tells which row is younger.
    written = "rowid" if on_sqlite() else "xmin::text::bigint, cmin::text::bigint"
    asked = f"SELECT kind, content FROM outgoing_mail WHERE recipient = {{}} ORDER BY created_at, sequence, {written}"
    return cast(list[dict[str, Any]], await OutgoingMail.raw(asked, address))


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]  # the policy says so
