"""Where a booking, or one person of it, has left traces: its rows, and which mails and history lines are about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from piccolo.custom_types import Combinable

from events.history.tables import HistoryEntry
from events.kit.addresses import address_key
from events.kit.refusals import NotFound
from events.mail.tables import OutgoingMail
from events.registration.queries import booking_of
from events.registration.tables import Booking, Participant, Registration

WHOEVER_IT_IS_SENT_TO = ("mailing:", "links:")
"""What these mails are about is not one booking: they go by the address."""


@dataclass(frozen=True)
class Traces:
    """`booking` is None when only one person of it is meant. `addresses` are those nobody else is registered with."""

    booking: UUID | None
    people: tuple[Participant, ...]
    registrations: tuple[Registration, ...]
    addresses: tuple[str, ...]

    @property
    def registration_ids(self) -> list[UUID]:
        return [one.id for one in self.registrations]

    @property
    def mails(self) -> Combinable:
        about = [f"participant:{one.id}" for one in self.people] + [
            f"registration:{id}" for id in self.registration_ids
        ]
        if self.booking is not None:
            about.append(f"booking:{self.booking}")
        meant: Combinable = OutgoingMail.about.is_in(about)
        for prefix in WHOEVER_IT_IS_SENT_TO if self.addresses else ():
            meant = meant | (OutgoingMail.recipient.is_in(list(self.addresses)) & OutgoingMail.about.like(f"{prefix}%"))
        return meant

    @property
    def history(self) -> Combinable:
        ids = [*(one.id for one in self.people), *self.registration_ids, *([self.booking] if self.booking else [])]
        return HistoryEntry.about_id.is_in(ids)


async def traces_of(booking_id: UUID, participant: UUID | None = None) -> Traces:
    """Of the whole booking, or of one person in it. Raises NotFound."""
    booking = await booking_of(booking_id)
    people = [one for one in booking.people if participant in (None, one.id)] if booking else []
    if booking is None or (participant is not None and not people):
        raise NotFound
    meant = {one.id for one in people}
    typed = {one.email for one in people} | ({booking.contact_email} if participant is None else set())
    return Traces(
        booking=booking.id if participant is None else None,
        people=tuple(people),
        registrations=tuple(one for one in booking.registrations if one.participant in meant),
        addresses=await _used_by_nobody_else(sorted(typed - {""}), booking_id, meant, participant is None),
    )


async def _used_by_nobody_else(
    addresses: Sequence[str], booking: UUID, people: Collection[UUID], whole: bool
) -> tuple[str, ...]:
    """Colleagues share a mailbox, and people sign up more than once: what goes to it is about them as well."""
    if not addresses:
        return ()
    bookings = await Booking.select(Booking.id, Booking.contact_email).where(
        Booking.contact_email.is_in(list(addresses))
    )
    others = await Participant.select(Participant.id, Participant.email).where(Participant.email.is_in(list(addresses)))
    used = {address_key(row["contact_email"]) for row in bookings if not whole or row["id"] != booking}
    used |= {address_key(row["email"]) for row in others if row["id"] not in people}
    return tuple(address for address in addresses if address_key(address) not in used)
