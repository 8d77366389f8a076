"""Piccolo's engines made fit for a web server: SQLite here, what is common to both, and the choice by address.

Piccolo's own SQLite engine opens a connection and a thread per query, begins transactions DEFERRED (parallel writers
then fail with "database is locked") and leaks a connection when BEGIN or COMMIT fails. These classes cure that.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Hashable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import aiosqlite
from piccolo.columns.combination import WhereRaw
from piccolo.engine import engine_finder
from piccolo.engine.base import Engine
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory

from events.kit.lean import load_piccolo_configuration
from events.kit.postgres import PatientPostgres

load_piccolo_configuration()

Row = dict[str, Any]

# synchronous=FULL: an acknowledged sign-up must survive a power cut.
PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-512")


class SteadyTransaction(SQLiteTransaction):
    """An IMMEDIATE transaction that hands its connection back whatever happens, and rolls back what failed."""

    engine: "SteadySQLite"

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        await self.engine.writers.acquire()
        try:
            self.connection = await self.engine.acquire()
            try:
                await self.begin()
            except BaseException:
                await self.engine.release(self.connection, clean=False)
                raise
        except BaseException:
            self.engine.writers.release()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if self._parent is not None:
            return False
        self.engine.current_transaction.reset(self.context)
        clean = False
        try:
            if error is None and not (self._committed or self._rolled_back):
                await self.commit()
            clean = error is None
        finally:
            try:
                await self.engine.release(self.connection, clean=clean)
            finally:
                self.engine.writers.release()
        return False


Pool = asyncio.LifoQueue[aiosqlite.Connection | None]  # None: may still be opened


class SteadySQLite(SQLiteEngine):
    """Persistent connections after `start_connection_pool`; one connection per use before (command line, migrations).

    Writers of one process queue in order; writers of several processes wait for each other up to 30 seconds.
    """

    def __init__(self, path: str, connections: int = 4) -> None:
        self.connections = connections
        self.pool: Pool | None = None
        self._lent: dict[aiosqlite.Connection, Pool] = {}  # whose it is, also while that one is being closed
        self.writers = asyncio.Lock()
        self.executed = 0
        self._watch: sqlite3.Connection | None = None
        self._opened: object = None
        super().__init__(path=path, timeout=30)

    async def start_connection_pool(self, **_: Any) -> None:
        """Opens the first connection, to see that it can be; the others when they are needed. Again does nothing."""
        if self.pool is not None:
            return
        self.writers = asyncio.Lock()
        pool: Pool = asyncio.LifoQueue()
        for _number in range(self.connections - 1):
            pool.put_nowait(None)
        pool.put_nowait(await self.get_connection())
        self.pool = pool
        self._watch, self._opened = sqlite3.connect(self.path), object()

    async def close_connection_pool(self) -> None:
        """Waits for whoever still works with one of its connections."""
        pool, self.pool = self.pool, None
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if pool is not None:
            for _number in range(self.connections):
                if (connection := await pool.get()) is not None:
                    await connection.close()

    async def state(self) -> Hashable:
        """See `state_of_everything`: a connection that never writes counts the commits of all others."""
        if self._watch is None:
            return object()
        return self._opened, self._watch.execute("PRAGMA data_version").fetchone()[0]

    async def get_connection(self) -> aiosqlite.Connection:
        opening = aiosqlite.connect(**self.connection_kwargs)
        opening._thread.daemon = True  # a forgotten connection must not keep the process from ending
        connection = await opening
        connection.row_factory = dict_factory  # type: ignore[assignment]  # Piccolo wants dicts
        for pragma in PRAGMAS:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
        return connection

    async def acquire(self) -> aiosqlite.Connection:
        if (pool := self.pool) is None:
            return await self.get_connection()
        connection = await pool.get()
        try:
            connection = connection or await self.get_connection()
        except BaseException:
            pool.put_nowait(None)
            raise
        self._lent[connection] = pool
        return connection

    async def release(self, connection: aiosqlite.Connection, clean: bool) -> None:
        try:
            if not clean:
                # Queued behind whatever a cancelled task left running on this connection.
                await connection.rollback()
        finally:
            if (pool := self._lent.pop(connection, None)) is not None:
                pool.put_nowait(connection)
            else:
                await connection.close()

    async def _run_in_new_connection(
        self, query: str, args: Sequence[Any] | None = None, query_type: str = "generic", table: Any = None
    ) -> list[Row]:
        self.executed += 1
        if query.lstrip()[:6].upper() == "SELECT":
            return await self._run_once(query, args)
        async with self.writers:
            return await self._run_once(query, args)

    async def _run_once(self, query: str, args: Sequence[Any] | None) -> list[Row]:
        connection, clean = await self.acquire(), False
        try:
            rows = await connection.execute_fetchall(query, args or [])
            clean = True
            return cast(list[Row], rows)
        finally:
            await self.release(connection, clean)

    async def _run_in_existing_connection(
        self, connection: Any, query: str, args: Any = None, query_type: str = "generic", table: Any = None
    ) -> list[Row]:
        self.executed += 1
        return cast(list[Row], await connection.execute_fetchall(query, args or []))

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> SteadyTransaction:
        return SteadyTransaction(self, transaction_type, allow_nested)


def engine_for(address: str) -> SteadySQLite | PatientPostgres:
    """The engine for `sqlite:///path` or `postgresql://…` (socket form and several hosts included)."""
    if address.startswith("sqlite:///"):
        return SteadySQLite(address.removeprefix("sqlite:///"))
    return PatientPostgres(address)


def database() -> Engine[Any]:
    """The one engine of this process (`piccolo_conf.DB`)."""
    engine = engine_finder()
    if engine is None:
        raise RuntimeError("piccolo_conf.DB is missing")
    return engine


@asynccontextmanager
async def connected() -> AsyncIterator[None]:
    """Connections of this process are open until the end."""
    await database().start_connection_pool()
    try:
        yield
    finally:
        await database().close_connection_pool()


def transaction() -> AbstractAsyncContextManager[Any, None]:
    """One transaction, all or nothing; a nested one joins the outer. Never start tasks inside."""
    return cast("AbstractAsyncContextManager[Any, None]", database().transaction())


def on_sqlite() -> bool:
    return database().engine_type == "sqlite"


def any_of(column: str, ids: Iterable[UUID]) -> WhereRaw:
    """`column` (as it stands in the statement) is one of these, however many; they are one parameter."""
    listed = json.dumps(sorted(map(str, ids)))
    if on_sqlite():
        return WhereRaw(f"{column} IN (SELECT value FROM json_each({{}}))", listed)
    return WhereRaw(f"{column} IN (SELECT jsonb_array_elements_text({{}}::jsonb)::uuid)", listed)


def as_moment(stored: Any) -> Any:
    """What a statement of our own gave back for a moment: SQLite gives text as soon as it was computed with."""
    return datetime.fromisoformat(stored) if isinstance(stored, str) else stored


def queries_so_far() -> int:
    """How many statements this process has sent; tests and bench compare two readings."""
    return cast("SteadySQLite | PatientPostgres", database()).executed


async def state_of_everything() -> Hashable:
    """Equal to an earlier answer only while nothing at all was committed in between, by whatever process."""
    return await cast("SteadySQLite | PatientPostgres", database()).state()


def is_trouble(error: BaseException) -> bool:
    """Whether the database or the machine is at fault, not our code."""
    return isinstance(error, OSError | sqlite3.Error) or hasattr(error, "sqlstate")


def is_not_set_up(error: BaseException) -> bool:
    """Whether a table or column is not there (yet)."""
    is_absent = isinstance(error, sqlite3.OperationalError) and str(error).startswith(
        ("no such table", "no such column")
    )
    return is_absent or getattr(error, "sqlstate", None) in ("42P01", "42703")


def is_unique_violation(error: BaseException) -> bool:
    names = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")
    return getattr(error, "sqlstate", None) == "23505" or getattr(error, "sqlite_errorname", "") in names


def is_missing_reference(error: BaseException) -> bool:
    """Whether a row was to point to one that is not there (any more)."""
    name = getattr(error, "sqlite_errorname", "")
    return getattr(error, "sqlstate", None) == "23503" or name == "SQLITE_CONSTRAINT_FOREIGNKEY"


def use_write_ahead_log(path: Path) -> None:
    """Readers and one writer at once; a property of the file, set by the parent before workers start."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
