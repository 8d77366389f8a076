"""Turns a frozen `Mailing` into mails and calls, in batches: each address once, even after a crash in between."""

import json
from datetime import datetime
from uuid import UUID

from events.invitations.calls import write_calls
from events.invitations.mails import change_mail, date_fixed_mail, series_grown_mail
from events.invitations.queries import told_by_address
from events.invitations.series_bookings import bookings_to_join
from events.kit.database import transaction
from events.mail.actions import queue
from events.mail.composing import ComposedMail
from events.mail.tables import Mailing, OutgoingMail
from events.programme.queries import DateView, EventView, date_with_event, event_by_id
from events.registration.date_wishes import delete_wishes, proven_wishes
from events.registration.rules import why_not_sign_up

BATCH = 50
ABOUT_EVENTS = ("called_off", "date_fixed", "series_grown")
"""Kinds whose `about` is an event; that of the others is a date."""


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
        mails = await _next_mails(mailing, event, date, now) if event and _still_true(mailing, event, now) else []
        if not mails:
            await _finish(mailing, now)
            return 0
        await queue(*mails, now=now)
        return len(mails)


async def _locked(mailing_id: UUID) -> Mailing | None:
    """The mailing with its row held until the transaction ends; None once it is expanded."""
    held = await Mailing.raw(
        "UPDATE mailing SET status = 'queued' WHERE id = {} AND status = 'queued' RETURNING id", mailing_id
    )
    return await Mailing.objects().get(Mailing.id == mailing_id) if held else None


async def _subject(mailing: Mailing) -> tuple[EventView | None, DateView | None]:
    if mailing.kind in ABOUT_EVENTS:
        return await event_by_id(mailing.about), None
    found = await date_with_event(mailing.about)
    return (found[1], found[0]) if found else (None, None)


def _still_true(mailing: Mailing, event: EventView, now: datetime) -> bool:
    """Calling off can be taken back until the mails are written; news of an event that is off would only confuse."""
    if mailing.kind == "called_off":
        return event.is_called_off
    if mailing.kind == "series_grown":
        in_it = str(event.series_id) == json.loads(mailing.facts)["series"]
        return in_it and why_not_sign_up(event, now) is None
    return not event.is_called_off and (mailing.kind != "date_fixed" or event.has_dates)


async def _next_mails(mailing: Mailing, event: EventView, date: DateView | None, now: datetime) -> list[ComposedMail]:
    if mailing.kind == "date_fixed":
        return await _fixed_dates(mailing, event, now)
    if mailing.kind == "series_grown":
        written = await _written(mailing)
        todo = [one for one in await bookings_to_join(event) if one.email not in written]
        return [await series_grown_mail(mailing, event, one) for one in todo[:BATCH]]
    return await _changes(mailing, event, date, now)


async def _changes(mailing: Mailing, event: EventView, date: DateView | None, now: datetime) -> list[ComposedMail]:
    """To the people behind each address that has no mail of this mailing yet; the others go on the call list."""
    await write_calls(mailing, event, now)
    written = await _written(mailing)
    todo = [people for address, people in (await told_by_address(event.id)).items() if address not in written]
    facts = json.loads(mailing.facts)
    return [await change_mail(mailing, event, date, facts, people) for people in todo[:BATCH]]


async def _fixed_dates(mailing: Mailing, event: EventView, now: datetime) -> list[ComposedMail]:
    """Whoever is told wishes for nothing any more: the address is deleted in the same transaction."""
    wishes = await proven_wishes(event.id, BATCH)
    await delete_wishes([wish.id for wish in wishes])
    return [await date_fixed_mail(mailing, event, wish, now) for wish in wishes]


async def _written(mailing: Mailing) -> set[str]:
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == mailing.id)
    return {row["recipient"] for row in rows}


async def _finish(mailing: Mailing, now: datetime) -> None:
    await Mailing.update({Mailing.status: "expanded", Mailing.expanded_at: now}).where(Mailing.id == mailing.id)
