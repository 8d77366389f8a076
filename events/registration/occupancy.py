"""How far what organisers may change is in use: answers to questions, places of options, quotas. Only counts."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from events.programme.queries import QuotaView, quotas_of
from events.programme.question_rules import Answered
from events.programme.tables import Organisation
from events.registration.rules import quotas_for
from events.registration.standing import TAKES_SEAT
from events.registration.tables import Answer, Registration


@dataclass(frozen=True)
class QuotaUse:
    """`organisation` is the name; empty where the quota is for a kind."""

    quota: QuotaView
    organisation: str
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.quota.places - self.taken)

    def is_released(self, now: datetime) -> bool:
        return self.quota.release_at is not None and self.quota.release_at <= now


@dataclass(frozen=True)
class SeatsByOrigin:
    """Seats of an event that are taken, by the organisation people come from."""

    rows: tuple[tuple[frozenset[object], str, int], ...]  # the organisation with its body, its kind, seats

    def of(self, quota: QuotaView, now: datetime) -> int:
        """Released quotas are counted like the others."""
        kept = (replace(quota, release_at=None),)
        return sum(seats for homes, kind, seats in self.rows if quotas_for(kept, homes, kind, now))


async def answered(question_ids: Collection[UUID], now: datetime) -> dict[UUID, Answered]:
    """Every one of the questions is in the answer. Two statements."""
    if not question_ids:
        return {}
    marks = ", ".join("{}" for _ in question_ids)
    people = await Answer.raw(
        "SELECT question AS question, COUNT(DISTINCT registration) AS answers FROM answer "
        f"WHERE question IN ({marks}) GROUP BY question",
        *question_ids,
    )
    options = await Answer.raw(
        "SELECT a.question AS question, a.option AS option, COUNT(*) AS chosen, "
        f"COALESCE(SUM(CASE WHEN {TAKES_SEAT} THEN r.party END), 0) AS taken "
        "FROM answer a JOIN registration r ON r.id = a.registration "
        f"WHERE a.question IN ({marks}) AND a.option IS NOT NULL GROUP BY a.question, a.option",
        now,
        *question_ids,
    )
    counts = {UUID(str(row["question"])): row["answers"] for row in people}
    return {
        id: _answered(counts.get(id, 0), [one for one in options if _is(one["question"], id)]) for id in question_ids
    }


async def quota_uses(event_id: UUID, now: datetime) -> list[QuotaUse]:
    """Kinds first, then organisations by name."""
    quotas = (await quotas_of([event_id]))[event_id]
    names = await organisation_names([one.organisation_id for one in quotas if one.organisation_id])
    taken = await seats_by_origin(event_id, now)
    uses = [QuotaUse(one, names.get(one.organisation_id, ""), taken.of(one, now)) for one in quotas]
    return sorted(uses, key=lambda use: (use.organisation.casefold(), use.quota.organisation_kind))


async def organisation_names(ids: Collection[UUID]) -> dict[UUID | None, str]:
    if not ids:
        return {}
    rows = await Organisation.select(Organisation.id, Organisation.name).where(Organisation.id.is_in(list(ids)))
    return {row["id"]: row["name"] for row in rows}


async def seats_by_origin(event_id: UUID, now: datetime) -> SeatsByOrigin:
    rows = await Registration.raw(
        "SELECT o.id AS organisation, o.parent AS parent, o.kind AS kind, SUM(r.party) AS party "
        "FROM registration r JOIN participant p ON p.id = r.participant JOIN organisation o ON o.id = p.organisation "
        f"WHERE r.event = {{}} AND {TAKES_SEAT} GROUP BY o.id, o.parent, o.kind",
        event_id,
        now,
    )
    return SeatsByOrigin(tuple((_homes(row), row["kind"], row["party"]) for row in rows))


def _homes(row: dict[str, Any]) -> frozenset[object]:
    return frozenset(UUID(str(id)) for id in (row["organisation"], row["parent"]) if id is not None)


def _answered(answers: int, options: list[dict[str, Any]]) -> Answered:
    by_id = {UUID(str(row["option"])): row for row in options}
    return Answered(
        answers,
        {id: row["chosen"] for id, row in by_id.items()},
        {id: row["taken"] for id, row in by_id.items() if row["taken"]},
    )


def _is(stored: object, id: UUID) -> bool:
    return UUID(str(stored)) == id
