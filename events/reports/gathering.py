"""Which events the first page of the team has to name and why, all reasons in one statement."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from events.kit.database import as_moment
from events.programme.policy import effective_policy
from events.programme.tables import EventDate

What = Literal["date", "due", "minimum", "silent", "unclosed", "wished"]

UNCONFIRMED_AFTER = timedelta(hours=24)
"""Most people confirm within minutes; after a day the mail may have ended up in spam."""

SILENT_WITHIN = timedelta(days=14)
"""So long before an event somebody should ask those who have not answered their invitation."""


@dataclass(frozen=True)
class Reason:
    """`at` is the start of the event, or of the date where `date` says which one is meant.

    What was "wished" has no event yet: both ids are that of the wish, and `at` is when it came.
    """

    event: UUID
    date: UUID
    at: datetime
    requested: int
    unconfirmed: int
    waiting: int
    silent: int
    minimum: int | None
    decide_by: datetime


async def reasons(
    start: datetime, end: datetime, now: datetime, only: Collection[UUID] | None = None
) -> Mapping[What, list[Reason]]:
    """By what they are, in order of time. Dates are those that begin in the span. `only` limits it to these events."""
    asked = (start, end, False, now - UNCONFIRMED_AFTER, now, now, now, now + SILENT_WITHIN, now, False)
    found: dict[What, list[Reason]] = defaultdict(list)
    for row in await EventDate.raw(_ALL, *asked):
        reason = _reason(row)
        if only is None or reason.event in only:
            found[row["what"]].append(reason)
    for of in found.values():
        of.sort(key=lambda one: (one.at, one.date))
    return found


def _reason(row: Mapping[str, Any]) -> Reason:
    policy = effective_policy(row["programme_policy"], row["policy"])
    at = as_moment(row["at"])
    return Reason(
        event=UUID(str(row["event"])),
        date=UUID(str(row["date"])),
        at=at,
        requested=row["requested"],
        unconfirmed=row["unconfirmed"],
        waiting=row["waiting"],
        silent=row["silent"],
        minimum=policy.minimum,
        decide_by=at - timedelta(hours=policy.decide_minimum_hours),
    )


_NOTHING = "0 AS requested, 0 AS unconfirmed, 0 AS waiting, 0 AS silent, '' AS policy, '' AS programme_policy"
_DATES = (
    f"SELECT 'date' AS what, d.event AS event, d.id AS date, d.start AS at, {_NOTHING} "
    "FROM event_date d JOIN event e ON e.id = d.event "
    "WHERE d.start >= {} AND d.start < {} AND d.cancelled = {} AND e.status = 'published'"
)
_DUE = (
    "SELECT 'due', r.event, r.event, MIN(e.starts_at), SUM(CASE WHEN r.status = 'requested' THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN r.status = 'unconfirmed' AND r.registered_at < {} THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN r.status = 'waiting' THEN 1 ELSE 0 END), 0, '', '' "
    "FROM registration r JOIN event e ON e.id = r.event WHERE e.status = 'published' AND e.starts_at > {} "
    "AND r.status IN ('requested', 'unconfirmed', 'waiting') GROUP BY r.event"
)
"""The states as in the index `registration_pending`; SQLite takes it only for a condition that says the same words."""
_MINIMUM = (
    "SELECT 'minimum', e.id, e.id, e.starts_at, 0, 0, 0, 0, CAST(e.policy AS TEXT), CAST(p.policy AS TEXT) "
    "FROM event e JOIN programme p ON p.id = e.programme WHERE e.status = 'published' AND e.starts_at > {} "
    "AND (CAST(e.policy AS TEXT) LIKE '%\"minimum\"%' OR CAST(p.policy AS TEXT) LIKE '%\"minimum\"%')"
)
_SILENT = (
    "SELECT 'silent', i.event, i.event, MIN(e.starts_at), 0, 0, 0, COUNT(*), '', '' "
    "FROM invitation i JOIN event e ON e.id = i.event WHERE i.status = 'invited' AND e.status = 'published' "
    "AND e.starts_at > {} AND e.starts_at <= {} GROUP BY i.event"
)
_UNCLOSED = (
    f"SELECT 'unclosed', d.event, d.id, d.start, {_NOTHING} FROM event_date d JOIN event e ON e.id = d.event "
    "WHERE d.\"end\" <= {} AND d.cancelled = {} AND e.status = 'published' "
    "AND NOT EXISTS (SELECT 1 FROM evidence v WHERE v.event_date = d.id AND v.kind = 'closing')"
)
_WISHED = (
    f"SELECT 'wished', t.id, t.id, t.created_at, {_NOTHING} FROM topic_proposal t WHERE t.status = 'proposed' "
    "AND EXISTS (SELECT 1 FROM topic_voice v WHERE v.topic = t.id AND v.proven_at IS NOT NULL)"
)
_ALL = " UNION ALL ".join((_DATES, _DUE, _MINIMUM, _SILENT, _UNCLOSED, _WISHED))
