"""A PostgreSQL database as a source of all its rows, or as what takes them; and who else is connected to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from events.operations.layout import BATCH, MIGRATIONS, Column, Layout, Rows, Table, column, quoted
from events.operations.values import for_postgres, plain_from_postgres

COLUMNS = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables t "
    "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
    'ORDER BY table_name COLLATE "C", ordinal_position'
)
REFERENCES = (
    "SELECT r.relname, c.conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid "
    "WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"
)
OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


class Networked:
    """Source and target, see `layout`. What it reads and writes belongs to the transaction its opener began."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def layout(self) -> Layout:
        columns: dict[str, list[Column]] = {}
        for table, name, kind in await self._connection.fetch(COLUMNS):
            if table != MIGRATIONS:
                columns.setdefault(table, []).append(column(name, kind))
        return Layout(tuple(Table(name, tuple(some)) for name, some in columns.items()), await self._migrations())

    async def rows(self, table: Table) -> AsyncIterator[Rows]:
        columns = ", ".join(_readable(column) for column in table.columns)
        cursor = self._connection.cursor(f"SELECT {columns} FROM {quoted(table.name)} ORDER BY id", prefetch=BATCH)
        some: list[Any] = []
        async for row in cursor:
            some.append(row)
            if len(some) == BATCH:
                yield plain_from_postgres(table, some)
                some = []
        yield plain_from_postgres(table, some)

    async def take(self, table: Table, rows: AsyncIterator[Rows]) -> None:
        await self._connection.copy_records_to_table(table.name, records=_singly(table, rows), columns=table.names)

    async def _migrations(self) -> tuple[str, ...]:
        if not await self._connection.fetchval("SELECT to_regclass($1)", MIGRATIONS):
            return ()
        return tuple(row[0] for row in await self._connection.fetch(f"SELECT name FROM {MIGRATIONS} ORDER BY name"))


@asynccontextmanager
async def reading(address: str) -> AsyncIterator[Networked]:
    """As it stands now; writers go on meanwhile. Raises asyncpg.PostgresError, OSError."""
    snapshot = {"isolation": "repeatable_read", "readonly": True}
    async with _connected(address) as connection, connection.transaction(**snapshot):
        yield Networked(connection)


@asynccontextmanager
async def filling(address: str) -> AsyncIterator[Networked]:
    """Commits at the end unless something was raised; then nothing has changed. References are checked last."""
    async with _connected(address) as connection:
        references = await connection.fetch(REFERENCES)
        async with connection.transaction():
            for table, name in references:
                await connection.execute(_altered(table, name, "DEFERRABLE INITIALLY DEFERRED"))
            yield Networked(connection)
            await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, name in references:
                await connection.execute(_altered(table, name, "NOT DEFERRABLE"))


async def others_connected(address: str) -> int:
    """How many connections of the same user there are besides our own: a service that still runs."""
    async with _connected(address) as connection:
        return int(await connection.fetchval(OTHERS))


async def set_aside(address: str, schema: str) -> None:
    """Moves all tables into another schema of the same database, so that their names are free again.

    Piccolo looks for its own table in all schemas: there it gets another name.
    """
    async with _connected(address) as connection, connection.transaction():
        tables = {row[0] for row in await connection.fetch(COLUMNS)}
        await connection.execute(f"CREATE SCHEMA {quoted(schema)}")
        for table in sorted(tables):
            await connection.execute(f"ALTER TABLE {quoted(table)} SET SCHEMA {quoted(schema)}")
        await connection.execute(f"ALTER TABLE {quoted(schema)}.{MIGRATIONS} RENAME TO {MIGRATIONS}_{schema}")


async def drop_empty_tables(address: str) -> None:
    async with _connected(address) as connection, connection.transaction():
        for table in sorted({row[0] for row in await connection.fetch(COLUMNS)}):
            await connection.execute(f"DROP TABLE {quoted(table)} CASCADE")


@asynccontextmanager
async def _connected(address: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(dsn=address)
    try:
        yield connection
    finally:
        await connection.close()


async def _singly(table: Table, rows: AsyncIterator[Rows]) -> AsyncIterator[Any]:
    async for some in rows:
        for row in for_postgres(table, some):
            yield row


def _readable(column: Column) -> str:
    """A number of four bytes as short as it was written, not with the digits of eight bytes."""
    name = quoted(column.name)
    return f"{name}::text::float8" if column.kind == "real" else name


def _altered(table: str, constraint: str, how: str) -> str:
    return f"ALTER TABLE {quoted(table)} ALTER CONSTRAINT {quoted(constraint)} {how}"
