"""Adding up what dates and groups contributed. Plain values; where they come from is in `queries`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from events.evidence.rules import teaching_units
from events.groups.queries import PlacedReport
from events.groups.rules import reached
from events.programme.queries import ProgrammeView

By = Literal["programme", "family", "kind", "city"]
BYS: tuple[By, ...] = get_args(By)


@dataclass(frozen=True)
class Contribution:
    """What one date that took place adds. `registered` is that of its whole event; `people` are keyed hashes."""

    event_id: UUID
    programme_id: UUID
    family: str
    city: str
    start: datetime
    is_open: bool
    registered: int
    participations: int
    heads: int
    minutes: int
    countable_minutes: int
    people: frozenset[str]


@dataclass(frozen=True)
class Figure:
    """One line of a report. `programme` is what the line is about: a programme, family, kind or city.

    `people` are distinct, within a family of programmes: the same person in two families counts twice there.
    `open_dates` of the `dates` are not closed yet, their part is live.
    """

    programme: str
    kind: str
    events: int = 0
    dates: int = 0
    registered: int = 0
    people: int = 0
    participations: int = 0
    heads: int = 0
    minutes: int = 0
    countable_minutes: int = 0
    groups: int = 0
    parents: int = 0
    children: int = 0
    open_dates: int = 0

    @property
    def teaching_units(self) -> float:
        """Of 45 minutes; the exact sum, rounded to two decimals."""
        return round(float(teaching_units(self.minutes)), 2)


@dataclass(frozen=True)
class Place:
    """Where a contribution or a group belongs; filters and lines go by it."""

    programme: ProgrammeView
    family: str
    city: str

    def key(self, by: By) -> str:
        keys = {
            "programme": str(self.programme.id),
            "family": self.family,
            "kind": self.programme.kind,
            "city": self.city,
        }
        return keys[by]


@dataclass(frozen=True)
class Filter:
    """None lets everything through. `programme` is a slug."""

    programme: str | None = None
    family: str | None = None
    kind: str | None = None
    city: str | None = None

    def lets_through(self, place: Place) -> bool:
        wanted = (self.programme, self.family, self.kind, self.city)
        found = (place.programme.slug, place.family, place.programme.kind, place.city)
        return all(one is None or one == other for one, other in zip(wanted, found, strict=True))


@dataclass(frozen=True)
class Material:
    """Everything a report of a span is made of; programmes in the order lists show them."""

    start: date
    end: date
    programmes: Sequence[ProgrammeView]
    contributions: Sequence[Contribution]
    reports: Sequence[PlacedReport]


@dataclass
class Line:
    """What falls into one line; `beginnings` are the first dates of the events that count here."""

    dates: list[Contribution] = field(default_factory=list)
    beginnings: list[Contribution] = field(default_factory=list)
    reports: list[PlacedReport] = field(default_factory=list)


def add_up(material: Material, by: By, only: Filter, label: Callable[[str], str]) -> list[Figure]:
    """One figure for each key that has anything, in the order of the programmes (cities by name)."""
    lines = _lines(material, by, only)
    places = [Place(programme, programme.family, "") for programme in material.programmes]
    order = list(dict.fromkeys(place.key(by) for place in places)) if by != "city" else []
    kinds = {key: {place.programme.kind for place in places if place.key(by) == key} for key in lines}
    keys = sorted(lines, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [_figure(lines[key], label(key), kinds[key] if by != "city" else set(), material) for key in keys]


def _lines(material: Material, by: By, only: Filter) -> dict[str, Line]:
    programmes = {programme.id: programme for programme in material.programmes}
    lines: dict[str, Line] = defaultdict(Line)
    first = {id(one) for one in first_of_each_event(material.contributions)}
    for one in material.contributions:
        place = Place(programmes[one.programme_id], one.family, one.city)
        if only.lets_through(place):
            line = lines[place.key(by)]
            line.dates.append(one)
            line.beginnings += [one] if id(one) in first else []
    for report in material.reports:
        programme = programmes[report.programme_id]
        place = Place(programme, programme.family, report.city)
        if only.lets_through(place):
            lines[place.key(by)].reports.append(report)
    return lines


def first_of_each_event(contributions: Iterable[Contribution]) -> list[Contribution]:
    """An event and its registered people count where and when its first date was."""
    first: dict[UUID, Contribution] = {}
    for one in sorted(contributions, key=lambda one: one.start):
        first.setdefault(one.event_id, one)
    return list(first.values())


def _figure(line: Line, label: str, kinds: set[str], material: Material) -> Figure:
    groups = reached((one.report for one in line.reports), material.start, material.end)
    people: set[str] = set().union(*(one.people for one in line.dates))
    return Figure(
        programme=label,
        kind=next(iter(kinds)) if len(kinds) == 1 else "",
        events=len(line.beginnings),
        dates=len(line.dates),
        registered=sum(one.registered for one in line.beginnings),
        people=len(people),
        participations=sum(one.participations for one in line.dates),
        heads=sum(one.heads for one in line.dates),
        minutes=sum(one.minutes for one in line.dates),
        countable_minutes=sum(one.countable_minutes for one in line.dates),
        groups=groups.groups,
        parents=groups.parents,
        children=groups.children,
        open_dates=sum(one.is_open for one in line.dates),
    )
