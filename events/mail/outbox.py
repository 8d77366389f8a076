"""The outbox as workers share it: claim one mail for a time, keep it while talking, write down what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.kit.database import on_sqlite
from events.mail.rules import BULK, LEASE, TOO_LATE, UNKNOWN_OUTCOME
from events.mail.tables import OutgoingMail
from events.mail.transport import Letter

DUE = """
    SELECT id FROM outgoing_mail
    WHERE status = 'queued' AND (due_at <= {} OR useful_until <= {}) AND (lease_until IS NULL OR lease_until <= {})
    LIMIT 1
"""
# The lock is taken and committed by this one statement, before any talk with a server.
CLAIM_ON_SQLITE = """
    UPDATE outgoing_mail SET lease_until = {}, lease_holder = {}, tries = tries + 1 WHERE id = (
        SELECT id FROM outgoing_mail
        WHERE status = 'queued' AND priority < {} AND due_at <= {} AND content IS NOT NULL
            AND (useful_until IS NULL OR useful_until > {}) AND (lease_until IS NULL OR lease_until <= {})
        ORDER BY priority, due_at LIMIT 1
    ) RETURNING id
"""
CLAIM_ON_POSTGRES = CLAIM_ON_SQLITE.replace("LIMIT 1", "LIMIT 1 FOR UPDATE SKIP LOCKED")


@dataclass(frozen=True)
class Claimed:
    """A mail that is ours until its lease ends."""

    letter: Letter
    holder: str
    tries: int
    is_bulk: bool


async def is_anything_due(now: datetime) -> bool:
    return bool(await OutgoingMail.raw(DUE, now, now, now))


async def fail_what_is_too_late(now: datetime) -> int:
    """What would only confuse by now is never sent. How many there were."""
    values = _ended("failed", TOO_LATE, "", now)
    rows = await (
        OutgoingMail.update(values)
        .where(OutgoingMail.status == "queued", OutgoingMail.useful_until <= now, _is_free(now))
        .returning(OutgoingMail.id)
    )
    return len(rows)


async def hold_bulk_of_unknown_outcome(now: datetime) -> None:
    """A lease that ran out means: its worker died, perhaps after the server had taken the mail."""
    await OutgoingMail.update(_ended("held", UNKNOWN_OUTCOME, "", now)).where(
        OutgoingMail.status == "queued", OutgoingMail.priority >= BULK, OutgoingMail.lease_until <= now
    )


async def claim(now: datetime, *, bulk: bool) -> Claimed | None:
    """The next mail that is due, people's own before bulk; None when there is none (`bulk` False: none but bulk)."""
    holder = uuid4().hex
    statement = CLAIM_ON_SQLITE if on_sqlite() else CLAIM_ON_POSTGRES
    below = 100 if bulk else BULK
    rows = await OutgoingMail.raw(statement, now + LEASE, holder, below, now, now, now)
    if not rows:
        return None
    row = await OutgoingMail.select().where(OutgoingMail.id == UUID(str(rows[0]["id"]))).first()
    return _claimed(row, holder) if row else None


async def renew(mail: Claimed, now: datetime) -> None:
    await _ours(mail, {OutgoingMail.lease_until: now + LEASE})


async def record_sent(mail: Claimed, reply: str, now: datetime) -> None:
    """Whoever holds the lease by now: it is sent."""
    values = {**_ended("sent", "", reply, now), OutgoingMail.sent_at: now}
    await OutgoingMail.update(values).where(OutgoingMail.id == mail.letter.id)


async def record_ended(mail: Claimed, status: str, reason: str, reply: str, now: datetime) -> None:
    """Failed or held; nothing if another worker has taken it over."""
    await _ours(mail, _ended(status, reason, reply, now))


async def record_later(mail: Claimed, reply: str, due_at: datetime) -> None:
    """Back into the queue; nothing if another worker has taken it over."""
    await _ours(mail, _free() | {OutgoingMail.due_at: due_at, OutgoingMail.reply: reply})


async def sent_last_minute(now: datetime) -> int:
    count: int = await OutgoingMail.count().where(OutgoingMail.sent_at > now - timedelta(minutes=1))
    return count


async def _ours(mail: Claimed, values: dict[Any, Any]) -> None:
    await OutgoingMail.update(values).where(
        OutgoingMail.id == mail.letter.id, OutgoingMail.lease_holder == mail.holder, OutgoingMail.status == "queued"
    )


def _ended(status: str, reason: str, reply: str, now: datetime) -> dict[Any, Any]:
    """`due_at` of a mail that is done is the moment it was done."""
    return _free() | {
        OutgoingMail.status: status,
        OutgoingMail.reason: reason,
        OutgoingMail.reply: reply,
        OutgoingMail.due_at: now,
    }


def _free() -> dict[Any, Any]:
    return {OutgoingMail.lease_until: None, OutgoingMail.lease_holder: ""}


def _is_free(now: datetime) -> Any:
    return OutgoingMail.lease_until.is_null() | (OutgoingMail.lease_until <= now)


def _claimed(row: dict[str, Any], holder: str) -> Claimed:
    fields = ("id", "kind", "sender", "recipient", "content", "created_at")
    letter = Letter(**{name: row[name] for name in fields})
    return Claimed(letter, holder, tries=row["tries"], is_bulk=row["priority"] >= BULK)
