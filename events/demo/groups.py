"""The parent groups of 2014 to 2018: one run per Kita or school year, each with one report shortly before its end."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import accumulate, cycle, islice, pairwise
from typing import NamedTuple

from events.demo.known import Known
from events.demo.places import KITAS, SCHOOLS, OrganisationPlan
from events.groups.actions import end_group, open_group, report_group
from events.kit.clock import berlin

LANGUAGES = ("de", "tr", "ar", "pl", "ku", "sq", "ru", "prs", "el", "bg", "cs")
SIZES = (8, 10, 9, 7, 11)
"""In which proportion people are spread over the runs, again and again."""


class Programme(NamedTuple):
    """`runs` begin in 2014, 2015, 2016 and 2017; those of the last two are the groups that were running in 2017."""

    slug: str
    institutions: Sequence[OrganisationPlan]
    runs: tuple[int, int, int, int]
    parents: int
    children: int


class Run(NamedTuple):
    programme: str
    institution: OrganisationPlan
    name: str
    started_on: date
    ended_on: date
    reported_on: date
    parents: int
    children: int
    languages: tuple[str, ...]


PROGRAMMES = (
    Programme("griffbereit", KITAS[:13], (4, 6, 13, 13), 310, 332),
    Programme("rucksack-kita", KITAS[:23], (22, 24, 23, 23), 670, 757),
    # Two schools at first, a third one since 2017.
    Programme("rucksack-schule", SCHOOLS, (2, 2, 3, 4), 71, 73),
)


async def load_groups(known: Known) -> None:
    for programme in PROGRAMMES:
        for run in runs_of(programme):
            await _load_run(run, known)


def runs_of(programme: Programme) -> Iterator[Run]:
    how_many = sum(programme.runs)
    parents = spread(programme.parents, how_many)
    children = spread(programme.children, how_many)
    number = 0
    for year, count in enumerate(programme.runs, start=2014):
        institutions = programme.institutions if year == 2017 or programme.slug != "rucksack-schule" else SCHOOLS[:2]
        for place in range(count):
            yield Run(
                programme.slug,
                institutions[place % len(institutions)],
                _name(place // len(institutions), year),
                date(year, 8, 1),
                date(year + 1, 7, 31),
                date(year + 1, 6, 1 + number % 28),
                parents[number],
                children[number],
                _languages(number),
            )
            number += 1


def spread(total: int, over: int) -> list[int]:
    """Whole numbers of a natural look that add up to the total exactly."""
    sizes = list(accumulate(islice(cycle(SIZES), over), initial=0))
    return [total * end // sizes[-1] - total * start // sizes[-1] for start, end in pairwise(sizes)]


def _name(group: int, year: int) -> str:
    return f"Gruppe {group + 1}, {year}/{(year + 1) % 100:02}"


def _languages(number: int) -> tuple[str, ...]:
    """German and two or three others, another choice for each run."""
    others = LANGUAGES[1:]
    return ("de", *(others[(number + step) % len(others)] for step in range(2 + number % 2)))


async def _load_run(run: Run, known: Known) -> None:
    programme = known.programmes[run.programme]
    institution = known.organisations[run.institution.key]
    started, reported = berlin(run.started_on, time(10)), berlin(run.reported_on, time(10))
    group = await open_group(
        programme, institution, run.name, run.started_on, by=known.by, now=started, agreement="historic"
    )
    await report_group(group, run.reported_on, run.parents, run.children, run.languages, by=known.by, now=reported)
    await end_group(group, run.ended_on, by=known.by, now=berlin(run.ended_on, time(10)) + timedelta(days=1))
