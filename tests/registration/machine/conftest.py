"""How a machine runs: on a loop of its own, the same lives on every run."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.registration.machine.machine import Life
from tests.registration.machine.world import Emptied, World

LIVES = 25
"""On each database, the same on both; set it to hundreds while searching."""

CALM = settings(
    max_examples=LIVES,
    stateful_step_count=80,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # finding a smaller example takes minutes: add Phase.shrink while searching
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def live(empty_database: Emptied) -> Iterator[Callable[[settings], int]]:
    """Runs lives and gives the number of their steps. Raises Disagreement."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:

        class Here(Life):
            def __init__(self) -> None:
                super().__init__(World(runner, empty_database))

        def run(how: settings) -> int:
            run_state_machine_as_test(Here, settings=how)
            return Here.steps

        yield run
