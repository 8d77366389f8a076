"""What is asked about the call list: the calls with the people behind them, and how many are open."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from events.invitations.tables import Call
from events.kit.database import as_moment
from events.mail.tables import Mailing
from events.programme.queries import DateView, EventView, events_by_ids
from events.registration.signup import full_name

# Also those who never proved anything: without an address there was nothing to prove.
NEWS = ("called_off", "date_dropped", "moved")
CALLED = ("confirmed", "waiting", "requested", "offered", "unconfirmed")


@dataclass(frozen=True)
class CallView:
    """One person to be called. `code` is what they open their own page with."""

    id: UUID
    registration_id: UUID
    name: str
    phone: str
    code: str
    organisation_name: str
    city: str
    language: str
    party: int
    status: str
    reached_at: datetime | None
    reached_by: UUID | None


@dataclass(frozen=True)
class Change:
    """What the people are called about, with how it was before."""

    kind: str
    event: EventView
    date: DateView | None
    start: datetime | None
    end: datetime | None
    place: str
    calls: tuple[CallView, ...]

    @property
    def open(self) -> tuple[CallView, ...]:
        return tuple(call for call in self.calls if call.reached_at is None)

    @property
    def done(self) -> tuple[CallView, ...]:
        return tuple(call for call in self.calls if call.reached_at is not None)

    def is_over(self, now: datetime) -> bool:
        """Nobody needs to hear of it any more. Of a date that was moved, the later of both times counts."""
        return _is_over((self.date.end if self.date else self.event.ends_at, self.end), now)


async def changes_to_tell(only: Collection[UUID] | None = None) -> list[Change]:
    """All changes with calls, the latest first; four statements however many. `only` limits them to these events."""
    rows: dict[UUID, list[dict[str, Any]]] = {}
    for row in await Call.raw(_ALL, *CALLED):
        if only is None or UUID(str(row["event"])) in only:
            rows.setdefault(UUID(str(row["mailing"])), []).append(row)
    events = await events_by_ids({UUID(str(of[0]["event"])) for of in rows.values()}, partners=False)
    return [_change(of, events[UUID(str(of[0]["event"]))]) for of in rows.values()]


async def is_list_unfinished() -> bool:
    """Whether news of a change waits to be spread: until then nobody is on the list because of it."""
    return await Mailing.exists().where(Mailing.kind.is_in(list(NEWS)) & (Mailing.status == "queued"))


async def open_calls(now: datetime, only: Collection[UUID] | None = None) -> int:
    """Of changes that are not over, in one statement; see `Change.is_over`."""
    rows = [row for row in await Call.raw(_OPEN, *CALLED) if only is None or UUID(str(row["event"])) in only]
    return sum(
        not _is_over((as_moment(row["ends_at"]), _moment(json.loads(row["facts"]).get("end"))), now) for row in rows
    )


def _is_over(ends: Iterable[datetime | None], now: datetime) -> bool:
    latest = max((end for end in ends if end), default=None)
    return latest is not None and latest <= now


def _change(rows: list[dict[str, Any]], event: EventView) -> Change:
    first, facts = rows[0], json.loads(rows[0]["facts"])
    about = UUID(str(first["about"]))
    return Change(
        kind=first["kind"],
        event=event,
        date=next((date for date in event.dates if date.id == about), None),
        start=_moment(facts.get("start")),
        end=_moment(facts.get("end")),
        place=facts.get("place", ""),
        calls=tuple(_call(row) for row in rows),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _call(row: dict[str, Any]) -> CallView:
    plain = {name: row[name] for name in ("phone", "city", "language", "party", "status", "reached_at")}
    return CallView(
        **plain,
        id=UUID(str(row["id"])),
        registration_id=UUID(str(row["registration"])),
        name=full_name(row["given_name"], row["family_name"]),
        code=row["code"] or "",
        organisation_name=row["known_name"] or row["organisation_name"],
        reached_by=UUID(str(row["reached_by"])) if row["reached_by"] else None,
    )


_OPEN = (
    'SELECT r.event AS event, COALESCE(d."end", e.ends_at) AS ends_at, m.facts AS facts '
    'FROM "call" c JOIN mailing m ON m.id = c.mailing JOIN registration r ON r.id = c.registration '
    "JOIN event e ON e.id = r.event LEFT JOIN event_date d ON d.id = m.about AND d.event = e.id "
    f"WHERE c.reached_at IS NULL AND r.status IN ({', '.join('{}' for _ in CALLED)})"
)
_ALL = (
    "SELECT c.id AS id, c.mailing AS mailing, c.registration AS registration, c.reached_at, "
    "c.reached_by AS reached_by, m.kind AS kind, m.about AS about, m.facts AS facts, r.event AS event, r.party, "
    "r.status, p.given_name, p.family_name, p.phone, p.code, p.organisation_name, o.name AS known_name, p.city, "
    "b.language AS language "
    'FROM "call" c JOIN mailing m ON m.id = c.mailing JOIN registration r ON r.id = c.registration '
    "JOIN participant p ON p.id = r.participant JOIN booking b ON b.id = r.booking "
    "LEFT JOIN organisation o ON o.id = p.organisation "
    f"WHERE c.reached_at IS NOT NULL OR r.status IN ({', '.join('{}' for _ in CALLED)}) "
    "ORDER BY m.created_at DESC, m.id, r.queue_number, p.position"
)
