"""Writers of the news about a changed event: to those registered, invited or leading it, to those who wished for it,
for the call list."""

import json
from datetime import datetime

from events.invitations.changes.affected import silent_by_address, told_by_address
from events.invitations.changes.calls import write_calls
from events.invitations.changes.leading import leading_by_address
from events.invitations.changes.mails import (
    change_mail,
    change_mail_to_invited,
    change_mail_to_leading,
    date_fixed_mail,
    series_grown_mail,
)
from events.invitations.changes.series_bookings import bookings_to_join
from events.invitations.mailings.batches import BATCH, written
from events.mail.composing import ComposedMail
from events.mail.tables import Mailing
from events.programme.queries import DateView, EventView, date_with_event, event_by_id
from events.registration.date_wishes import delete_wishes, proven_wishes
from events.registration.rules import why_not_sign_up
from events.registration.threads import threads_of


async def write_changes(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """To the people behind each address that has no mail of this mailing yet; the others go on the call list."""
    event, date = await _subject(mailing)
    if event is None or not _still_true(mailing, event):
        return []
    await write_calls(mailing, event, now)
    told, facts = await written(mailing), json.loads(mailing.facts)
    registered = await told_by_address(event.id)
    todo = [people for address, people in registered.items() if address not in told][:BATCH]
    threads = await threads_of({one.booking_id for people in todo for one in people})
    mails = [await change_mail(mailing, event, date, facts, people, threads) for people in todo]
    if len(mails) < BATCH:
        silent = await silent_by_address(event.id)
        invited = [one for address, one in silent.items() if address not in told | registered.keys()]
        todo_too = invited[: BATCH - len(mails)]
        mails += [await change_mail_to_invited(mailing, event, date, facts, one) for one in todo_too]
    if len(mails) < BATCH:
        known = told | registered.keys() | {mail.recipient for mail in mails}
        leading = await leading_by_address(event, now)
        mails += [
            await change_mail_to_leading(mailing, event, date, facts, one)
            for address, one in leading.items()
            if address not in known
        ]
    return mails


async def write_fixed_dates(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """Whoever is told wishes for nothing any more: the address is deleted in the same transaction."""
    event = await event_by_id(mailing.about)
    if event is None or event.is_called_off or not event.has_dates:
        return []
    wishes = await proven_wishes(event.id, BATCH)
    await delete_wishes([wish.id for wish in wishes])
    return [await date_fixed_mail(mailing, event, wish, now) for wish in wishes]


async def write_grown_series(mailing: Mailing, now: datetime) -> list[ComposedMail]:
    """To whoever booked the series, as long as the event is in it and open."""
    event = await event_by_id(mailing.about)
    if event is None or str(event.series_id) != json.loads(mailing.facts)["series"] or why_not_sign_up(event, now):
        return []
    told = await written(mailing)
    todo = [one for one in await bookings_to_join(event) if one.email not in told]
    threads = await threads_of({one.booking_id for one in todo[:BATCH]})
    return [await series_grown_mail(mailing, event, one, threads) for one in todo[:BATCH]]


async def _subject(mailing: Mailing) -> tuple[EventView | None, DateView | None]:
    if mailing.kind == "called_off":
        return await event_by_id(mailing.about), None
    found = await date_with_event(mailing.about)
    return (found[1], found[0]) if found else (None, None)


def _still_true(mailing: Mailing, event: EventView) -> bool:
    """Calling off can be taken back until the mails are written; news of an event that is off would only confuse."""
    return event.is_called_off if mailing.kind == "called_off" else not event.is_called_off
