"""What can happen to the outbox: queue, send anew, discard, pause, forget."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.mail.composing import ComposedMail
from events.mail.pausing import THE_PAUSE, UNTIL_SOMEBODY_ENDS_IT, Pause, end_pause, put_pause
from events.mail.rules import DISCARDED, RESTORED, UNKNOWN_OUTCOME, why_not_resend
from events.mail.tables import MailPause, OutgoingMail

KEPT_AFTER_SENDING = timedelta(days=7)
ROWS_AT_ONCE = 500
"""Both databases allow some 32,000 values in one statement."""


async def queue(*mails: ComposedMail, now: datetime) -> None:
    """Puts mails into the outbox, in the transaction of what causes them.

    One whose (kind, about, sequence, recipient) is there already is left out: it was queued before.
    """
    for start in range(0, len(mails), ROWS_AT_ONCE):
        rows = [_row(mail, now) for mail in mails[start : start + ROWS_AT_ONCE]]
        await OutgoingMail.insert(*rows).on_conflict(action="DO NOTHING")


async def resend(mail_id: UUID, *, by: Actor, now: datetime) -> None:
    """Sends a failed or held mail anew, with the same bytes and Message-ID. Raises Refused, NotFound."""
    async with transaction():
        row = await _row_of(mail_id)
        has_content = row["content"] is not None
        refuse_if(why_not_resend(row["status"], has_content, row["useful_until"], now))
        if not await _queue_again([mail_id], by, now):
            raise Refused(Refusal("mail_not_resendable"))  # somebody else was quicker


async def discard(mail_id: UUID, *, by: Actor, now: datetime) -> None:
    """Settles a held mail: it is not sent again. Raises Refused, NotFound."""
    async with transaction():
        await _row_of(mail_id)
        if not await _throw_away([mail_id], by, now):
            raise Refused(Refusal("mail_not_held"))


async def resend_all(mails: Sequence[UUID], *, by: Actor, now: datetime) -> int:
    """As `resend`, for as many as it is possible. How many those are."""
    async with transaction():
        return sum([await _queue_again(some, by, now) for some in _portions(mails)])


async def discard_all(mails: Sequence[UUID], *, by: Actor, now: datetime) -> int:
    """As `discard`, for those of them that are held. How many those are."""
    async with transaction():
        return sum([await _throw_away(some, by, now) for some in _portions(mails)])


async def pause(reason: str, *, by: Actor, now: datetime) -> None:
    """Nothing goes out until `resume`; what is queued meanwhile waits."""
    async with transaction():
        await put_pause(Pause(reason, now, UNTIL_SOMEBODY_ENDS_IT))
        await note(entry("paused", MailPause, id=THE_PAUSE, by=by, now=now))


async def resume(*, by: Actor, now: datetime) -> None:
    """Tries again at once, whoever or whatever had paused the sending."""
    async with transaction():
        await end_pause()
        await note(entry("resumed", MailPause, id=THE_PAUSE, by=by, now=now))


async def erase_contents(now: datetime) -> int:
    """Erases the texts of what was sent or failed more than seven days ago; how many. Held mails wait for a person."""
    rows = await (
        OutgoingMail.update({OutgoingMail.content: None})
        .where(
            OutgoingMail.status.is_in(["sent", "failed"]),
            OutgoingMail.due_at < now - KEPT_AFTER_SENDING,
            OutgoingMail.content.is_not_null(),
        )
        .returning(OutgoingMail.id)
    )
    return len(rows)


async def forget(about: Sequence[str]) -> None:
    """Deletes all mails about these at once, sent or not: whoever they are about is being erased."""
    if about:
        await OutgoingMail.delete().where(OutgoingMail.about.is_in(list(about)))


async def _queue_again(mails: Sequence[UUID], by: Actor, now: datetime) -> int:
    """What may have arrived already is marked: whoever asks later should know that it came perhaps twice."""
    meant = OutgoingMail.id.is_in(list(mails)) & OutgoingMail.status.is_in(["failed", "held"])
    meant = meant & OutgoingMail.content.is_not_null()
    meant = meant & (OutgoingMail.useful_until.is_null() | (OutgoingMail.useful_until > now))
    doubtful = OutgoingMail.reason.is_in([UNKNOWN_OUTCOME, DISCARDED, RESTORED])
    await OutgoingMail.update({OutgoingMail.maybe_twice: True}).where(meant & doubtful)
    values: dict[Any, Any] = {OutgoingMail.status: "queued", OutgoingMail.reason: "", OutgoingMail.reply: ""}
    values |= {OutgoingMail.tries: 0, OutgoingMail.due_at: now}
    return await _changed("resent", values, meant, by, now)


async def _throw_away(mails: Sequence[UUID], by: Actor, now: datetime) -> int:
    values: dict[Any, Any] = {OutgoingMail.status: "failed", OutgoingMail.reason: DISCARDED}
    values[OutgoingMail.due_at] = now
    meant = OutgoingMail.id.is_in(list(mails)) & (OutgoingMail.status == "held")
    return await _changed("discarded", values, meant, by, now)


async def _changed(verb: str, values: dict[Any, Any], meant: Any, by: Actor, now: datetime) -> int:
    """Decides and changes in one statement, so that two people who press the same button do it once."""
    rows = await OutgoingMail.update(values).where(meant).returning(OutgoingMail.id)
    await note(*[entry(verb, OutgoingMail, id=UUID(str(row["id"])), by=by, now=now) for row in rows])
    return len(rows)


def _portions(mails: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [mails[start : start + ROWS_AT_ONCE] for start in range(0, len(mails), ROWS_AT_ONCE)]


def _row(mail: ComposedMail, now: datetime) -> OutgoingMail:
    return OutgoingMail(
        id=mail.id,
        kind=mail.kind,
        about=mail.about,
        sequence=mail.sequence,
        mailing=mail.mailing,
        recipient=mail.recipient,
        sender=mail.sender,
        message_id=mail.message_id,
        content=mail.content,
        priority=mail.priority,
        useful_until=mail.useful_until,
        due_at=now,
        created_at=now,
    )


async def _row_of(mail_id: UUID) -> dict[str, Any]:
    columns = (OutgoingMail.status, OutgoingMail.content, OutgoingMail.useful_until)
    row = await OutgoingMail.select(*columns).where(OutgoingMail.id == mail_id).first()
    if row is None:
        raise NotFound
    return row
