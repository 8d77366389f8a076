"""What a mark may say and what a head count may count. Codes only; their words are in `wording`."""

from typing import Literal, get_args

from events.programme.policy import Dimension

MarkCode = Literal["present", "late", "left_early", "excused", "absent"]
Scope = Literal["everyone", "additional"]
Source = Literal["list", "walk_in", "later"]

MARKS: tuple[MarkCode, ...] = get_args(MarkCode)
SCOPES: tuple[Scope, ...] = get_args(Scope)
SOURCES: tuple[Source, ...] = get_args(Source)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

# Who came late or left early took part.
PRESENT: frozenset[str] = frozenset({"present", "late", "left_early"})

# Counted and reported, but no participation: children looked after next door.
NOT_PARTICIPATING: frozenset[str] = frozenset({"childcare"})

# The only dimension that has no values.
WITHOUT_VALUE = "total"

PEOPLE: tuple[str, ...] = ("women", "men", "unspecified", "children")
