"""Turns a frozen `Mailing` into mails, in batches: each address once, even after a crash in between.

What each kind says to whom its writer knows.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

from events.invitations.changes.writers import write_changes, write_fixed_dates, write_grown_series
from events.invitations.mailings.messages import write_messages
from events.invitations.mailings.standing_still import settle_stragglers
from events.invitations.mails import write_invitation_reminders, write_invitations
from events.invitations.reminders.writers import write_dated_mails
from events.kit.database import transaction
from events.kit.logs import logger
from events.mail.actions import queue
from events.mail.composing import ComposedMail
from events.mail.tables import Mailing

log = logger()

Writer = Callable[[Mailing, datetime], Awaitable[list[ComposedMail]]]

WRITERS: Mapping[str, Writer] = {
    "called_off": write_changes,
    "moved": write_changes,
    "date_dropped": write_changes,
    "date_fixed": write_fixed_dates,
    "series_grown": write_grown_series,
    "message": write_messages,
    "invitation": write_invitations,
    "invitation_reminder": write_invitation_reminders,
    "reminder": write_dated_mails,
    "follow_up": write_dated_mails,
}
"""The next mails of a mailing of this kind, a batch at most; none when all are written. Called in a transaction."""


async def expand_mailings(*, now: datetime) -> int:
    """Writes the mails of all queued mailings into the outbox. Returns how many it wrote."""
    await settle_stragglers(now=now)
    waiting = await Mailing.select(Mailing.id).where(Mailing.status == "queued").order_by(Mailing.created_at)
    return sum([await _expand(row["id"], now) for row in waiting])


async def _expand(mailing_id: UUID, now: datetime) -> int:
    """One that fails is logged and tried again in the next round; it must not keep the others waiting."""
    total = 0
    try:
        while written := await _write_batch(mailing_id, now):
            total += written
    except Exception as error:
        log.error("mailing_not_written", mailing=str(mailing_id), error=type(error).__name__)
    return total


async def _write_batch(mailing_id: UUID, now: datetime) -> int:
    """The next batch in one transaction; two workers take turns at it. 0 when the mailing is done."""
    async with transaction():
        mailing = await _locked(mailing_id)
        if mailing is None:
            return 0
        mails = await WRITERS[mailing.kind](mailing, now)
        await queue(*mails, now=now)
        if not mails:
            await _finish(mailing, now)
        return len(mails)


async def _locked(mailing_id: UUID) -> Mailing | None:
    """The mailing with its row held until the transaction ends; None once it is expanded, paused or stopped."""
    held = await Mailing.raw(
        "UPDATE mailing SET status = 'queued' WHERE id = {} AND status = 'queued' RETURNING id", mailing_id
    )
    return await Mailing.objects().get(Mailing.id == mailing_id) if held else None


async def _finish(mailing: Mailing, now: datetime) -> None:
    await Mailing.update({Mailing.status: "expanded", Mailing.expanded_at: now}).where(Mailing.id == mailing.id)
