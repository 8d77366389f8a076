"""The states of a registration and which may follow which. The only table of moves."""

from typing import Literal, get_args

Status = Literal["unconfirmed", "requested", "waiting", "offered", "confirmed", "declined", "cancelled", "lapsed"]

STATUSES: tuple[Status, ...] = get_args(Status)

# "new" is a registration that does not exist yet.
MOVES: dict[str, frozenset[Status]] = {
    "new": frozenset({"unconfirmed", "requested", "waiting", "confirmed", "offered"}),
    "unconfirmed": frozenset({"confirmed", "requested", "waiting", "cancelled", "lapsed"}),
    "requested": frozenset({"confirmed", "waiting", "declined", "cancelled", "lapsed"}),
    "waiting": frozenset({"confirmed", "offered", "cancelled", "lapsed"}),
    "offered": frozenset({"confirmed", "waiting", "cancelled", "lapsed"}),
    "confirmed": frozenset({"waiting", "cancelled"}),
    "declined": frozenset(),
    "cancelled": frozenset(),
    "lapsed": frozenset(),
}

# What counts as signed up: at most one of these per person and event.
ACTIVE: frozenset[Status] = frozenset({"unconfirmed", "requested", "waiting", "offered", "confirmed"})


class ForbiddenMove(Exception):
    """A registration was to go from one status to another that may not follow. A fault in our code, not of a person."""


def check_move(before: str, after: Status) -> None:
    """Raises ForbiddenMove."""
    if after not in MOVES[before]:
        raise ForbiddenMove(f"{before} -> {after}")


def is_active(status: str) -> bool:
    return status in ACTIVE
