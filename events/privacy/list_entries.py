"""The entry in the Verteiler, and voices for topics, of somebody who has their booking erased. The clock never gets
here: who took part once and is forgotten in time still wants to hear from us.
"""

from datetime import datetime
from uuid import UUID

from events.contacts.actions import erase_contacts_at
from events.kit.actor import Actor
from events.privacy.left_at import erase_voices_at
from events.privacy.traces import Traces
from events.registration.tables import Booking


async def erase_list_entry(booking_id: UUID, traces: Traces, *, by: Actor, now: datetime) -> None:
    """In the transaction of the erasure, before the address goes.

    Only for the address that proved the booking, once no other booking has it: other addresses in it were typed by
    somebody who may not own them, and nobody takes another person off a list.
    """
    if by.kind == "system":
        return
    proven = await Booking.select(Booking.contact_email).where(
        (Booking.id == booking_id) & Booking.address_proven_at.is_not_null()
    )
    own = [row["contact_email"] for row in proven if row["contact_email"] in traces.addresses]
    await erase_contacts_at(own, by=by, now=now)
    await erase_voices_at(own, now)
