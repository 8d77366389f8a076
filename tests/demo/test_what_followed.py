"""What people said and what workshops led to stand in the demo as they would a few years later."""

from datetime import timedelta

from events.demo.certificates import TRAININGS
from events.demo.load import DemoReport
from events.feedback.results import results_of
from events.feedback.rounds import round_of
from events.kit.clock import now
from events.outcomes.queries import all_outcomes, overdue_outcomes
from events.programme.queries import event_by_slug
from tests.outbox import kinds_to


async def test_two_trainings_were_asked_about_and_nobody_was_mailed(demo: DemoReport) -> None:
    for slug in TRAININGS:
        event = await event_by_slug(slug)
        assert event is not None
        asked = await round_of(event.id)
        assert asked is not None and asked.state(now()) == "closed"
        results = await results_of(asked, now())
        assert results is not None and results.forms == 12


async def test_steps_of_2018_are_public_and_one_is_due_soon(demo: DemoReport) -> None:
    found = await all_outcomes()
    assert len(found) == 5 and all(one.is_released and one.details.responsible for one in found)
    assert await overdue_outcomes(demo.first_day) == []
    (due,) = await overdue_outcomes(demo.first_day + timedelta(days=15))
    assert due.status == "begun" and await kinds_to("ki@example.org") == []
