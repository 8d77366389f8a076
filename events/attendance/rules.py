"""Which statement counts, how many heads there were, and why something cannot be recorded. Plain values only."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from events.attendance.facts import Count, Mark, Note
from events.attendance.status import DIMENSIONS, MARKS, NOT_PARTICIPATING, SCOPES, SOURCES, WITHOUT_VALUE
from events.kit.refusals import Refusal

MOST_HEADS = 2000
HIGHEST_COUNTER = 1_000_000_000
EARLIEST = timedelta(hours=24)
"""How long before the start of a date something may be recorded about it."""

OFFLINE_AT_MOST = timedelta(days=14)
"""A phone that says it noted something longer ago, or in the future, has a wrong clock."""

CAPTURED = "later:"
"""Begins the device of what the office captures from paper; what follows says from where it has it."""

LONGEST = {"name": 120, "organisation_name": 160, "city": 80, "device": 64, "station": 60, "value": 80, "text": 2000}


class Ordered(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def counter(self) -> int: ...

    @property
    def device(self) -> str: ...


F = TypeVar("F", bound=Ordered)
K = TypeVar("K", bound=Hashable)


def newest_marks(marks: Iterable[Mark]) -> dict[UUID, Mark]:
    """What is said last about each subject."""
    return _newest(marks, lambda mark: mark.subject)


def newest_counts(counts: Iterable[Count]) -> list[Count]:
    """The last count of each value. A value counted again with another scope replaces the earlier count."""
    return list(_newest(counts, lambda count: (count.station, count.dimension, count.value)).values())


def _newest(facts: Iterable[F], about: Callable[[F], K]) -> dict[K, F]:
    """Order is by (counter, device, id): clocks of devices are wrong, and ties must fall alike everywhere."""
    ordered = sorted(facts, key=lambda fact: (fact.counter, fact.device, str(fact.id)))
    return {about(fact): fact for fact in ordered}


def heads(counts: Iterable[Count], scope: str) -> int:
    """The counted heads, summed over stations; at each one the dimension that found most people counts."""
    stations: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in newest_counts(counts):
        if count.scope == scope and count.dimension not in NOT_PARTICIPATING:
            stations[count.station][count.dimension] += count.heads
    return sum(max(dimensions.values()) for dimensions in stations.values())


def effective_heads(named: int, everyone: int, additional: int) -> int:
    """How many people took part: nobody twice.

    `named` are the heads on the list who were present (parties included), `everyone` were counted in the room,
    `additional` beside the list. Where both scopes were counted, the larger answer counts.
    """
    return max(everyone, named + additional)


def why_not_record(start: datetime, now: datetime) -> Refusal | None:
    """About a date that lies ahead nothing can be said yet."""
    return Refusal("date_lies_ahead") if now < start - EARLIEST else None


def noted(fact: Mark | Count | Note, received_at: datetime) -> datetime:
    """What the office captures from paper carries the time the paper says, however long ago."""
    if fact.device.startswith(CAPTURED) and fact.noted_at and fact.noted_at <= received_at:
        return fact.noted_at
    return plausible(fact.noted_at, received_at)


def plausible(noted_at: datetime | None, received_at: datetime) -> datetime:
    """When something was noted: as the device says, unless its clock must be wrong. Never used for order."""
    if noted_at is None or not received_at - OFFLINE_AT_MOST <= noted_at <= received_at:
        return received_at
    return noted_at


def why_not_mark(mark: Mark) -> Refusal | None:
    problem = (
        ("unknown_mark" if mark.mark not in MARKS else None)
        or ("unknown_source" if mark.source not in SOURCES else None)
        or ("impossible_number" if not 1 <= mark.party <= MOST_HEADS else None)
        or _why_not_fact(mark.counter, name=mark.name, organisation_name=mark.organisation_name, city=mark.city,
                         device=mark.device)
    )  # fmt: skip
    return Refusal(problem, {"id": str(mark.id), "number": mark.party, "most": MOST_HEADS}) if problem else None


def why_not_count(count: Count) -> Refusal | None:
    problem = (
        ("unknown_dimension" if count.dimension not in DIMENSIONS else None)
        or ("unknown_scope" if count.scope not in SCOPES else None)
        or ("value_missing" if (count.dimension == WITHOUT_VALUE) == bool(count.value.strip()) else None)
        or ("impossible_number" if not 0 <= count.heads <= MOST_HEADS else None)
        or _why_not_fact(count.counter, device=count.device, station=count.station, value=count.value)
    )
    return Refusal(problem, {"id": str(count.id), "number": count.heads, "most": MOST_HEADS}) if problem else None


def why_not_note(note: Note) -> Refusal | None:
    problem = ("note_empty" if not note.text.strip() else None) or _why_not_fact(
        note.counter, device=note.device, text=note.text
    )
    return Refusal(problem, {"id": str(note.id)}) if problem else None


def _why_not_fact(counter: int, **texts: str) -> str | None:
    if not 0 <= counter <= HIGHEST_COUNTER:
        return "impossible_counter"
    return "text_too_long" if any(len(text) > LONGEST[name] for name, text in texts.items()) else None
