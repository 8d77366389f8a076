"""What a person sees after signing up: what was typed, and nothing of earlier bookings."""

import json
from dataclasses import dataclass
from uuid import UUID

from events.kit.refusals import NotFound
from events.programme.queries import EventView, events_by_ids
from events.registration.links import booking_behind, booking_token
from events.registration.signup import full_name
from events.registration.tables import Booking, Participant, Registration


@dataclass(frozen=True)
class ReceiptView:
    """`status` of each event only where no address was typed: there it is decided at once and `codes` open the page."""

    names: tuple[str, ...]  # of all people, the contact first
    email: str
    events: tuple[EventView, ...]
    party: int
    codes: tuple[str, ...]
    statuses: dict[UUID, str]
    own_page: str  # token of the own page; empty where the way there goes by mail


async def receipt_behind(token: str, slug: str) -> ReceiptView:
    """Looks the same whether or not the address was known. `slug`: of an event in it or of their series.

    Raises NotFound, also under the address of anything else.
    """
    booking = await Booking.objects().get(Booking.id == await booking_behind(token, "receipt"))
    if booking is None:
        raise NotFound
    people = await Participant.objects().where(Participant.booking == booking.id).order_by(Participant.position)
    events = await events_by_ids([UUID(id) for id in json.loads(booking.wanted)])
    if not any(slug in (event.slug, event.series_slug) for event in events.values()):
        raise NotFound
    made = await Registration.objects().where(Registration.booking == booking.id)
    by_code = not booking.contact_email
    return ReceiptView(
        names=tuple(name for one in people if (name := full_name(one.given_name, one.family_name))),
        email=booking.contact_email,
        events=tuple(events.values()),
        party=max((one.party for one in made), default=1) if by_code else 1,
        codes=tuple(one.code for one in people if one.code) if by_code else (),
        statuses={one.event: one.status for one in made} if by_code else {},
        own_page=booking_token(booking.id, booking.link_version) if by_code else "",
    )
