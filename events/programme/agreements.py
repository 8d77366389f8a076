"""Which body may run which programme, from when to when: what is asked about cooperation agreements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from piccolo.columns import Column
from piccolo.custom_types import Combinable

from events.kit.text import fold
from events.programme.tables import Agreement, AgreementFile, Organisation

SOON = 90
"""Days before its end from which an agreement is to be thought of."""


@dataclass(frozen=True)
class AgreementView:
    """Both days are included; no `ends_on` is until it is ended."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    programme_id: UUID
    programme_name: str
    starts_on: date
    ends_on: date | None
    note: str

    def is_valid(self, on: date) -> bool:
        return self.starts_on <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on

    def runs_out(self, on: date, within_days: int = SOON) -> bool:
        """Valid on the day, and not any more so many days later."""
        return self.is_valid(on) and self.is_over(on + timedelta(days=within_days + 1))


@dataclass(frozen=True)
class AgreementFileView:
    """`size` in bytes; `stored_as` names the bytes for `kit.uploads`."""

    id: UUID
    name: str
    content_type: str
    size: int
    stored_as: str


async def covered_by(programme_id: UUID, on: date) -> frozenset[object]:
    """The organisations with an agreement for this programme that is valid on the day; their children too."""
    rows = await Agreement.select(Agreement.organisation).where(
        (Agreement.programme == programme_id)
        & (Agreement.starts_on <= on)
        & (Agreement.ends_on.is_null() | (Agreement.ends_on >= on))
    )
    return frozenset(row["organisation"] for row in rows)


async def valid_agreement(organisation_id: UUID, programme_id: UUID, on: date) -> AgreementView | None:
    """The organisation's own agreement, else that of the body it belongs to."""
    valid = {one.organisation_id: one for one in await _select(Agreement.programme == programme_id) if one.is_valid(on)}
    if not valid:
        return None
    rows = await Organisation.select(Organisation.id, Organisation.parent)
    parents = {row["id"]: row["parent"] for row in rows}
    return next((valid[id] for id in line_of(organisation_id, parents) if id in valid), None)


def line_of(organisation_id: UUID, parents: Mapping[UUID, UUID | None]) -> Iterable[UUID]:
    """The organisation, its body, the body of that one and so on."""
    line: dict[UUID, None] = {}
    one: UUID | None = organisation_id
    while one is not None and one not in line:
        line[one] = None
        one = parents.get(one)
    return line


async def agreements() -> list[AgreementView]:
    """By name of the organisation, then programme; of the same the newest first."""
    return await _select()


async def agreements_of(organisation_id: UUID) -> list[AgreementView]:
    """Its own, not those of its body."""
    return await _select(Agreement.organisation == organisation_id)


async def agreements_for(organisation_id: UUID) -> list[AgreementView]:
    """Its own and those of the bodies above it."""
    rows = await Organisation.select(Organisation.id, Organisation.parent)
    line = list(line_of(organisation_id, {row["id"]: row["parent"] for row in rows}))
    return await _select(Agreement.organisation.is_in(line))


async def agreement_by_id(id: UUID) -> AgreementView | None:
    found = await _select(Agreement.id == id)
    return found[0] if found else None


async def agreements_running_out(on: date, within_days: int = SOON) -> list[AgreementView]:
    """Valid on the day and over so many days later, the first to end first; none that is followed by another."""
    everything = await _select(Agreement.ends_on.is_null() | (Agreement.ends_on >= on))
    last = {(one.organisation_id, one.programme_id): one for one in reversed(everything)}
    due = [one for one in last.values() if one.runs_out(on, within_days)]
    return sorted(due, key=lambda one: (one.ends_on or date.max, fold(one.organisation_name)))


async def files_of(agreement_id: UUID) -> list[AgreementFileView]:
    """In the order they were added."""
    rows = await AgreementFile.select().where(AgreementFile.agreement == agreement_id).order_by(AgreementFile.added_at)
    return [
        AgreementFileView(row["id"], row["name"], row["content_type"], row["size"], row["stored_as"]) for row in rows
    ]


async def _select(*where: Combinable) -> list[AgreementView]:
    query = Agreement.select(*_columns())
    rows = await query.where(*where) if where else await query
    found = [_view(row) for row in rows]
    newest_first = sorted(found, key=lambda one: one.starts_on, reverse=True)
    return sorted(newest_first, key=lambda one: (fold(one.organisation_name), fold(one.programme_name)))


@cache
def _columns() -> tuple[Column, ...]:
    return (
        *Agreement.all_columns(),
        Agreement.organisation.name.as_alias("organisation_name"),
        Agreement.programme.name.as_alias("programme_name"),
    )


def _view(row: Mapping[str, Any]) -> AgreementView:
    return AgreementView(
        id=row["id"],
        organisation_id=row["organisation"],
        organisation_name=row["organisation_name"],
        programme_id=row["programme"],
        programme_name=row["programme_name"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        note=row["note"],
    )
