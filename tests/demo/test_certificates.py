"""The demo's certificates."""

import json
from collections import Counter

from events.certificates.tables import Certificate
from events.demo.certificates import TRAININGS
from events.demo.load import DemoReport
from events.programme.queries import event_by_slug


async def test_two_trainings_of_three_days_have_theirs_and_one_excused_day_did_no_harm(demo: DemoReport) -> None:
    for slug in TRAININGS:
        event = await event_by_slug(slug)
        assert event is not None and event.policy.certificate == "dates"
        issued = await Certificate.select(Certificate.facts).where(Certificate.event == event.id)
        days = Counter(
            tuple(day["how"] for day in json.loads(row["facts"])["dates"]).count("excused") for row in issued
        )
        assert days == {0: 10, 1: 2}
