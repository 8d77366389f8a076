"""Days on which many people have something else to do."""

from datetime import date

import pytest

from events.kit.feasts import KNOWN_UNTIL, MOVING, feasts_on, orthodox_easter


@pytest.mark.parametrize("easter", [date(2024, 5, 5), date(2025, 4, 20), date(2027, 5, 2), date(2028, 4, 16)])
def test_orthodox_easter_is_where_the_church_has_it(easter: date) -> None:
    assert orthodox_easter(easter.year) == easter


def test_ramadan_and_the_feasts_after_it_are_known_for_the_next_years() -> None:
    assert feasts_on(date(2027, 2, 10)) == ["Ramadan (etwa)"]
    assert feasts_on(date(2027, 3, 9)) == ["Fest des Fastenbrechens (etwa)"]
    assert feasts_on(date(2028, 5, 5)) == ["Opferfest (etwa)"]
    assert max(feast.last for feast in MOVING) <= KNOWN_UNTIL


def test_carnival_is_a_hint_and_an_ordinary_day_is_none() -> None:
    assert feasts_on(date(2026, 2, 16)) == ["Rosenmontag"]
    assert feasts_on(date(2026, 11, 12)) == []
