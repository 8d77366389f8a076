"""Whether the database says what the ledger says: every registration, seats counted anew, the order of the queue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.registration.machine.ledger import Ledger, Place

Row = dict[str, Any]
Label = tuple[UUID, int, UUID, int]
"""Booking, position of the person, event, and the how manyth registration of this person for it."""


class Disagreement(Exception):
    """The database and the ledger tell different stories."""


def labelled(places: Sequence[Place]) -> dict[Label, Place]:
    inside = sorted(places, key=lambda one: (one.rank, one.position))
    keys = [(one.booking, one.position, one.event) for one in inside]
    return {(*key, keys[:n].count(key)): one for n, (key, one) in enumerate(zip(keys, inside, strict=True))}


def labelled_rows(rows: Iterable[Row]) -> dict[Label, Row]:
    """Rows come in the order of the queue."""
    seen: dict[tuple[UUID, int, UUID], int] = defaultdict(int)
    found = {}
    for row in rows:
        key = (_id(row["booking"]), row["position"], _id(row["event"]))
        found[(*key, seen[key])] = row
        seen[key] += 1
    return found


def differences(ledger: Ledger, rows: Sequence[Row], now: datetime) -> list[str]:
    inside, outside = labelled(ledger.places), labelled_rows(rows)
    said = [f"only in the ledger: {_facts(inside[label], ledger, now)}" for label in inside.keys() - outside.keys()]
    said += [f"only in the database: {_row_facts(outside[label], now)}" for label in outside.keys() - inside.keys()]
    for label in inside.keys() & outside.keys():
        expected, found = _facts(inside[label], ledger, now), _row_facts(outside[label], now)
        if expected != found:
            said.append(f"expected {expected}\n   found {found}")
    return said + _queues(ledger, inside, outside) + _too_many(rows, now)


def _facts(one: Place, ledger: Ledger, now: datetime) -> dict[str, object]:
    timed = one.keeps or one.status in ("unconfirmed", "offered")
    return {
        "status": one.status,
        "party": one.party,
        "holds": one.status != "confirmed" and one.has_seat(now),
        "until": one.until if timed else None,
        "organisation": ledger.organisation_of(one),
        "group": one.group,
        "proven": ledger.bookings[one.booking].proven,
    }


def _row_facts(row: Row, now: datetime) -> dict[str, object]:
    until, keeps = row["hold_until"], bool(row["holds_seat"])
    timed = keeps or row["status"] in ("unconfirmed", "offered")
    return {
        "status": row["status"],
        "party": row["party"],
        "holds": row["status"] != "confirmed" and keeps and until is not None and until > now,
        "until": until if timed else None,
        "organisation": _id(row["organisation"]),
        "group": _id(row["chosen"]),
        "proven": row["proven_at"] is not None,
    }


def _queues(ledger: Ledger, inside: dict[Label, Place], outside: dict[Label, Row]) -> list[str]:
    label_of = {id(one): label for label, one in inside.items()}
    said = []
    for event in ledger.evenings:
        expected = [label_of[id(one)] for one in ledger.waiting(event)]
        found = [label for label, row in outside.items() if row["status"] == "waiting" and label[2] == event]
        if expected != found:
            said.append(f"the queue is {found}, not {expected}")
    return said


def _too_many(rows: Sequence[Row], now: datetime) -> list[str]:
    taken: dict[object, int] = defaultdict(int)
    capacity = {row["event"]: row["capacity"] for row in rows}
    for row in rows:
        held = row["holds_seat"] and row["hold_until"] is not None and row["hold_until"] > now
        if row["status"] == "confirmed" or held:
            taken[row["event"]] += row["party"]
    over = {event: seats for event, seats in taken.items() if capacity[event] is not None and seats > capacity[event]}
    return [f"{seats} seats are taken of {capacity[event]}" for event, seats in over.items()]


def _id(stored: object) -> Any:
    return None if stored is None else UUID(str(stored))
