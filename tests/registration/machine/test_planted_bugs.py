"""A machine that finds nothing proves nothing: three bugs are planted in our code, and each is found."""

import asyncio
from collections.abc import Callable, Collection
from uuid import UUID

import pytest
from hypothesis import settings

from events import checks
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.locking import LockedEvent
from events.programme.tables import Event
from events.registration import actions, rows
from events.registration.queries import registrations_of
from events.registration.signup import Person, Seats
from events.registration.tables import Registration
from tests.factories import make_event, seen
from tests.registration.machine.agreement import Disagreement
from tests.registration.machine.conftest import CALM
from tests.registration.stories import sign_up, stranger

pytestmark = pytest.mark.one_database


def test_promoting_the_unproven_is_found(monkeypatch: pytest.MonkeyPatch, live: Callable[[settings], int]) -> None:
    only_proven = rows.waiting_in_order

    async def with_the_unproven(event: UUID) -> list[tuple[Registration, Person]]:
        if (await seen(event)).policy.waiting_list == "offer":
            return await only_proven(event)  # the table of moves forbids to offer them a place
        hasty = await Registration.objects().where(
            (Registration.event == event) & (Registration.status == "unconfirmed") & Registration.holds_seat.eq(False)
        )
        return [*await only_proven(event), *((one, Person(party=one.party)) for one in hasty)]

    monkeypatch.setattr(rows, "waiting_in_order", with_the_unproven)
    with pytest.raises(Disagreement, match=r"expected \{'status': 'unconfirmed'"):
        live(CALM)


def test_forgetting_the_party_is_found(monkeypatch: pytest.MonkeyPatch, live: Callable[[settings], int]) -> None:
    monkeypatch.setattr(Seats, "fits", _fits_alone)
    with pytest.raises(Disagreement):
        live(CALM)


def _fits_alone(seats: Seats, _party: int) -> bool:
    return seats.free is None or seats.free >= 1


async def without_lock(ids: Collection[UUID]) -> dict[UUID, LockedEvent]:
    """Reads what `lock_events` gives, and keeps nobody out."""
    found = await Event.select(Event.id, Event.turn, Event.capacity, Event.status).where(Event.id.is_in(list(ids)))
    return {row["id"]: LockedEvent(**row) for row in found}


async def complaints_after_a_rush() -> list[str]:
    """Ten people want the last place in the same moment.

    On PostgreSQL too many get it; on SQLite, where one transaction writes at a time, they get the same rank.
    """
    event = await make_event(capacity=1)
    people = [sign_up(event, who=stranger(number), source="office") for number in range(10)]
    await asyncio.gather(*(actions.register(one, by=SYSTEM, now=now(), notify=False) for one in people))
    ranks = [one.queue_number for one in await registrations_of(event.id)]
    twice = ["two people have the same place in the queue"] if len(set(ranks)) < len(ranks) else []
    return [fault.code for fault in await checks.find_faults(now())] + twice


async def test_doing_without_the_seat_lock_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await complaints_after_a_rush() == []
    monkeypatch.setattr(actions, "lock_events", without_lock)
    assert await complaints_after_a_rush() != []
