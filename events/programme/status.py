"""The states of an event and which may follow which."""

from typing import Literal

Status = Literal["draft", "published", "called_off"]

STATUSES: tuple[Status, ...] = ("draft", "published", "called_off")

MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"published"}),
    "published": frozenset({"called_off"}),
    "called_off": frozenset({"published"}),
}


def may_become(now: str, then: str) -> bool:
    return then in MOVES.get(now, frozenset())
