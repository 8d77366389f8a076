"""What becomes of the unsent mails of a paused or stopped mailing, also of those that were in a worker's hands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.invitations.unsent_invitations import take_back_unsent
from events.mail.tables import Mailing, OutgoingMail

STOPPED = "stopped"
"""Why mails of a stopped mailing were not sent (OutgoingMail.reason)."""

STANDING_STILL: dict[Any, Any] = {OutgoingMail.status: "paused"}


def given_up(now: datetime) -> dict[Any, Any]:
    return {OutgoingMail.status: "failed", OutgoingMail.reason: STOPPED, OutgoingMail.due_at: now}


def in_no_hands(now: datetime) -> Any:
    """No worker is sending it at this moment."""
    return OutgoingMail.lease_until.is_null() | (OutgoingMail.lease_until <= now)


async def settle_stragglers(*, now: datetime) -> None:
    """For the clock: what was being sent when its mailing was paused or stopped, and has to be tried again, stays too.

    Only what was tried: a single mail that somebody sends anew from the outbox goes in spite of a stop.
    """
    rows = await Mailing.raw(_LEFT_OVER, now)
    for status, values in (("paused", STANDING_STILL), ("stopped", given_up(now))):
        ids = [UUID(str(row["id"])) for row in rows if row["status"] == status]
        if ids:
            await OutgoingMail.update(values).where(
                OutgoingMail.id.is_in(ids) & (OutgoingMail.status == "queued") & in_no_hands(now)
            )
    for mailing in {UUID(str(row["mailing"])) for row in rows if row["status"] == "stopped"}:
        await take_back_unsent(mailing, STOPPED)


async def stop_invitations(event_id: UUID, *, now: datetime) -> None:
    """The event is off: whoever has not been asked yet is not asked, and need not hear that it is off."""
    asking = Mailing.kind.is_in(["invitation", "invitation_reminder"]) & (Mailing.about == event_id)
    for row in await Mailing.select(Mailing.id).where(asking & (Mailing.status != "stopped")):
        unsent = (OutgoingMail.mailing == row["id"]) & OutgoingMail.status.is_in(["queued", "paused"])
        stopped = await OutgoingMail.update(given_up(now)).where(unsent & in_no_hands(now)).returning(OutgoingMail.id)
        if stopped:
            await Mailing.update({Mailing.status: "stopped"}).where(Mailing.id == row["id"])
            await take_back_unsent(row["id"], STOPPED)


_LEFT_OVER = (
    "SELECT o.id AS id, m.id AS mailing, m.status AS status FROM mailing m JOIN outgoing_mail o ON o.mailing = m.id "
    "WHERE m.status IN ('paused', 'stopped') AND o.status = 'queued' AND o.tries > 0 "
    "AND (o.lease_until IS NULL OR o.lease_until <= {})"
)
