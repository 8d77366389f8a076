"""Random lives of three events, fifty steps each: the database says what a second reading of the design says."""

from collections.abc import Callable

from hypothesis import settings

from tests.registration.machine.conftest import CALM, LIVES


def test_code_and_design_agree_whatever_happens(live: Callable[[settings], int]) -> None:
    assert live(CALM) >= 50 * LIVES
