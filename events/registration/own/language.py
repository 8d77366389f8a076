"""In which language somebody gets the mails of their booking."""

from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound
from events.kit.translation import LANGUAGES
from events.registration.tables import Booking


async def change_language(booking_id: UUID, language: str, *, by: Actor, now: datetime) -> None:
    """Mails that are written already stay as they are. Raises NotFound, also for a language we do not offer."""
    if language not in LANGUAGES:
        raise NotFound
    async with transaction():
        changed = Booking.update({Booking.language: language}).where(Booking.id == booking_id)
        if not await changed.returning(Booking.id):
            raise NotFound
        await note(entry("edited", Booking, id=booking_id, by=by, now=now, facts={"changed": ["language"]}))
