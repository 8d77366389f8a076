"""SELECTs put together once: over many joined columns Piccolo needs longer for the text than the database to answer."""

from collections.abc import Sequence
from typing import Any

from piccolo.columns import Column
from piccolo.custom_types import Combinable
from piccolo.table import Table

Row = dict[str, Any]


class PreparedSelect:
    """The columns of one table and of those joined to it. Conditions may name these tables only; `order` is SQL."""

    def __init__(self, table: type[Table], columns: Sequence[Column], order: str = "") -> None:
        (query,) = table.select(*columns).querystrings
        text, values = query.compile_string(table._meta.db.engine_type)
        if values:
            raise ValueError("columns only, without values")
        self._table = table
        self._start = text.replace("{", "{{").replace("}", "}}")
        self._end = f" ORDER BY {order}" if order else ""

    async def where(self, *conditions: Combinable) -> list[Row]:
        """The rows that meet all conditions; without any, all rows."""
        wanted = f" WHERE {' AND '.join('{}' for _ in conditions)}" if conditions else ""
        found: list[Row] = await self._table.raw(
            self._start + wanted + self._end, *(one.querystring for one in conditions)
        )
        return found
