"""How far a wish for a topic is, and which state may follow which."""

from typing import Literal, get_args

from events.kit.translation import N_

Status = Literal["proposed", "open", "planned", "declined"]

STATUSES: tuple[Status, ...] = get_args(Status)
PUBLIC: frozenset[str] = frozenset({"open", "planned", "declined"})
"""What everybody may read. Nothing is public before the office has read it."""

NAMES: dict[str, str] = {
    "proposed": N_("neu"),
    "open": N_("gesucht"),
    "planned": N_("wird angeboten"),
    "declined": N_("wird nicht angeboten"),
}

MOVES: dict[str, frozenset[Status]] = {
    "proposed": frozenset({"open", "planned", "declined"}),
    "open": frozenset({"planned", "declined"}),
    "planned": frozenset({"open"}),
    "declined": frozenset({"open"}),
}


def may_move(before: str, after: str) -> bool:
    return after in MOVES[before]
