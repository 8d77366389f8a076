"""Reminding people once that their sign-up still waits for their confirmation: mails end up among the unwanted."""

from datetime import datetime, timedelta
from uuid import UUID

from events.kit.database import transaction
from events.mail.actions import queue
from events.programme.queries import events_by_ids
from events.registration.queries import booking_of
from events.registration.recipients import in_thread, line, recipient_of, written
from events.registration.tables import Registration
from events.registration.threads import threads_of

AFTER = timedelta(hours=24)
LEAST_LEFT = timedelta(hours=1)
"""With less time than this the reminder would come too late."""

_FORGOTTEN = (
    "SELECT DISTINCT b.id AS id FROM booking b JOIN registration r ON r.booking = b.id "
    "WHERE b.address_proven_at IS NULL AND b.contact_email <> '' AND b.created_at <= {} "
    "AND r.status = 'unconfirmed' AND r.holds_seat AND r.hold_until > {} AND NOT EXISTS (SELECT 1 FROM "
    "outgoing_mail m WHERE m.kind = 'confirm_reminder' AND m.about = 'booking:' || CAST(b.id AS TEXT)) LIMIT 200"
)


async def remind_of_confirming(*, now: datetime) -> int:
    """One mail to each booking that has held its seats for a day without a confirmation. Returns how many."""
    rows = await Registration.raw(_FORGOTTEN, now - AFTER, now + LEAST_LEFT)
    for row in rows:
        async with transaction():
            await _remind(UUID(str(row["id"])), now)
    return len(rows)


async def _remind(booking_id: UUID, now: datetime) -> None:
    booking = await booking_of(booking_id)
    if booking is None:
        return
    asked = {one.event: one for one in booking.registrations if one.status == "unconfirmed"}
    events = await events_by_ids(list(asked))
    to = in_thread(recipient_of(booking, booking.people), await threads_of([booking_id]))
    lines = [line(event, asked[event.id], to.language) for event in events.values() if not event.is_called_off]
    if lines:
        await queue(await written("confirm_reminder", to, f"booking:{booking_id}", lines=lines), now=now)
