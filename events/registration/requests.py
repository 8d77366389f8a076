"""What the office looks at before it says yes or no to requests: which seats are kept, which agreements are missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.programme.queries import EventView
from events.registration import rows
from events.registration.deciding import lack_agreement
from events.registration.queries import RegistrationView


@dataclass(frozen=True)
class Request:
    """Several requests looked at together. `seats`: of all of them; `kept`: of those whose seat is held for them."""

    people: tuple[RegistrationView, ...]
    without_agreement: frozenset[UUID]
    seats: int
    kept: int


async def looked_at(event: EventView, chosen: Sequence[RegistrationView], now: datetime) -> Request:
    held = [one for one in chosen if one.holds_seat and one.hold_until is not None and one.hold_until > now]
    return Request(
        people=tuple(chosen),
        without_agreement=await without_agreement(event, [one.id for one in chosen]),
        seats=sum(one.party for one in chosen),
        kept=sum(one.party for one in held),
    )


async def without_agreement(event: EventView, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these registrations come from an institution without the agreement the event asks for."""
    if event.policy.agreement != "required" or not ids:
        return frozenset()
    return await lack_agreement(await rows.by_ids(list(ids)), {event.id: event})
