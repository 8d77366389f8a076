"""The statements that add up the evidence of a span in the database, however many rows it has."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from events.evidence.tables import Evidence
from events.kit.database import on_sqlite
from events.reports.figures import By, Filter

Row = dict[str, Any]

_BEGUN = """
WITH begun AS (
  SELECT d.event AS event FROM event_date d
  LEFT JOIN evidence c ON c.event_date = d.id AND c.kind = 'closing'
  WHERE NOT d.cancelled OR c.id IS NOT NULL
  GROUP BY d.event HAVING MIN(d.start) >= {} AND MIN(d.start) < {}
)"""
"""Events whose first date that takes place lies in the span."""

_CLOSED = """, closed AS (
  SELECT c.event_date AS date, c.event AS event, c.family AS family, c.city AS city, c.funding AS funding,
         p.slug AS programme, p.kind AS kind, e.format AS format, e.capacity AS capacity, e.status AS status,
         c.origin AS origin, d.start AS start
  FROM evidence c JOIN begun b ON b.event = c.event JOIN event_date d ON d.id = c.event_date
  JOIN event e ON e.id = c.event JOIN programme p ON p.id = c.programme
  WHERE c.kind = 'closing'FILTERS
)"""

_DATES = """
SELECT c.date, c.event, c.family, c.city, c.funding, c.programme, c.kind, c.format, c.capacity, c.status, c.origin,
       c.start, SUM(x.registered) AS registered, SUM(x.participations) AS participations, SUM(x.heads) AS heads,
       SUM(x.minutes) AS minutes, SUM(x.countable_minutes) AS countable_minutes,
       COALESCE(SUM(x.no_shows), 0) AS no_shows
FROM closed c JOIN evidence x ON x.event_date = c.date
GROUP BY c.date, c.event, c.family, c.city, c.funding, c.programme, c.kind, c.format, c.capacity, c.status, c.origin,
         c.start"""

_OPEN = """
SELECT d.id AS id, d.event AS event, d.start AS start, d."end" AS "end", d.break_minutes AS break_minutes,
       v.city AS city, e.status AS status, e.format AS format, e.capacity AS capacity,
       p.slug AS programme, p.kind AS kind, p.family AS family, p.funding AS funding
FROM event_date d JOIN begun b ON b.event = d.event JOIN event e ON e.id = d.event
JOIN programme p ON p.id = e.programme
LEFT JOIN venue v ON v.id = d.venue LEFT JOIN evidence c ON c.event_date = d.id AND c.kind = 'closing'
WHERE c.id IS NULL AND NOT d.cancelled AND e.status <> 'draft'"""

_NET = """, net AS (
  SELECT c.KEY AS line, n.person_hash AS hash
  FROM closed c JOIN evidence x ON x.event_date = c.date JOIN person_counted n ON n.evidence = x.id
  GROUP BY c.KEY, c.date, n.person_hash HAVING SUM(n.change) > 0
)"""
"""The people of each date after its corrections."""

_PEOPLE = """
SELECT line, COUNT(DISTINCT hash) AS people FROM net GROUP BY line
UNION ALL SELECT NULL AS line, COUNT(DISTINCT hash) AS people FROM net"""

_COUNTS = """
SELECT n.dimension AS dimension, n.value AS value, SUM(n.heads) AS heads
FROM closed c JOIN evidence x ON x.event_date = c.date JOIN evidence_count n ON n.evidence = x.id
GROUP BY n.dimension, n.value"""

_COLUMNS = {
    "programme": "p.slug",
    "family": "c.family",
    "kind": "p.kind",
    "city": "c.city",
    "format": "e.format",
    "funding": "c.funding",
}


class Ledger:
    """The closed dates of the events that began from `first` on and before `last`, as far as a filter lets through."""

    def __init__(self, first: datetime, last: datetime, only: Filter) -> None:
        self._span = (first, last)
        chosen = only.chosen()
        self._with = _BEGUN + _CLOSED.replace("FILTERS", "".join(f" AND {_COLUMNS[name]} = {{}}" for name in chosen))
        self._values = (*self._span, *chosen.values())

    async def dates(self) -> list[Row]:
        """One row for each closed date, its corrections added."""
        return await self._asked(self._with + _DATES, *self._values)

    async def open_dates(self) -> list[Row]:
        """Those not closed, of all programmes; events that were called off as well."""
        return await self._asked(_BEGUN + _OPEN, *self._span)

    async def people(self, by: By) -> dict[str | None, int]:
        """Distinct people of each line, and under None of all together."""
        rows = await self._asked(self._with + _NET.replace("KEY", by) + _PEOPLE, *self._values)
        return {row["line"]: row["people"] for row in rows}

    async def recognised(self, by: By, hashes: Collection[str]) -> frozenset[tuple[str | None, str]]:
        """Which of these people were counted, by line and, under None, at all."""
        if not hashes:
            return frozenset()
        listed = "SELECT value FROM json_each({})" if on_sqlite() else "SELECT jsonb_array_elements_text({}::jsonb)"
        query = self._with + _NET.replace("KEY", by) + f" SELECT DISTINCT line, hash FROM net WHERE hash IN ({listed})"
        rows = await self._asked(query, *self._values, json.dumps(sorted(hashes)))
        return frozenset((line, row["hash"]) for row in rows for line in (row["line"], None))

    async def counts(self) -> Mapping[tuple[str, str], int]:
        """Heads by dimension and value."""
        rows = await self._asked(self._with + _COUNTS, *self._values)
        return {(row["dimension"], row["value"]): int(row["heads"]) for row in rows}

    async def _asked(self, query: str, *values: object) -> list[Row]:
        found: list[Row] = await Evidence.raw(query, *values)
        return found
