"""Turns a frozen `Mailing` into mails, in batches: each address once, even after a crash in between."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from events.invitations.mails import change_mail
from events.invitations.queries import told_by_address
from events.kit.database import transaction
from events.mail.actions import queue
from events.mail.tables import Mailing, OutgoingMail
from events.programme.queries import DateView, EventView, date_with_event, event_by_id
from events.registration.queries import RegistrationView

BATCH = 50


async def expand_mailings(*, now: datetime) -> int:
    """Writes the mails of all queued mailings into the outbox. Returns how many it wrote."""
    waiting = await Mailing.select(Mailing.id).where(Mailing.status == "queued").order_by(Mailing.created_at)
    return sum([await _expand(row["id"], now) for row in waiting])


async def _expand(mailing_id: UUID, now: datetime) -> int:
    total = 0
    while written := await _write_batch(mailing_id, now):
        total += written
    return total


async def _write_batch(mailing_id: UUID, now: datetime) -> int:
    """The next batch in one transaction; two workers take turns at it. 0 when the mailing is done."""
    async with transaction():
        mailing = await _locked(mailing_id)
        if mailing is None:
            return 0
        event, date = await _subject(mailing)
        todo = await _todo(mailing, event)
        if event is None or not todo:
            await _finish(mailing, now)
            return 0
        facts: dict[str, Any] = json.loads(mailing.facts)
        mails = [await change_mail(mailing, event, date, facts, people) for people in todo[:BATCH]]
        await queue(*mails, now=now)
        return len(mails)


async def _locked(mailing_id: UUID) -> Mailing | None:
    """The mailing with its row held until the transaction ends; None once it is expanded."""
    held = await Mailing.raw(
        "UPDATE mailing SET status = 'queued' WHERE id = {} AND status = 'queued' RETURNING id", mailing_id
    )
    return await Mailing.objects().get(Mailing.id == mailing_id) if held else None


async def _todo(mailing: Mailing, event: EventView | None) -> list[list[RegistrationView]]:
    """The people behind each address that has no mail of this mailing yet."""
    if event is None or not _still_true(mailing, event):
        return []
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == mailing.id)
    written = {row["recipient"] for row in rows}
    return [people for address, people in (await told_by_address(event.id)).items() if address not in written]


async def _subject(mailing: Mailing) -> tuple[EventView | None, DateView | None]:
    if mailing.kind == "called_off":
        return await event_by_id(mailing.about), None
    found = await date_with_event(mailing.about)
    return (found[1], found[0]) if found else (None, None)


def _still_true(mailing: Mailing, event: EventView) -> bool:
    """Calling off can be taken back until the mails are written; news of an event that is off would only confuse."""
    return event.is_called_off if mailing.kind == "called_off" else not event.is_called_off


async def _finish(mailing: Mailing, now: datetime) -> None:
    await Mailing.update({Mailing.status: "expanded", Mailing.expanded_at: now}).where(Mailing.id == mailing.id)
