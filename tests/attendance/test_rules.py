"""Which statement counts and how many heads there were."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.attendance.facts import Count, Mark
from events.attendance.rules import (
    effective_heads,
    heads,
    newest_marks,
    why_not_count,
    why_not_mark,
    why_not_record,
)
from events.attendance.wording import REFUSALS, next_step, refusal_text
from events.kit.clock import now

AMIRA = uuid4()


def count(heads: int, dimension: str = "people", value: str = "women", **details: object) -> Count:
    return Count(id=uuid4(), dimension=dimension, value=value, heads=heads, **details)  # type: ignore[arg-type]


def mark(mark: str = "present", **details: object) -> Mark:
    return Mark(id=uuid4(), subject=AMIRA, mark=mark, **details)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "everyone", "additional", "expected"),
    [
        (0, 0, 0, 0),
        (12, 0, 0, 12),
        (0, 30, 0, 30),
        (12, 30, 0, 30),  # the list is among those in the room
        (30, 12, 0, 30),  # somebody was overlooked when counting
        (5, 0, 24, 29),  # beside the list
        (5, 30, 24, 30),
        (5, 20, 24, 29),
    ],
)
def test_nobody_is_counted_twice(named: int, everyone: int, additional: int, expected: int) -> None:
    assert effective_heads(named, everyone, additional) == expected


def test_stations_are_summed_and_at_each_one_the_fullest_dimension_counts() -> None:
    hall = [
        count(8, station="Saal"),
        count(4, value="men", station="Saal"),
        count(10, "language", "tr", station="Saal"),
    ]
    kitchen = [count(3, station="Küche"), count(5, "language", "ar", station="Küche")]
    assert heads([*hall, *kitchen], "everyone") == 12 + 5


def test_children_looked_after_next_door_do_not_take_part() -> None:
    assert heads([count(8), count(6, "childcare", "children")], "everyone") == 8


def test_the_two_scopes_are_counted_apart() -> None:
    counts = [count(8), count(3, value="men", scope="additional")]
    assert (heads(counts, "everyone"), heads(counts, "additional")) == (8, 3)


def test_counting_again_with_the_other_scope_replaces_the_first_count() -> None:
    counts = [count(8, counter=1), count(5, counter=2, scope="additional")]
    assert (heads(counts, "everyone"), heads(counts, "additional")) == (0, 5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"counter": 1, "device": "b"}, {"counter": 2, "device": "a"}),
        ({"counter": 2, "device": "a"}, {"counter": 2, "device": "b"}),
        ({"counter": 2, "device": "a", "id": UUID(int=1)}, {"counter": 2, "device": "a", "id": UUID(int=2)}),
    ],
)
def test_the_newest_is_the_greatest_counter_then_device_then_id(first: dict, second: dict) -> None:
    earlier = Mark(**{"id": uuid4(), "subject": AMIRA, "mark": "absent", **first})
    later = Mark(**{"id": uuid4(), "subject": AMIRA, "mark": "present", **second})
    assert newest_marks([later, earlier])[AMIRA] == newest_marks([earlier, later])[AMIRA] == later


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (mark("asleep"), "unknown_mark"),
        (mark(party=0), "impossible_number"),
        (mark(party=2001), "impossible_number"),
        (mark(source="rumour"), "unknown_source"),
        (mark(counter=-1), "impossible_counter"),
        (mark(name="x" * 121), "text_too_long"),
    ],
)
def test_an_impossible_mark_is_refused(wrong: Mark, code: str) -> None:
    refusal = why_not_mark(wrong)
    assert refusal is not None
    assert refusal.code == code
    assert refusal.facts["id"] == str(wrong.id)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (count(-1), "impossible_number"),
        (count(2001), "impossible_number"),
        (count(3, "religion", "any"), "unknown_dimension"),
        (count(3, scope="nobody"), "unknown_scope"),
        (count(3, value=" "), "value_missing"),
        (count(3, "total", "women"), "value_missing"),
        (count(3, value="x" * 81), "text_too_long"),
    ],
)
def test_an_impossible_count_is_refused(wrong: Count, code: str) -> None:
    refusal = why_not_count(wrong)
    assert refusal is not None
    assert refusal.code == code


def test_a_possible_fact_is_not_refused() -> None:
    assert why_not_mark(mark("left_early", party=2000, counter=7, name="Şükrü")) is None
    assert why_not_count(count(0)) is None
    assert why_not_count(count(2000, "total", "")) is None


def test_nothing_is_recorded_about_a_date_that_lies_ahead() -> None:
    assert why_not_record(now() + timedelta(hours=25), now()) is not None
    assert why_not_record(now() + timedelta(hours=23), now()) is None


def test_every_refusal_says_something() -> None:
    for wrong in (mark(party=-3), mark("asleep")):
        refusal = why_not_mark(wrong)
        assert refusal is not None
        assert refusal_text(refusal)
        assert next_step(refusal) is not None
    assert "-3" in refusal_text(why_not_mark(mark(party=-3)))  # type: ignore[arg-type]
    assert all(REFUSALS.values())
