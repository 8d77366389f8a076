"""No count of one to four can be worked out from what is shown, even by somebody who knows how it is done."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.feedback.suppression import LEAST, Shown, shown_choice, shown_scale

COUNTS = st.integers(0, 60)


def distributions(people: int, answers: int):
    """All ways in which so many people can answer."""
    if answers == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in distributions(people - first, answers - 1))


def told(show, people: int, answers: int) -> list[tuple[int, ...]]:
    """Distributions with a small count that is the same in all others that look alike."""
    alike = defaultdict(list)
    for cells in distributions(people, answers):
        alike[show(cells)].append(cells)
    return [
        group[0]
        for group in alike.values()
        for place in range(answers)
        if len({cells[place] for cells in group}) == 1 and 0 < group[0][place] < LEAST
    ]


@pytest.mark.parametrize("people", range(15))
def test_a_small_number_of_points_cannot_be_told_from_counts_and_mean(people):
    assert told(shown_scale, people, 5) == []


@pytest.mark.parametrize("answers", range(2, 6))
def test_a_small_number_of_choices_cannot_be_told_from_the_others_and_the_total(answers):
    assert [told(shown_choice, people, answers) for people in range(21 - 2 * answers)] == [[]] * (21 - 2 * answers)


def test_fewer_than_five_answers_show_nothing():
    assert shown_scale([0, 0, 0, 1, 3]) == Shown((None,) * 5)
    assert shown_choice([4, 0]) == Shown((None, None))
    assert shown_choice([0, 0]) == Shown((None, None))


def test_where_nobody_is_alone_everything_is_shown():
    assert shown_scale([0, 0, 5, 5, 10]) == Shown((0, 0, 5, 5, 10), 43)
    assert shown_choice([7, 0, 5]) == Shown((7, 0, 5))


def test_a_small_count_takes_the_next_smallest_with_it():
    assert shown_choice([2, 6, 9]) == Shown((None, None, 9))
    assert shown_choice([2, 6, 6, 9]) == Shown((None, None, None, 9))


def test_the_mean_stays_where_the_counts_cannot():
    assert shown_scale([0, 0, 1, 3, 4]) == Shown((None,) * 5, 44)


def test_all_but_one_alike_show_nothing_at_all():
    assert shown_scale([0, 0, 0, 1, 9]) == Shown((None,) * 5)


@given(st.lists(COUNTS, min_size=2, max_size=8))
def test_no_small_count_is_ever_shown_and_a_hidden_one_is_never_alone(counts):
    cells = shown_choice(counts).cells
    assert not any(heads is not None and 0 < heads < LEAST for heads in cells)
    hidden = [heads for heads, shown in zip(counts, cells, strict=True) if shown is None]
    assert len(hidden) != 1 and (not hidden or sum(hidden) >= LEAST or sum(counts) < LEAST)
    assert all(shown in (None, heads) for heads, shown in zip(counts, cells, strict=True))


@given(st.lists(COUNTS, min_size=5, max_size=5))
def test_what_is_shown_of_a_scale_is_true(counts):
    shown = shown_scale(counts)
    assert not any(heads is not None and 0 < heads < LEAST for heads in shown.cells)
    if shown.tenths is not None:
        mean = sum(point * heads for point, heads in enumerate(counts, 1)) / sum(counts)
        assert abs(shown.tenths / 10 - mean) <= 0.05 + 1e-9
