"""What somebody should look at before a date is closed: each difference explained, nothing decided. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from events.attendance.facts import Count, DateFacts
from events.attendance.roster import Attendee, attendees, named_heads
from events.attendance.rules import heads, newest_counts
from events.attendance.status import NOT_PARTICIPATING, WITHOUT_VALUE

Weight = Literal["ask", "contradiction", "told"]
"""ask: may be meant so. contradiction: needs a word of explanation. told: how the figure comes about."""


@dataclass(frozen=True)
class Finding:
    """`code` is one of `wording.FINDINGS`."""

    code: str
    weight: Weight
    facts: dict[str, str | int] = field(default_factory=dict)


def findings(facts: DateFacts, asked_for: Iterable[str]) -> tuple[Finding, ...]:
    """`asked_for` are the dimensions that the policy wants counted."""
    people, counts = attendees(facts), newest_counts(facts.counts)
    return (*_about_list(people), *_about_numbers(facts, people), *_about_counts(counts, set(asked_for)))


def needs_explanation(found: Iterable[Finding]) -> bool:
    return any(one.weight == "contradiction" for one in found)


def _about_list(people: Iterable[Attendee]) -> Iterator[Finding]:
    listed = [one for one in people if one.listed is not None]
    open_ones = sum(one.mark is None for one in listed)
    if open_ones:
        yield Finding("without_mark", "ask", {"n": open_ones})


def _about_numbers(facts: DateFacts, people: Iterable[Attendee]) -> Iterator[Finding]:
    named = named_heads(people)
    everyone, additional = heads(facts.counts, "everyone"), heads(facts.counts, "additional")
    numbers: dict[str, str | int] = {"named": named, "everyone": everyone, "additional": additional}
    if not (named or everyone or additional):
        yield Finding("nobody_came", "ask")
    if everyone and everyone < named + additional:
        yield Finding("fewer_counted", "contradiction", {**numbers, "sum": named + additional})
    elif everyone > named:
        yield Finding("more_counted", "told", {**numbers, "n": everyone - named})
    if additional and not everyone:
        yield Finding("beside_list", "told", {**numbers, "sum": named + additional})
    if additional and everyone:
        yield Finding("both_scopes", "ask", numbers)


def _about_counts(counts: Iterable[Count], asked_for: set[str]) -> Iterator[Finding]:
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in counts:
        if one.dimension not in NOT_PARTICIPATING:
            sums[one.station, one.scope][one.dimension] += one.heads
    for (station, _scope), by_dimension in sorted(sums.items()):
        total, people = by_dimension.get(WITHOUT_VALUE), by_dimension.get("people")
        if total is not None and people is not None and total != people:
            yield Finding("people_not_total", "contradiction", {"station": station, "total": total, "people": people})
    stations = {station for station, _scope in sums}
    whole_room = [station for station, scope in sums if scope == "everyone" and any(sums[station, scope].values())]
    if len(whole_room) > 1:
        yield Finding("rooms_counted", "ask", {"n": len(whole_room)})
    elif len(stations) > 1:
        yield Finding("several_stations", "told", {"n": len(stations)})
    counted = {one.dimension for one in counts if one.heads}
    for dimension in sorted(asked_for & {"people", "language"} - counted):
        yield Finding(f"{dimension}_not_counted", "ask")
