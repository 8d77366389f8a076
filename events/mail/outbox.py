"""The outbox as workers share it: claim one mail for a time, keep it while talking, write down what became of it."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.kit.database import on_sqlite, transaction
from events.mail.rules import BAD_ADDRESS, BULK, LEASE, TOO_LATE, UNKNOWN_OUTCOME
from events.mail.tables import OutgoingMail
from events.mail.transport import Letter
from events.mail.undeliverable import forget_undeliverable, note_undeliverable

# States stand in the statements as they are: a database sees that a partial index fits only when it can read them.
DUE = """
    SELECT id FROM outgoing_mail
    WHERE status = 'queued' AND (due_at <= {} OR useful_until <= {}) AND (lease_until IS NULL OR lease_until <= {})
    LIMIT 1
"""
# The lock is taken and committed by this one statement, before any talk with a server. Whose lease ran out may have
# arrived: bulk then waits for a person, a mail to one person is marked and goes out again.
CLAIM_ON_SQLITE = """
    UPDATE outgoing_mail SET lease_until = {}, lease_holder = {}, tries = tries + 1,
        maybe_twice = (maybe_twice OR lease_until IS NOT NULL)
    WHERE id = (
        SELECT id FROM outgoing_mail
        WHERE status = 'queued' AND priority < {} AND due_at <= {} AND content IS NOT NULL
            AND (useful_until IS NULL OR useful_until > {})
            AND (lease_until IS NULL OR (lease_until <= {} AND priority < {}))
        ORDER BY priority, due_at LIMIT 1
    ) RETURNING id, EXISTS (SELECT 1 FROM undeliverable_address u WHERE u.address = recipient) AS was_refused
"""
CLAIM_ON_POSTGRES = CLAIM_ON_SQLITE.replace("LIMIT 1", "LIMIT 1 FOR UPDATE SKIP LOCKED")
END_TOO_LATE = """
    UPDATE outgoing_mail SET status = 'failed', reason = {}, reply = '', due_at = {},
        lease_until = NULL, lease_holder = ''
    WHERE status = 'queued' AND useful_until <= {} AND (lease_until IS NULL OR lease_until <= {}) RETURNING id
"""
HOLD_BULK = """
    UPDATE outgoing_mail SET status = 'held', reason = {}, reply = '', due_at = {},
        lease_until = NULL, lease_holder = ''
    WHERE status = 'queued' AND priority >= {} AND lease_until <= {}
"""
SENT_SINCE = "SELECT COUNT(*) AS sent FROM outgoing_mail WHERE status = 'sent' AND sent_at > {}"


@dataclass(frozen=True)
class Claimed:
    """A mail that is ours until its lease ends."""

    letter: Letter
    holder: str
    tries: int
    is_bulk: bool
    was_refused: bool  # a server had refused this address for good


async def is_anything_due(now: datetime) -> bool:
    return bool(await OutgoingMail.raw(DUE, now, now, now))


async def fail_what_is_too_late(now: datetime) -> int:
    """What would only confuse by now is never sent. How many there were."""
    return len(await OutgoingMail.raw(END_TOO_LATE, TOO_LATE, now, now, now))


async def hold_bulk_of_unknown_outcome(now: datetime) -> None:
    """A lease that ran out means: its worker died, perhaps after the server had taken the mail."""
    await OutgoingMail.raw(HOLD_BULK, UNKNOWN_OUTCOME, now, BULK, now)


async def claim(now: datetime, *, bulk: bool) -> Claimed | None:
    """The next mail that is due, people's own before bulk; None when there is none (`bulk` False: none but bulk)."""
    holder = f"{os.getpid()}-{uuid4().hex}"  # who looks at the row sees which process is meant
    statement = CLAIM_ON_SQLITE if on_sqlite() else CLAIM_ON_POSTGRES
    below = 100 if bulk else BULK
    rows = await OutgoingMail.raw(statement, now + LEASE, holder, below, now, now, now, BULK)
    if not rows:
        return None
    row = await OutgoingMail.select().where(OutgoingMail.id == UUID(str(rows[0]["id"]))).first()
    return _claimed(row, holder, bool(rows[0]["was_refused"])) if row else None


async def renew(mail: Claimed, now: datetime) -> None:
    await _ours(mail, {OutgoingMail.lease_until: now + LEASE})


async def record_sent(mail: Claimed, reply: str, now: datetime) -> None:
    """Whoever holds the lease by now: it is sent."""
    values = {**_ended("sent", "", reply, now), OutgoingMail.sent_at: now}
    recording = OutgoingMail.update(values).where(OutgoingMail.id == mail.letter.id)
    if not mail.was_refused:
        await recording
        return
    async with transaction():
        await recording
        await forget_undeliverable(mail.letter.recipient)


async def record_ended(mail: Claimed, status: str, reason: str, reply: str, now: datetime) -> None:
    """Failed or held, and a bad address noted; nothing if another worker has taken the mail over."""
    async with transaction():
        if await _ours(mail, _ended(status, reason, reply, now)) and reason == BAD_ADDRESS:
            await note_undeliverable(mail.letter.recipient, reply, mail.letter.id, now)


async def record_later(mail: Claimed, reply: str, due_at: datetime, *, maybe_arrived: bool) -> None:
    """Back into the queue; nothing if another worker has taken it over."""
    values = _free() | {OutgoingMail.due_at: due_at, OutgoingMail.reply: reply}
    await _ours(mail, values | ({OutgoingMail.maybe_twice: True} if maybe_arrived else {}))


async def sent_last_minute(now: datetime) -> int:
    (row,) = await OutgoingMail.raw(SENT_SINCE, now - timedelta(minutes=1))
    return int(row["sent"])


async def _ours(mail: Claimed, values: dict[Any, Any]) -> bool:
    """Whether it still was."""
    rows = await (
        OutgoingMail.update(values)
        .where(
            OutgoingMail.id == mail.letter.id, OutgoingMail.lease_holder == mail.holder, OutgoingMail.status == "queued"
        )
        .returning(OutgoingMail.id)
    )
    return bool(rows)


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


def _claimed(row: dict[str, Any], holder: str, was_refused: bool) -> Claimed:
    fields = ("id", "kind", "sender", "recipient", "content", "created_at")
    letter = Letter(**{name: row[name] for name in fields})
    return Claimed(letter, holder, tries=row["tries"], is_bulk=row["priority"] >= BULK, was_refused=was_refused)
