"""Writing the history: in the transaction of the change it tells of."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from piccolo.table import Table

from events.history.tables import HistoryEntry
from events.kit.actor import Actor


def entry(
    verb: str,
    about: Table | type[Table],
    *,
    by: Actor,
    now: datetime,
    id: UUID | None = None,
    context: UUID | None = None,
    facts: Mapping[str, object] | None = None,
    reason: str = "",
) -> HistoryEntry:
    """One line of history about a row (or a table and an id). `facts` must hold nothing personal."""
    return HistoryEntry(
        at=now,
        actor=str(by),
        verb=verb,
        about_kind=about._meta.tablename,
        about_id=id or about.id,  # type: ignore[union-attr]  # every table of ours has an id
        context_id=context,
        facts=json.dumps(facts or {}, default=str, ensure_ascii=False),
        reason=reason,
    )


async def note(*entries: HistoryEntry) -> None:
    """Appends the entries with one statement."""
    if entries:
        await HistoryEntry.insert(*entries)
