"""One's own booking as its page shows it: each registration with its event, and what can still be done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.kit.refusals import NotFound, Refusal
from events.programme.queries import EventView, events_by_ids
from events.registration import rules
from events.registration.queries import booking_of, ranks
from events.registration.settling import Outlook, outlooks
from events.registration.signup import full_name
from events.registration.tables import Registration


@dataclass(frozen=True)
class OwnRegistration:
    id: UUID
    event: EventView
    status: str
    party: int
    person: str
    rank: int | None  # place in the queue, for those who wait
    has_seat: bool
    may_confirm: bool
    why_not_confirm: Refusal | None  # of what is still open
    why_not_cancel: Refusal | None


@dataclass(frozen=True)
class OwnPage:
    name: str
    email: str
    codes: tuple[str, ...]
    registrations: tuple[OwnRegistration, ...]

    @property
    def registration_ids(self) -> frozenset[UUID]:
        return frozenset(one.id for one in self.registrations)

    @property
    def may_confirm(self) -> bool:
        return any(one.may_confirm for one in self.registrations)

    @property
    def cancellable(self) -> int:
        return sum(one.why_not_cancel is None for one in self.registrations)


async def own_page(booking_id: UUID, now: datetime) -> OwnPage:
    """Raises NotFound. Lapsed registrations that were made afresh are not shown again."""
    booking = await booking_of(booking_id)
    if booking is None:
        raise NotFound
    events = await events_by_ids(list({one.event for one in booking.registrations}))
    names = {one.id: full_name(one.given_name, one.family_name) for one in booking.people}
    rank_of = await ranks(booking_id)
    open_ones = {one.registration.id: one for one in await outlooks(booking, events, now)}
    rows = [
        _own(one, events[one.event], names[one.participant], rank_of.get(one.id), open_ones.get(one.id), now)
        for one in booking.newest
    ]
    return OwnPage(
        name=next(iter(names.values()), ""),
        email=booking.contact_email,
        codes=tuple(one.code for one in booking.people if one.code),
        registrations=tuple(
            sorted(rows, key=lambda row: (row.event.starts_at is None, row.event.starts_at, row.person))
        ),
    )


def _own(
    one: Registration, event: EventView, person: str, rank: int | None, outlook: Outlook | None, now: datetime
) -> OwnRegistration:
    return OwnRegistration(
        id=one.id,
        event=event,
        status=one.status,
        party=one.party,
        person=person,
        rank=rank,
        has_seat=one.status == "confirmed" or one.holds_seat,
        may_confirm=outlook is not None and outlook.why_not is None,
        why_not_confirm=outlook.why_not if outlook else None,
        why_not_cancel=rules.why_not_cancel(event, one.status, now),
    )
