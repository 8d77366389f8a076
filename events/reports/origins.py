"""From which organisation people came: those who are signed up, and what closed dates counted. Numbers only."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from piccolo.query.functions.aggregate import Sum

from events.evidence.tables import EvidenceCount
from events.history.tables import HistoryEntry
from events.programme.tables import Organisation
from events.registration.tables import Registration


@dataclass(frozen=True)
class CameFrom:
    """`people` have a confirmed registration that is still kept; `participations` stand in the evidence for good."""

    people: int
    participations: int


async def came_from(organisation_ids: Collection[UUID]) -> CameFrom:
    """Of all these organisations together; evidence also under the names they had before."""
    ids = list(organisation_ids)
    confirmed = Registration.status == "confirmed"
    people = await Registration.count(distinct=[Registration.participant]).where(
        confirmed, Registration.participant.organisation.is_in(ids)
    )
    named = EvidenceCount.value.is_in(list(await _names(ids)))
    (counted,) = await EvidenceCount.select(Sum(EvidenceCount.heads)).where(
        EvidenceCount.dimension == "organisation", named
    )
    return CameFrom(people, counted["sum"] or 0)


async def _names(ids: list[UUID]) -> set[str]:
    rows = await Organisation.select(Organisation.name).where(Organisation.id.is_in(ids))
    edits = await HistoryEntry.select(HistoryEntry.facts).where(
        HistoryEntry.about_kind == "organisation", HistoryEntry.verb == "edited", HistoryEntry.about_id.is_in(ids)
    )
    earlier = (json.loads(row["facts"]).get("name") for row in edits)
    return {row["name"] for row in rows} | {names[0] for names in earlier if names}
