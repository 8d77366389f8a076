"""How each kind of value is told plainly, and what either database makes of it. None stays None everywhere.

Plain values are exactly what SQLite keeps, except for truth and bytes.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from events.operations.layout import Kind, Rows, Table

Conversion = Callable[[Any], Any]


def plain_from_sqlite(table: Table, rows: Rows) -> Rows:
    return _converted(table, rows, _FROM_SQLITE)


def plain_from_postgres(table: Table, rows: Rows) -> Rows:
    return _converted(table, rows, _FROM_POSTGRES)


def for_sqlite(table: Table, rows: Rows) -> Rows:
    return _converted(table, rows, {"boolean": int, "bytes": b64decode})


def for_postgres(table: Table, rows: Rows) -> Rows:
    return _converted(table, rows, _FOR_POSTGRES)


def _moment(value: str | datetime) -> str:
    """In UTC, as Piccolo writes it."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return str(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))


def _in_letters(value: bytes) -> str:
    return b64encode(value).decode("ascii")


_FROM_SQLITE: dict[Kind, Conversion] = {
    "boolean": bool,
    "bytes": _in_letters,
    "json": str,  # SQLite keeps a JSON number as a number
    "moment": _moment,
    "real": float,
}
_FROM_POSTGRES: dict[Kind, Conversion] = {
    "bytes": _in_letters,
    "date": str,
    "moment": _moment,
    "uuid": str,
}
_FOR_POSTGRES: dict[Kind, Conversion] = {
    "bytes": b64decode,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "uuid": UUID,
}


def _converted(table: Table, rows: Rows, conversions: dict[Kind, Conversion]) -> Rows:
    by_column: Sequence[Conversion | None] = [conversions.get(column.kind) for column in table.columns]
    if not any(by_column):
        return rows
    return [
        [
            value if convert is None or value is None else convert(value)
            for value, convert in zip(row, by_column, strict=True)
        ]
        for row in rows
    ]
