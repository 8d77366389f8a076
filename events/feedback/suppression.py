"""What may be shown of the answers to one question so that nobody can be recognised: no count of one to four, nor a
way to work one out from the other counts, their total or the mean. Pure.

Whoever looks may know this module too: what is shown must fit several distributions of which the module makes the
same (tests try all small ones). The page of an event and the comparison of events show the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

LEAST = 5
"""The smallest number that is shown of people who answered, or who gave the same answer."""

NEARLY_ALIKE = 2
"""So few points off an answer all gave alike, the mean would tell what the one or two others said."""

Cells = tuple[int, ...]
ShownCells = tuple[int | None, ...]


@dataclass(frozen=True)
class Shown:
    """Counts in the order of the answers, None where one is hidden; the mean in tenths, None where it is withheld."""

    cells: ShownCells
    tenths: int | None = None

    @property
    def hides_some(self) -> bool:
        return None in self.cells

    @property
    def hides_all(self) -> bool:
        return all(heads is None for heads in self.cells)


def shown_choice(counts: Sequence[int]) -> Shown:
    """Of answers that have no order."""
    return Shown(_without_small(tuple(counts)))


def shown_scale(counts: Sequence[int]) -> Shown:
    """Of answers 1 to 5: counts and mean where both together are safe, else the mean alone, else nothing."""
    cells, answered = tuple(counts), sum(counts)
    hidden: ShownCells = (None,) * len(cells)
    if answered < LEAST:
        return Shown(hidden)
    tenths = _tenths(cells)
    both = Shown(_without_small(cells), tenths)
    if not both.hides_some or (not both.hides_all and _is_safe(both, answered)):
        return both
    total = _points(cells)
    off = min(total - answered, len(cells) * answered - total)
    return Shown(hidden, tenths if off > NEARLY_ALIKE else None)


def _without_small(cells: Cells) -> ShownCells:
    """Hides one to four, and more where these would follow from the total: the next smallest, at last everything."""
    if sum(cells) < LEAST:
        return (None,) * len(cells)
    hidden = {place for place, heads in enumerate(cells) if 0 < heads < LEAST}
    while hidden and _can_be_told([cells[place] for place in hidden]):
        rest = [heads for place, heads in enumerate(cells) if place not in hidden and heads]
        if not rest:
            return (None,) * len(cells)
        # All that are as small: which one of them was taken would say something, too.
        hidden |= {place for place, heads in enumerate(cells) if heads == min(rest)}
    if all(place in hidden or not heads for place, heads in enumerate(cells)):
        return (None,) * len(cells)
    return tuple(None if place in hidden else heads for place, heads in enumerate(cells))


def _can_be_told(hidden: Sequence[int]) -> bool:
    """One is the total less the others; small ones whose sum is the least or the most it can be are all alike."""
    return len(hidden) < 2 or sum(hidden) < LEAST or set(hidden) in ({1}, {LEAST - 1})


@lru_cache(maxsize=4000)
def _is_safe(shown: Shown, answered: int) -> bool:
    """No hidden count is the same small one in all distributions of which the same would be shown."""
    places = [place for place, heads in enumerate(shown.cells) if heads is None]
    seen: dict[int, set[int]] = {place: set() for place in places}
    for cells in _with_the_same(shown, places, answered):
        for place in places:
            seen[place].add(cells[place])
    return all(len(found) > 1 or min(found) >= LEAST for found in seen.values())


def _with_the_same(shown: Shown, places: Sequence[int], answered: int) -> Iterator[Cells]:
    """All distributions that look like this one; what was hidden beside the small counts is all of one size."""
    left = answered - sum(heads or 0 for heads in shown.cells)
    for guess in product(range(LEAST), repeat=len(places)):  # 0 stands for the larger size
        larger, rest = guess.count(0), left - sum(guess)
        if rest < 0 or (rest % larger if larger else rest):
            continue
        size = rest // larger if larger else 0
        values = dict(zip(places, (heads or size for heads in guess), strict=True))
        cells = tuple(values[place] if heads is None else heads for place, heads in enumerate(shown.cells))
        if _tenths(cells) == shown.tenths and _without_small(cells) == shown.cells:
            yield cells


def _points(cells: Sequence[int]) -> int:
    return sum(point * heads for point, heads in enumerate(cells, start=1))


def _tenths(cells: Sequence[int]) -> int:
    """Ten times the mean, rounded half up."""
    answered = sum(cells)
    return (20 * _points(cells) + answered) // (2 * answered)
