"""The month as the team plans it: every date on its day, holidays, and what overlaps."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from babel.dates import format_date
from litestar import Response, get
from litestar.params import QueryParameter

from events.accounts.rules import sees_only_own_events
from events.kit.clock import BERLIN, berlin, now, today
from events.kit.translation import current_language
from events.kit.translation import gettext as _
from events.programme.conflicts import Conflict, conflicts_among
from events.programme.queries import DateView, EventView, events_between
from events.programme.repeating import marked
from events.programme.trainers import events_led_by
from events.web.guards import SignedIn, needs, team
from events.web.staff.frame import staff_page

YEARS = range(2000, 2101)

Month = Annotated[str, QueryParameter(max_length=7)]


@dataclass(frozen=True)
class Day:
    """One day of the month; `marks` are holidays and feasts in words."""

    day: date
    dates: Sequence[tuple[DateView, EventView]]
    marks: Sequence[str]


@get("/team/veranstaltungen/monat", guards=[needs("read")])
async def show_month(staff: SignedIn, monat: Month = "") -> Response[bytes]:
    moment, first = now(), _first_of(monat)
    after = _neighbour(first, 1)
    start, end = berlin(first, time()), berlin(after, time())
    only = await events_led_by(staff.id, moment) if sees_only_own_events(staff.role) else None
    events = [one for one in await events_between(start, end) if only is None or one.id in only]
    conflicts = await conflicts_among(events, start, end)
    return staff_page(
        "staff/planning/month.html",
        staff,
        month_name=format_date(first, "LLLL y", locale=current_language()),
        weeks=_weeks(first, _by_day(events)),
        weekdays=[format_date(date(2024, 1, day), "EEEE", locale=current_language()) for day in range(1, 8)],
        found=sum(start <= one.start < end for event in events for one in event.dates),
        before=f"{_neighbour(first, -1):%Y-%m}",
        after=f"{after:%Y-%m}",
        conflicts=conflicts,
        clashing=_dates_of(conflicts),
        day=today(),
    )


def _first_of(month: str) -> date:
    """Of the month asked for as in "2026-11", else of the present one."""
    try:
        asked = date.fromisoformat(f"{month}-01")
    except ValueError:
        return today().replace(day=1)
    return asked if asked.year in YEARS else today().replace(day=1)


def _neighbour(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _by_day(events: Sequence[EventView]) -> Mapping[date, list[tuple[DateView, EventView]]]:
    found: dict[date, list[tuple[DateView, EventView]]] = defaultdict(list)
    dates = [(one, event) for event in events for one in event.dates]
    for one, event in sorted(dates, key=lambda pair: pair[0].start):
        found[one.start.astimezone(BERLIN).date()].append((one, event))
    return found


def _weeks(first: date, dates: Mapping[date, list[tuple[DateView, EventView]]]) -> list[list[Day | None]]:
    """From Monday on; None for the days of other months."""
    return [
        [_day(day, dates) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _day(day: date, dates: Mapping[date, list[tuple[DateView, EventView]]]) -> Day:
    about = marked(day)
    return Day(day, dates.get(day, []), [_(name) for name in (*about.against, *about.hints)])


def _dates_of(conflicts: Sequence[Conflict]) -> frozenset[object]:
    return frozenset(one.date.id for found in conflicts for one in (found.one, found.other))


handlers = (team(show_month),)
