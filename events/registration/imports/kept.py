"""Table files that were handed in: kept for a day with the choice of their columns, until they are taken over.

What becomes of their rows is not here: people to be signed up in `drafts`, addresses to be invited in `invitations`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from events.kit import uploads
from events.kit.refusals import NotFound
from events.kit.spreadsheets import Table, read_table
from events.registration.imports.fields import guessed
from events.registration.tables import ImportDraft

KEPT = timedelta(days=1)
LONGEST_NAME = 160

Purpose = Literal["registrations", "invitations"]
Guess = Callable[[Sequence[str]], dict[str, int]]


@dataclass(frozen=True)
class Draft:
    """A list that was handed in. `done`: how many rows became what (a status, `known`, `new`); empty before."""

    id: UUID
    event_id: UUID
    staff_id: UUID
    file_name: str
    stored_as: str
    columns: Mapping[str, int]
    done: Mapping[str, int] = field(default_factory=dict)
    purpose: Purpose = "registrations"

    @property
    def version(self) -> str:
        """Another one as soon as the columns are chosen otherwise."""
        return hashlib.sha256(json.dumps(dict(self.columns), sort_keys=True).encode()).hexdigest()[:16]


async def keep_draft(
    event_id: UUID,
    staff_id: UUID,
    file_name: str,
    content: bytes,
    *,
    now: datetime,
    purpose: Purpose = "registrations",
    guess: Guess = guessed,
) -> UUID:
    """Stores a list for a day, its columns guessed. Raises Refused when it cannot be read as a table."""
    table = await read_table(file_name, content)
    draft = Draft(
        uuid4(),
        event_id,
        staff_id,
        file_name[:LONGEST_NAME],
        await uploads.keep(content),
        guess(table.columns),
        purpose=purpose,
    )
    row = ImportDraft(
        id=draft.id,
        event=event_id,
        staff=staff_id,
        file_name=draft.file_name,
        stored_as=draft.stored_as,
        mapping=_mapping(draft, draft.columns),
        created_at=now,
    )
    await ImportDraft.insert(row)
    return draft.id


async def draft_of(id: UUID, purpose: Purpose = "registrations") -> Draft:
    """Raises NotFound, also when its day is over or it was handed in for something else."""
    row = await ImportDraft.objects().get(ImportDraft.id == id)
    kept = json.loads(row.mapping) if row is not None else {}
    if row is None or kept.get("for", "registrations") != purpose:
        raise NotFound
    done = kept.get("done", {})
    return Draft(row.id, row.event, row.staff, row.file_name, row.stored_as, kept["columns"], done, purpose)


async def table_of(draft: Draft) -> Table:
    """Raises NotFound when the file is gone."""
    return await read_table(draft.file_name, await uploads.read(draft.stored_as))


async def choose_columns(draft: Draft, columns: Mapping[str, int]) -> None:
    await _write(draft, _mapping(draft, columns))


async def mark_done(draft: Draft, done: Mapping[str, int]) -> None:
    """In the transaction that took the rows over; the file goes afterwards (`uploads.remove`)."""
    await _write(draft, _mapping(draft, draft.columns, done))


async def sweep_drafts(now: datetime) -> None:
    """Forgets lists that are older than a day, files first."""
    old = await ImportDraft.select(ImportDraft.id, ImportDraft.stored_as).where(ImportDraft.created_at <= now - KEPT)
    for row in old:
        await uploads.remove(row["stored_as"])
        await ImportDraft.delete().where(ImportDraft.id == row["id"])


async def _write(draft: Draft, mapping: str) -> None:
    await ImportDraft.update({ImportDraft.mapping: mapping}).where(ImportDraft.id == draft.id)


def _mapping(draft: Draft, columns: Mapping[str, int], done: Mapping[str, int] | None = None) -> str:
    return json.dumps({"for": draft.purpose, "columns": dict(columns), "done": dict(done or {})})
