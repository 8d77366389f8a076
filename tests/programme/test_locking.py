import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from events.kit.database import transaction
from events.programme.locking import lock_events
from events.programme.tables import Event, Programme

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def some_events(number: int) -> list[UUID]:
    programme = Programme(slug="p", name="P", family="F", kind="other", funding="")
    await Programme.insert(programme)
    ids = [uuid4() for _ in range(number)]
    rows = (
        Event(
            {Event.id: id},
            slug=str(id),
            programme=programme.id,
            series=None,
            format="training",
            capacity=12,
            created_at=NOW,
            changed_at=NOW,
        )
        for id in ids
    )
    await Event.insert(*rows)
    return ids


async def test_each_lock_is_a_turn_of_its_own(db: None) -> None:
    (id,) = await some_events(1)
    turns = []
    for _ in range(3):
        async with transaction():
            turns.append((await lock_events([id]))[id].turn)
    assert turns == [1, 2, 3]


async def test_it_tells_what_is_under_the_lock_and_leaves_out_what_does_not_exist(db: None) -> None:
    ids = await some_events(2)
    async with transaction():
        locked = await lock_events([*ids, uuid4()])
    assert set(locked) == set(ids)
    assert {(event.capacity, event.status, event.turn) for event in locked.values()} == {(12, "draft", 1)}
    assert await lock_events([]) == {}


async def test_many_who_want_the_same_events_in_any_order_all_get_their_turn(db: None) -> None:
    ids = await some_events(4)

    async def take(order: list[UUID]) -> list[int]:
        async with transaction():
            locked = await lock_events(order)
        return [locked[id].turn for id in ids]

    turns = await asyncio.gather(*(take(ids if number % 2 else ids[::-1]) for number in range(24)))
    assert sorted(turns) == [[turn] * 4 for turn in range(1, 25)]


async def test_a_failed_transaction_gives_its_turn_back(db: None) -> None:
    (id,) = await some_events(1)
    with pytest.raises(RuntimeError):
        async with transaction():
            await lock_events([id])
            raise RuntimeError
    async with transaction():
        assert (await lock_events([id]))[id].turn == 1
