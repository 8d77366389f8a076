"""A SQLite file as a source of all its rows, or as what takes them; and whether somebody else has it open."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from events.operations.layout import BATCH, MIGRATIONS, Column, Layout, Rows, Table, column, quoted
from events.operations.values import for_sqlite, plain_from_sqlite

PATIENCE = 30  # seconds a writer may keep us waiting


class Embedded:
    """Source and target, see `layout`. What it reads and writes belongs to the transaction its opener began."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def layout(self) -> Layout:
        names = self._column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        migrations = self._column(f"SELECT name FROM {MIGRATIONS} ORDER BY name") if MIGRATIONS in names else []
        tables = (Table(name, self._columns(name)) for name in sorted(names) if name != MIGRATIONS)
        return Layout(tuple(tables), tuple(migrations))

    async def rows(self, table: Table) -> AsyncIterator[Rows]:
        columns = ", ".join(map(quoted, table.names))
        cursor = self._connection.execute(f"SELECT {columns} FROM {quoted(table.name)} ORDER BY id")
        while some := cursor.fetchmany(BATCH):
            yield plain_from_sqlite(table, some)

    async def take(self, table: Table, rows: AsyncIterator[Rows]) -> None:
        columns, places = ", ".join(map(quoted, table.names)), ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({places})"
        async for some in rows:
            self._connection.executemany(insert, for_sqlite(table, some))

    def _columns(self, table: str) -> tuple[Column, ...]:
        found = self._connection.execute(f"PRAGMA table_info({quoted(table)})")
        return tuple(column(name, kind.partition("(")[0]) for _, name, kind, *_ in found)

    def _column(self, sql: str) -> list[str]:
        return [row[0] for row in self._connection.execute(sql)]


@contextmanager
def reading(path: Path) -> Iterator[Embedded]:
    """As it stands now; writers go on meanwhile. Raises sqlite3.Error, FileNotFoundError."""
    with _opened(path) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # the moment it is
        yield Embedded(connection)


@contextmanager
def filling(path: Path) -> Iterator[Embedded]:
    """Commits at the end unless something was raised; then nothing has changed. References are checked last."""
    with _opened(path) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys=ON")
        yield Embedded(connection)
        connection.execute("COMMIT")


def is_in_use(path: Path) -> bool:
    """Whether another process has the file open. Otherwise all is in the one file afterwards, none beside it."""
    with _opened(path, patience=0) as connection, suppress(sqlite3.OperationalError):
        return bool(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete")
    return True


@contextmanager
def _opened(path: Path, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    """Closing rolls back what was not committed."""
    if not path.is_file():
        raise FileNotFoundError(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
