"""What Piccolo's engines do not do by themselves: many writers, nothing leaked, nothing half done."""

import asyncio
from contextvars import Context

import aiosqlite
import pytest

from events.kit.database import (
    SteadySQLite,
    database,
    is_missing_reference,
    is_unique_violation,
    on_sqlite,
    queries_so_far,
    transaction,
)
from events.office.tables import City


async def test_fifty_writers_at_once_all_get_through(db: None) -> None:
    async def write(number: int) -> None:
        async with transaction():
            taken = await City.count()
            await City.insert(City(name=f"Stadt {number}", position=taken))

    await asyncio.gather(*(write(number) for number in range(50)))
    assert await City.count() == 50


async def test_on_sqlite_writers_of_one_process_count_one_after_the_other(db: None) -> None:
    async def write(number: int) -> None:
        async with transaction():
            taken = await City.count()
            await City.insert(City(name=f"Stadt {number}", position=taken))

    await asyncio.gather(*(write(number) for number in range(20)))
    positions = sorted(row["position"] for row in await City.select(City.position))
    assert positions == list(range(20)) or not on_sqlite()


async def test_what_fails_is_undone_and_the_connection_comes_back(db: None) -> None:
    for number in range(30):  # more often than there are connections
        with pytest.raises(RuntimeError):
            async with transaction():
                await City.insert(City(name=f"Stadt {number}"))
                raise RuntimeError
    assert await City.count() == 0
    await City.insert(City(name="Marl"))
    assert await City.count() == 1


async def test_a_cancelled_request_leaves_no_lock_behind(db: None) -> None:
    async def forever() -> None:
        async with transaction():
            await City.insert(City(name="Marl"))
            await asyncio.Event().wait()

    for _attempt in range(12):
        task = asyncio.create_task(forever())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await City.insert(City(name="Herten"))
    assert [row["name"] for row in await City.select(City.name)] == ["Herten"]


async def test_the_end_waits_for_who_is_still_writing_and_only_for_them(db: None) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await City.insert(City(name="Marl"))
            begun.set()
            await may_end.wait()

    writing = asyncio.create_task(write())
    await begun.wait()
    closing = asyncio.create_task(database().close_connection_pool())
    await asyncio.sleep(0)
    assert not closing.done()
    may_end.set()
    await asyncio.wait_for(asyncio.gather(writing, closing), 10)
    await database().start_connection_pool()
    assert await City.count() == 1


async def test_a_nested_transaction_joins_the_outer_one(db: None) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            async with transaction():
                await City.insert(City(name="Marl"))
            raise RuntimeError
    assert await City.count() == 0


async def test_a_second_row_with_a_unique_value_is_recognised(db: None) -> None:
    await City.insert(City(name="Marl"))
    with pytest.raises(Exception) as caught:  # which class it is depends on the database
        await City.insert(City(name="Marl"))
    assert is_unique_violation(caught.value)
    assert not is_unique_violation(ValueError())


async def test_statements_are_counted(db: None) -> None:
    before = queries_so_far()
    await City.count()
    async with transaction():
        await City.insert(City(name="Marl"))
    assert queries_so_far() - before == 2


async def test_foreign_keys_hold(db: None) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
        await City.raw(
            "INSERT INTO event_partner (id, event, organisation, role) VALUES ('{0}', '{0}', '{0}', 'host')".format(
                "00000000-0000-0000-0000-000000000001"
            )
        )
    assert is_missing_reference(caught.value) and not is_unique_violation(caught.value)
    assert not is_missing_reference(ValueError())


async def test_an_acknowledged_row_survives_a_power_cut_on_sqlite(db: None) -> None:
    """synchronous=FULL (2) writes the log through to the disk before a commit returns."""
    if on_sqlite():
        row = await City.raw("SELECT synchronous FROM pragma_synchronous")
        assert row[0]["synchronous"] == 2
    assert database().engine_type in ("sqlite", "postgres")


async def test_on_sqlite_connections_are_opened_when_they_are_needed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = database()
    if not isinstance(engine, SteadySQLite):
        return
    opened = []

    async def counted() -> aiosqlite.Connection:
        opened.append(await SteadySQLite.get_connection(engine))
        return opened[-1]

    monkeypatch.setattr(engine, "get_connection", counted)
    await City.count()
    assert opened == []
    async with transaction():
        await asyncio.gather(*(asyncio.create_task(City.count().run(), context=Context()) for _number in range(9)))
    assert len(opened) == engine.connections - 1
    await engine.start_connection_pool()  # as it is open already, this does nothing
    await City.count()
    assert len(opened) == engine.connections - 1
