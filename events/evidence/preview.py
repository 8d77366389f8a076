"""What closing a date would count, before anything is written, and what a closed one counts by now. Pure."""

from collections import Counter
from collections.abc import Iterable

from events.attendance.facts import DateFacts
from events.evidence.queries import EvidenceView
from events.evidence.rules import HeldDate, Tally, tally


def preview(date: HeldDate, facts: DateFacts) -> Tally:
    """As `close_date` would count it now. The people in it are told apart, not hashed: never store it."""
    return tally(facts, date.minutes, date.minutes, _as_it_is)


def so_far(ledger: Iterable[EvidenceView]) -> Tally:
    """Heads by dimension and value with all corrections; nothing else of the tally is filled."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in ledger:
        counts.update(row.counts)
    return Tally(counts={key: number for key, number in sorted(counts.items()) if number})


def _as_it_is(identity: str) -> str:
    return identity
