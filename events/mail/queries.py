"""What is asked about the outbox: how it stands, one mail with its text, what was written about something.

Contents are long and lie before most columns in SQLite's rows; so counts name states as they stand in the indexes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.kit.database import as_moment
from events.mail.pausing import THE_PAUSE, Pause
from events.mail.rules import BULK
from events.mail.tables import OutgoingMail

RECENT = timedelta(days=14)

TROUBLE = "status IN ('failed', 'held', 'paused')"
"""As in the index `outgoing_mail_trouble`; SQLite takes the index only for a condition that says the same words."""


@dataclass(frozen=True)
class OutboxState:
    """For the staff's "today": what waits and since when, what failed within 14 days, what needs a decision.

    Of bulk mails, which may take hours, only counts since when the next should have gone.
    """

    queued: int
    waiting_since: datetime | None
    last_reply: str  # of the longest-waiting mail, if it was tried
    bulk_due_since: datetime | None
    last_sent_at: datetime | None
    failed: int  # that nobody deals with in the list of undeliverable addresses
    held: int
    undeliverable: int
    pause: Pause | None


@dataclass(frozen=True)
class MailView:
    id: UUID
    kind: str
    about: str
    mailing: UUID | None
    recipient: str
    message_id: str
    status: str
    reason: str
    reply: str
    tries: int
    created_at: datetime
    due_at: datetime  # for one that is done: when that was
    sent_at: datetime | None
    useful_until: datetime | None
    maybe_twice: bool
    has_content: bool


async def outbox_state(now: datetime) -> OutboxState:
    """In one statement."""
    (row,) = await OutgoingMail.raw(_STATE, now - RECENT, THE_PAUSE)
    since, until = as_moment(row["since"]), as_moment(row["until"])
    return OutboxState(
        **{name: row[name] for name in ("queued", "failed", "held", "undeliverable")},
        **{name: as_moment(row[name]) for name in ("waiting_since", "bulk_due_since", "last_sent_at")},
        last_reply=row["last_reply"] or "",
        pause=Pause(row["reason"], since, until) if since else None,
    )


async def mails_about(*about: str) -> list[MailView]:
    """All mails about these (as in `booking:<id>`), oldest first."""
    return await views(OutgoingMail.about.is_in(list(about))) if about else []


async def mail_by_id(id: UUID) -> tuple[MailView, bytes | None] | None:
    """One mail with its bytes, as long as they are kept."""
    found = await views(OutgoingMail.id == id)
    row = await OutgoingMail.select(OutgoingMail.content).where(OutgoingMail.id == id).first()
    return (found[0], row["content"]) if found and row else None


async def views(where: Any) -> list[MailView]:
    """In two statements; reads no content."""
    plain = [name for name in MailView.__dataclass_fields__ if name != "has_content"]
    columns = [OutgoingMail._meta.get_column_by_name(name) for name in plain]
    rows = await OutgoingMail.select(*columns).where(where).order_by(OutgoingMail.created_at)
    with_content = await _with_content(where)
    return [MailView(**row, has_content=row["id"] in with_content) for row in rows]


async def _with_content(where: Any) -> set[UUID]:
    """Which of them still have their text, without reading it."""
    rows = await OutgoingMail.select(OutgoingMail.id).where(where, OutgoingMail.content.is_not_null())
    return {row["id"] for row in rows}


_OLDEST = (
    f"SELECT created_at, reply FROM outgoing_mail WHERE status = 'queued' AND priority < {BULK} "
    "ORDER BY created_at LIMIT 1"
)
_NEXT_BULK = (
    f"SELECT due_at FROM outgoing_mail WHERE status = 'queued' AND priority >= {BULK} ORDER BY priority, due_at LIMIT 1"
)
_LAST_SENT = "SELECT sent_at FROM outgoing_mail WHERE status = 'sent' ORDER BY sent_at DESC LIMIT 1"
_STATE = (
    "SELECT (SELECT COUNT(*) FROM outgoing_mail WHERE status = 'queued') AS queued, "
    f"(SELECT COUNT(*) FROM outgoing_mail WHERE {TROUBLE} AND status = 'held') AS held, "
    f"(SELECT COUNT(*) FROM outgoing_mail m WHERE {TROUBLE} AND status = 'failed' AND due_at >= {{}} "
    "AND reason NOT IN ('discarded', 'stopped', 'unwanted') AND NOT EXISTS "
    "(SELECT 1 FROM undeliverable_address u WHERE u.address = m.recipient)) AS failed, "
    "(SELECT COUNT(*) FROM undeliverable_address WHERE settled_at IS NULL) AS undeliverable, "
    "o.created_at AS waiting_since, o.reply AS last_reply, b.due_at AS bulk_due_since, s.sent_at AS last_sent_at, "
    "p.reason AS reason, p.since AS since, p.until AS until FROM (SELECT 1 AS always) a "
    f"LEFT JOIN ({_OLDEST}) o ON TRUE LEFT JOIN ({_NEXT_BULK}) b ON TRUE LEFT JOIN ({_LAST_SENT}) s ON TRUE "
    "LEFT JOIN mail_pause p ON p.id = {}"
)
