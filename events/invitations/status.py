"""The states of an invitation and which may follow which: until the event starts the newest answer counts."""

from typing import Literal, get_args

Status = Literal["prepared", "invited", "accepted", "declined", "delegated", "withdrawn"]

STATUSES: tuple[Status, ...] = get_args(Status)
ANSWERS: frozenset[Status] = frozenset({"accepted", "declined", "delegated"})

MOVES: dict[str, frozenset[Status]] = {
    # Somebody may say on the phone that they come before the mail has gone out.
    "prepared": frozenset({"invited", "withdrawn", "accepted", "declined", "delegated"}),
    "invited": frozenset({"withdrawn", "accepted", "declined", "delegated"}),
    "accepted": ANSWERS,
    "declined": ANSWERS,
    "delegated": ANSWERS,
    "withdrawn": frozenset(),
}


class ForbiddenMove(Exception):
    """A fault in our code, not of a person."""


def check_move(before: str, after: Status) -> None:
    """Raises ForbiddenMove."""
    if after not in MOVES[before]:
        raise ForbiddenMove(f"{before} -> {after}")


def is_answer(status: str) -> bool:
    return status in ANSWERS
