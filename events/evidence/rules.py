"""What a date counted, by how much two counts differ, and why a date cannot be closed. Plain values only."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from events.attendance.facts import DateFacts
from events.attendance.people import earlier_identities, identities
from events.attendance.roster import Attendee, attendees, named_heads, registered
from events.attendance.rules import effective_heads, heads, newest_counts
from events.kit.refusals import Refusal
from events.kit.text import fold

LONGEST_DATE = 24 * 60
NOBODY_KNOWN: Mapping[str, str] = MappingProxyType({})
OF_THE_LIST = ("city", "organisation", "role")


@dataclass(frozen=True)
class Tally:
    """What a date counted, or the difference between two tallies. `people` hold hashes with +1 or -1."""

    registered: int = 0
    participations: int = 0
    heads: int = 0
    minutes: int = 0
    countable_minutes: int = 0
    no_shows: int = 0
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        return self == Tally()


@dataclass(frozen=True)
class HeldDate:
    """A date as closing needs it."""

    id: UUID
    event_id: UUID
    programme_id: UUID
    family: str
    funding: str
    start: datetime
    end: datetime
    minutes: int
    city: str
    is_cancelled: bool
    is_called_off: bool


def tally(
    facts: DateFacts,
    minutes: int,
    countable: int,
    hash_of: Callable[[str], str],
    known: Mapping[str, str] = NOBODY_KNOWN,
) -> Tally:
    """Everything a date counted by its facts. `known` are the organisations of our list by folded name."""
    people = attendees(facts)
    known_as = identities(people)
    named = [one for one in people if one.is_present and one.subject in known_as]
    everyone, additional = heads(facts.counts, "everyone"), heads(facts.counts, "additional")
    return Tally(
        registered=registered(facts),
        participations=len(named),
        heads=effective_heads(named_heads(people), everyone, additional),
        minutes=minutes,
        countable_minutes=countable,
        no_shows=no_shows(people),
        counts=breakdown(facts, [one for one in people if one.is_present], known),
        people=dict.fromkeys((hash_of(known_as[one.subject]) for one in named), 1),
    )


def no_shows(people: tuple[Attendee, ...]) -> int:
    """Seats of confirmed people who did not come. Where nobody was marked, heads were counted: nothing is known."""
    if not any(one.mark for one in people):
        return 0
    confirmed = (one for one in people if one.listed is not None and one.listed.is_confirmed)
    return sum(one.party for one in confirmed if not one.is_present)


def breakdown(facts: DateFacts, present: list[Attendee], known: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Heads by dimension and value. Where everyone in the room was counted by a dimension, the list is in it."""
    counts = newest_counts(facts.counts)
    counted_in_full = {one.dimension for one in counts if one.scope == "everyone" and one.heads}
    found: Counter[tuple[str, str]] = Counter()
    for one in present:
        values = {"city": one.city, "organisation": _kept_organisation(one, known), "role": one.role}
        for dimension in OF_THE_LIST:
            if values[dimension] and dimension not in counted_in_full:
                found[dimension, values[dimension]] += one.party
    for count in counts:
        if count.scope == "everyone" or count.dimension not in counted_in_full:
            found[count.dimension, count.value] += count.heads
    return {key: number for key, number in sorted(found.items()) if number}


def _kept_organisation(one: Attendee, known: Mapping[str, str]) -> str:
    """Typed names of organisations may hold anything, a person's name too: only those of our list are kept."""
    is_known = one.listed is not None and one.listed.is_known_organisation
    return one.organisation_name if is_known else known.get(fold(one.organisation_name), "")


def difference(after: Tally, before: Tally) -> Tally:
    counts = {key: after.counts.get(key, 0) - before.counts.get(key, 0) for key in {*after.counts, *before.counts}}
    people = {key: after.people.get(key, 0) - before.people.get(key, 0) for key in {*after.people, *before.people}}
    return Tally(
        registered=after.registered - before.registered,
        participations=after.participations - before.participations,
        heads=after.heads - before.heads,
        minutes=after.minutes - before.minutes,
        countable_minutes=after.countable_minutes - before.countable_minutes,
        no_shows=after.no_shows - before.no_shows,
        counts={key: number for key, number in sorted(counts.items()) if number},
        people={key: change for key, change in sorted(people.items()) if change},
    )


def earlier_hashes(facts: DateFacts, hash_of: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """By the hash somebody has now, those they may have been counted under: a contact shared by several is known by
    its names as well, and whoever cancelled or was erased since shares it no more."""
    people = attendees(facts)
    known_as = identities(people)
    return {
        hash_of(known_as[one.subject]): tuple(map(hash_of, earlier_identities(one)))
        for one in people
        if one.subject in known_as
    }


def settled(change: Tally, spare: int, counted: Mapping[str, int], earlier: Mapping[str, tuple[str, ...]]) -> Tally:
    """The change as the ledger can take it: of people, who goes was `counted` and who comes was not.

    `spare` are the heads it counts without a name. Whoever was erased has none any more, so that a late mark takes away
    the head only: where it was the last one, a name goes with it.
    """
    people: Counter[str] = Counter()
    for key, step in change.people.items():
        known = [one for one in (key, *earlier.get(key, ())) if counted.get(one, 0) + people[one] == 1]
        if step < 0 and known:
            people[known[0]] -= 1
        elif step > 0 and key not in known:
            people[key] += 1
    kept = {key: step for key, step in sorted(people.items()) if step}
    return replace(change, people=kept, participations=min(change.participations, change.heads + spare))


def with_late_registrations(change: Tally, facts: DateFacts, last: datetime) -> Tally:
    """Adds the seats of those signed up after the last evidence; both tallies knew them, so no difference did."""
    late = sum(one.party for one in facts.listed if one.is_confirmed and one.registered_at > last)
    marked = late if facts.marks else 0
    return replace(change, registered=change.registered + late, no_shows=change.no_shows + marked)


def why_not_close(date: HeldDate, is_closed: bool, now: datetime) -> Refusal | None:
    if is_closed:
        return Refusal("already_closed")
    if date.is_called_off:
        return Refusal("event_called_off")
    if date.is_cancelled:
        return Refusal("date_did_not_take_place")
    return Refusal("date_not_over") if now < date.end else None


def why_not_correct(reason: str) -> Refusal | None:
    """A difference nobody explained is worth nothing to whoever checks the figures."""
    return None if reason.strip() else Refusal("correction_without_reason")


def why_not_countable(minutes: int | None) -> Refusal | None:
    if minutes is None or 0 <= minutes <= LONGEST_DATE:
        return None
    return Refusal("impossible_minutes", {"minutes": minutes, "most": LONGEST_DATE})
