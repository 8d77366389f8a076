"""Whatever groups do in whatever order: each run is counted once, and as running on its days."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from events.groups.rules import Reached, ReportView, is_running, reached, why_not_end, why_not_report

FIRST, LAST = date(2016, 1, 1), date(2017, 12, 31)
DAYS = st.dates(FIRST, LAST)
Step = tuple[int, Literal["report", "end"], date, int, int]
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["report", "end"]), DAYS, st.integers(0, 30), st.integers(0, 30)),
    max_size=30,
)


@dataclass
class Run:
    started_on: date
    ended_on: date | None = None
    reports: dict[date, tuple[int, int]] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)

    def take(self, step: Step) -> None:
        """What the rules refuse does not happen."""
        _, what, day, parents, children = step
        if what == "report":
            report = ReportView(self.id, day, parents, children)
            if why_not_report(report, self.started_on, self.ended_on, LAST) is None:
                self.reports[day] = parents, children
        elif why_not_end(day, self.started_on, self.ended_on, max(self.reports, default=None), LAST) is None:
            self.ended_on = day

    def days(self) -> set[date]:
        """One by one, so that nothing is shared with what is tested."""
        end = self.ended_on or LAST
        return {self.started_on + timedelta(days=number) for number in range((end - self.started_on).days + 1)}


def lived(starts: list[date], steps: list[Step]) -> list[Run]:
    runs = [Run(start) for start in starts]
    for step in steps:
        if step[0] < len(runs):
            runs[step[0]].take(step)
    return runs


@given(starts=st.lists(DAYS, max_size=4), steps=STEPS, span=st.tuples(DAYS, DAYS))
def test_each_run_is_counted_once_by_its_last_report_in_the_span(
    starts: list[date], steps: list[Step], span: tuple[date, date]
) -> None:
    runs = lived(starts, steps)
    told = [ReportView(run.id, day, *people) for run in reversed(runs) for day, people in run.reports.items()]
    groups = parents = children = 0
    for run in runs:
        within = [day for day in run.reports if span[0] <= day <= span[1]]
        if within:
            groups += 1
            parents += run.reports[max(within)][0]
            children += run.reports[max(within)][1]
    assert reached(told, *span) == Reached(groups, parents, children)


@given(starts=st.lists(DAYS, max_size=4), steps=STEPS, day=DAYS)
def test_the_groups_of_a_day_are_those_whose_days_contain_it(starts: list[date], steps: list[Step], day: date) -> None:
    runs = lived(starts, steps)
    running = [run for run in runs if is_running(run.started_on, run.ended_on, day)]
    assert running == [run for run in runs if day in run.days()]
    assert all(set(run.reports) <= run.days() for run in runs)
