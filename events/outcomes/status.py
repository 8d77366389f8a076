"""How far a step for action is, and which state may follow which."""

from typing import Literal, get_args

from events.kit.translation import N_

Status = Literal["open", "begun", "done", "dropped"]

NAMES: dict[str, str] = {
    "open": N_("offen"),
    "begun": N_("begonnen"),
    "done": N_("umgesetzt"),
    "dropped": N_("nicht weiterverfolgt"),
}

STATUSES: tuple[Status, ...] = get_args(Status)
PENDING: frozenset[Status] = frozenset({"open", "begun"})
"""States in which the office waits for something."""

MOVES: dict[str, frozenset[Status]] = {
    "open": frozenset({"begun", "done", "dropped"}),
    "begun": frozenset({"open", "done", "dropped"}),
    # What was said to be done may turn out not to be.
    "done": frozenset({"begun"}),
    "dropped": frozenset({"open"}),
}


def may_move(before: str, after: str) -> bool:
    return after in MOVES[before]
