"""What a database holds, told so that another kind of database can hold the same: tables, columns, migrations."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from events.kit.refusals import Refusal, Refused

Kind = Literal["uuid", "text", "json", "boolean", "integer", "real", "moment", "date", "bytes"]

KEPT_AS: Mapping[str, Kind] = {
    # SQLite
    "UUID": "uuid",
    "VARCHAR": "text",
    "TEXT": "text",
    "JSON": "json",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "DOUBLE PRECISION": "real",
    "REAL": "real",
    "TIMESTAMPTZ": "moment",
    "DATE": "date",
    "BLOB": "bytes",
    # PostgreSQL
    "uuid": "uuid",
    "character varying": "text",
    "text": "text",
    "json": "json",
    "boolean": "boolean",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "double precision": "real",
    "real": "real",
    "timestamp with time zone": "moment",
    "date": "date",
    "bytea": "bytes",
}

Rows = Sequence[Sequence[Any]]
"""Some rows of a table in the order of its columns, as plain as JSON: numbers, words, True, False and None."""

BATCH = 500
"""Rows that are in memory at a time."""

MIGRATIONS = "migration"
"""Piccolo's own table; its rows are made by migrating, never copied."""


class Column(msgspec.Struct, frozen=True):
    name: str
    kind: Kind


class Table(msgspec.Struct, frozen=True):
    """A table; its rows are told apart and ordered by `id`."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


class Layout(msgspec.Struct, frozen=True):
    """`migrations`: the names of those that ran, in their order. Two equal layouts can take each other's rows."""

    tables: tuple[Table, ...]
    migrations: tuple[str, ...]

    def is_like(self, other: "Layout") -> bool:
        """Whether both have the same tables with the same columns, in whatever order."""
        return self._columns() == other._columns()

    def _columns(self) -> dict[str, dict[str, Kind]]:
        return {table.name: {column.name: column.kind for column in table.columns} for table in self.tables}


class Source(Protocol):
    """Data of one moment, however long reading takes and whatever happens meanwhile."""

    async def layout(self) -> Layout: ...

    def rows(self, table: Table) -> AsyncIterator[Rows]:
        """All rows ordered by id, at most BATCH at a time."""
        ...


class Target(Source, Protocol):
    """A database that takes rows, and shows at once what it has taken; all or none of them stay."""

    async def take(self, table: Table, rows: AsyncIterator[Rows]) -> None: ...


def column(name: str, kept_as: str) -> Column:
    """By what the database calls its type. Raises Refused for one we never use: the table is somebody else's."""
    if kept_as not in KEPT_AS:
        raise Refused(Refusal("not_ours"))
    return Column(name, KEPT_AS[kept_as])


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
