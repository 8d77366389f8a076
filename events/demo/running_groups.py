"""The parent groups that run on the first day of the demo: some have just reported, some owe their report."""

from datetime import datetime, timedelta
from typing import NamedTuple

from events.demo.known import Known
from events.demo.places import KITAS
from events.groups.actions import open_group, report_group
from events.kit.clock import BERLIN


class RunningGroup(NamedTuple):
    """Days count back from the first day; no report is one that never came."""

    programme: str
    kita: int
    opened: int
    reported: int | None
    parents: int = 0
    children: int = 0
    languages: tuple[str, ...] = ()


GROUPS = (
    RunningGroup("griffbereit", 0, 110, 25, 9, 10, ("de", "tr", "ar")),
    RunningGroup("griffbereit", 4, 320, 230, 8, 8, ("de", "ar", "ku")),
    RunningGroup("rucksack-kita", 2, 100, 20, 11, 12, ("de", "tr", "bg")),
    RunningGroup("rucksack-kita", 7, 330, 215, 7, 9, ("de", "ru", "pl")),
    RunningGroup("rucksack-kita", 11, 240, None),
)


async def load_running_groups(known: Known, *, now: datetime) -> None:
    for group in GROUPS:
        opened = now - timedelta(days=group.opened)
        day = opened.astimezone(BERLIN).date()
        institution = known.organisations[KITAS[group.kita].key]
        id = await open_group(
            known.programmes[group.programme], institution, f"Gruppe {day.year}", day, by=known.by, now=opened
        )
        if group.reported is not None:
            reported = now - timedelta(days=group.reported)
            day = reported.astimezone(BERLIN).date()
            await report_group(id, day, group.parents, group.children, group.languages, by=known.by, now=reported)
