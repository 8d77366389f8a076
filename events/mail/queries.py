"""What is asked about the outbox: how it stands, which mails did not arrive, what was written about something."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.query.functions.aggregate import Count

from events.mail.pausing import Pause, current_pause
from events.mail.tables import OutgoingMail

RECENT = timedelta(days=14)


@dataclass(frozen=True)
class OutboxState:
    """For the staff's "today": what waits and since when, what failed within 14 days, what needs a decision."""

    queued: int
    waiting_since: datetime | None
    last_reply: str  # of the longest-waiting mail, if it was tried
    failed: int
    held: int
    pause: Pause | None


@dataclass(frozen=True)
class MailView:
    id: UUID
    kind: str
    about: str
    recipient: str
    message_id: str
    status: str
    reason: str
    reply: str
    tries: int
    created_at: datetime
    due_at: datetime  # for one that is done: when that was
    sent_at: datetime | None
    has_content: bool


async def outbox_state(now: datetime) -> OutboxState:
    counted = await (
        OutgoingMail.select(OutgoingMail.status, Count())
        .where(OutgoingMail.status.is_in(["queued", "held"]) | _failed_since(now - RECENT))
        .group_by(OutgoingMail.status)
    )
    counts = {row["status"]: row["count"] for row in counted}
    oldest = await (
        OutgoingMail.select(OutgoingMail.created_at, OutgoingMail.reply)
        .where(OutgoingMail.status == "queued")
        .order_by(OutgoingMail.created_at)
        .first()
    )
    return OutboxState(
        queued=counts.get("queued", 0),
        waiting_since=oldest["created_at"] if oldest else None,
        last_reply=oldest["reply"] if oldest else "",
        failed=counts.get("failed", 0),
        held=counts.get("held", 0),
        pause=await current_pause(),
    )


async def mails_about(*about: str) -> list[MailView]:
    """All mails about these (as in `booking:<id>`), oldest first."""
    return await _views(OutgoingMail.about.is_in(list(about))) if about else []


async def undelivered(now: datetime) -> list[MailView]:
    """What is held, and what failed within 14 days: people who should be called."""
    return await _views((OutgoingMail.status == "held") | _failed_since(now - RECENT))


def _failed_since(moment: datetime) -> Any:
    return (OutgoingMail.status == "failed") & (OutgoingMail.due_at >= moment)


async def _views(where: Any) -> list[MailView]:
    plain = [name for name in MailView.__dataclass_fields__ if name != "has_content"]
    columns = [OutgoingMail._meta.get_column_by_name(name) for name in plain]
    rows = await OutgoingMail.select(*columns).where(where).order_by(OutgoingMail.created_at)
    with_content = await _with_content(where)
    return [MailView(**row, has_content=row["id"] in with_content) for row in rows]


async def _with_content(where: Any) -> set[UUID]:
    """Which of them still have their text, without reading it."""
    rows = await OutgoingMail.select(OutgoingMail.id).where(where, OutgoingMail.content.is_not_null())
    return {row["id"] for row in rows}
