"""The statements that add up the evidence of a span in the database, however many rows it has."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.evidence.tables import Evidence
from events.kit.database import as_moment, on_sqlite
from events.reports.figures import By, Contribution, Filter, Place
from events.reports.kept_sums import KEPT, State, Sums

Row = Mapping[str, Any]

_STATE = """
SELECT (SELECT COUNT(*) FROM evidence) AS rows, (SELECT MAX(closed_at) FROM evidence) AS closed_at,
       (SELECT COUNT(*) FROM event_date) AS dates, (SELECT MAX(changed_at) FROM event) AS changed_at,
       (SELECT MAX(slug) FROM event) AS last_slug, (SELECT MAX(CAST(id AS VARCHAR(40))) FROM event) AS last_id"""
"""Evidence is only ever added to, whatever is changed about an event or its dates is
stamped; ids tell another database from this one."""

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

_SUMS = """, sums AS (
  SELECT c.date AS date, SUM(x.registered) AS registered, SUM(x.participations) AS participations,
         SUM(x.heads) AS heads, SUM(x.minutes) AS minutes, SUM(x.countable_minutes) AS countable_minutes,
         COALESCE(SUM(x.no_shows), 0) AS no_shows
  FROM closed c JOIN evidence x ON x.event_date = c.date GROUP BY c.date
)
SELECT c.event, c.family, c.city, c.funding, c.programme, c.kind, c.format, c.capacity, c.status,
       MIN(c.start) AS start, COUNT(*) AS dates, MAX(s.registered) AS registered,
       SUM(s.participations) AS participations, SUM(s.heads) AS heads, SUM(s.minutes) AS minutes,
       SUM(s.countable_minutes) AS countable_minutes, SUM(s.no_shows) AS no_shows,
       SUM(CASE WHEN c.origin = 'estimate' THEN 1 ELSE 0 END) AS estimated
FROM closed c JOIN sums s ON s.date = c.date
GROUP BY c.event, c.family, c.city, c.funding, c.programme, c.kind, c.format, c.capacity, c.status"""
"""Corrections are added to their date; `registered` is that of the date with most."""

_OPEN = """
SELECT * FROM (
  SELECT d.id AS id, d.event AS event, d.start AS start, d."end" AS "end", d.break_minutes AS break_minutes,
         v.city AS city, e.status AS status, e.format AS format, e.capacity AS capacity,
         p.slug AS programme, p.kind AS kind, p.family AS family, p.funding AS funding,
         (SELECT MIN(f.start) FROM event_date f WHERE f.event = d.event AND (NOT f.cancelled OR EXISTS
           (SELECT 1 FROM evidence c WHERE c.event_date = f.id AND c.kind = 'closing'))) AS began
  FROM event_date d JOIN event e ON e.id = d.event JOIN programme p ON p.id = e.programme
  LEFT JOIN venue v ON v.id = d.venue
  WHERE d.start >= {} AND NOT d.cancelled AND e.status <> 'draft'
    AND NOT EXISTS (SELECT 1 FROM evidence c WHERE c.event_date = d.id AND c.kind = 'closing')
) AS open_date WHERE began >= {} AND began < {}"""

_NET = """, net AS (
  SELECT c.KEY AS line, n.person_hash AS hash
  FROM closed c JOIN evidence x ON x.event_date = c.date JOIN person_counted n ON n.evidence = x.id
  GROUP BY c.KEY, c.date, n.person_hash HAVING SUM(n.change) > 0
)"""
"""The people of each date after its corrections."""

_PEOPLE_AND_COUNTS = """
SELECT 'people' AS what, line AS name, '' AS value, COUNT(DISTINCT hash) AS number FROM net GROUP BY line
UNION ALL SELECT 'together' AS what, '' AS name, '' AS value, COUNT(DISTINCT hash) AS number FROM net
UNION ALL SELECT 'heads' AS what, n.dimension AS name, n.value AS value, SUM(n.heads) AS number
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

    async def sums(self, by: By, programmes: object, now: datetime) -> Sums:
        """Kept until anything they are made of changes: one statement then, else four."""
        state = State.of((await self._asked(_STATE))[0], programmes)
        key = (by, self._with, self._values)
        kept = KEPT.get(key, state)
        if kept is None:
            rows = await self._asked(self._with + _NET.replace("KEY", by) + _PEOPLE_AND_COUNTS, *self._values)
            kept = Sums(
                _closed(await self._asked(self._with + _SUMS, *self._values)),
                {
                    row["name"] if row["what"] == "people" else None: row["number"]
                    for row in rows
                    if row["what"] != "heads"
                },
                {(row["name"], row["value"]): int(row["number"]) for row in rows if row["what"] == "heads"},
                await self._asked(_OPEN, self._span[0], *self._span),
            )
            KEPT.keep(key, state, kept, now)
        return kept

    async def recognised(self, by: By, hashes: Collection[str]) -> frozenset[tuple[str | None, str]]:
        """Which of these people were counted, by line and, under None, at all."""
        if not hashes:
            return frozenset()
        listed = "SELECT value FROM json_each({})" if on_sqlite() else "SELECT jsonb_array_elements_text({}::jsonb)"
        query = self._with + _NET.replace("KEY", by) + f" SELECT DISTINCT line, hash FROM net WHERE hash IN ({listed})"
        rows = await self._asked(query, *self._values, json.dumps(sorted(hashes)))
        return frozenset((line, row["hash"]) for row in rows for line in (row["line"], None))

    async def _asked(self, query: str, *values: object) -> list[Row]:
        found: list[Row] = await Evidence.raw(query, *values)
        return found


def place_of(row: Row) -> Place:
    """Of a closed or an open date."""
    return Place(row["programme"], row["family"], row["kind"], row["format"], row["city"] or "", row["funding"])


def _closed(rows: Sequence[Row]) -> list[Contribution]:
    registered = _registered_by_event(rows)
    return [
        Contribution(
            event_id=row["event"],
            place=place_of(row),
            start=as_moment(row["start"]),
            registered=registered[row["event"]],
            participations=int(row["participations"]),
            heads=int(row["heads"]),
            minutes=int(row["minutes"]),
            countable_minutes=int(row["countable_minutes"]),
            no_shows=int(row["no_shows"]),
            seats=row["capacity"],
            dates=int(row["dates"]),
            estimated=int(row["estimated"]),
        )
        for row in rows
    ]


def _registered_by_event(rows: Iterable[Row]) -> dict[UUID, int]:
    """Of several dates of an event the one with most registered counts; of those called off none were registered."""
    found: dict[UUID, int] = {}
    for row in rows:
        net = 0 if row["status"] == "called_off" else int(row["registered"])
        found[row["event"]] = max(net, found.get(row["event"], 0))
    return found
