"""The database at an address, of whatever kind, as a source or a target; and making room in it."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from events.kit.refusals import Refusal, Refused, refuse_if
from events.operations import embedded, networked
from events.operations.layout import Layout, Source, Target
from events.piccolo_app import APP_CONFIG

FILLED_BY_ITSELF = {"instance_fact", "mail_pause", "sign_on_attempt", "staff_session", "throttle_bucket"}
"""Tables whose rows come without anybody's doing and mean nothing without the others."""

BESIDE_SQLITE = ("", "-wal", "-shm")


@asynccontextmanager
async def reading(address: str) -> AsyncIterator[Source]:
    """What is there at this moment; writers go on. Raises FileNotFoundError, or as the database does."""
    path = file_of(address)
    if path is None:
        async with networked.reading(address) as database:
            yield database
    else:
        with embedded.reading(path) as file:
            yield file


@asynccontextmanager
async def filling(address: str) -> AsyncIterator[Target]:
    """All or nothing of what it takes."""
    path = file_of(address)
    if path is None:
        async with networked.filling(address) as database:
            yield database
    else:
        with embedded.filling(path) as file:
            yield file


async def make_room(address: str, aside: str | None) -> str | None:
    """Leaves a database without tables. What was in it is kept under a name that ends with `aside`, which is returned.

    Raises Refused when somebody works in it, or when something is in it and `aside` is None.
    """
    if await _is_in_use(address):
        raise Refused(Refusal("still_running"))
    holds_something = await _holds_something(address)
    refuse_if(Refusal("not_empty") if holds_something and aside is None else None)
    path = file_of(address)
    if path is None:
        return await _make_room_on_postgres(address, aside if holds_something else None)
    return _make_room_for_file(path, aside if holds_something else None)


def file_of(address: str) -> Path | None:
    return Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None


async def _is_in_use(address: str) -> bool:
    path = file_of(address)
    if path is None:
        return await networked.others_connected(address) > 0
    try:
        return path.exists() and embedded.is_in_use(path)
    except sqlite3.DatabaseError:
        return False  # damaged: all the more reason to replace it


async def _holds_something(address: str) -> bool:
    """A file that cannot be read may hold something."""
    try:
        async with reading(address) as source:
            layout = await source.layout()
            refuse_if(None if layout.migrations or _ours(layout) else Refusal("not_ours"))
            for table in (one for one in layout.tables if one.name not in FILLED_BY_ITSELF):
                async for rows in source.rows(table):
                    if rows:
                        return True
    except FileNotFoundError:
        return False
    except sqlite3.DatabaseError:
        return True
    return False


def _ours(layout: Layout) -> bool:
    """Of a database that was never migrated: whether somebody began to."""
    return {table.name for table in layout.tables} <= {table._meta.tablename for table in APP_CONFIG.table_classes}


async def _make_room_on_postgres(address: str, aside: str | None) -> str | None:
    if aside is None:
        await networked.drop_empty_tables(address)
        return None
    schema = f"vor_{aside}"
    await networked.set_aside(address, schema)
    return schema


def _make_room_for_file(path: Path, aside: str | None) -> str | None:
    kept = f"{path}.vor_{aside}"
    for ending in BESIDE_SQLITE:
        one = Path(f"{path}{ending}")
        if aside is None:
            one.unlink(missing_ok=True)
        elif one.exists():
            one.rename(f"{kept}{ending}")
    return kept if aside else None
