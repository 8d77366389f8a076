"""Adding up what dates and groups contributed. Plain values; where they come from is in `queries`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from events.groups.queries import PlacedReport
from events.groups.rules import reached
from events.programme.queries import ProgrammeView
from events.programme.rules import teaching_units

By = Literal["programme", "family", "kind", "format", "city", "funding"]
BYS: tuple[By, ...] = get_args(By)


@dataclass(frozen=True)
class Place:
    """Where a contribution or a group belongs; filters and lines go by it. `programme` is a slug."""

    programme: str
    family: str
    kind: str
    format: str
    city: str
    funding: str

    def key(self, by: By) -> str:
        return str(getattr(self, by))


@dataclass(frozen=True)
class Contribution:
    """What dates of one event add that took place in one city, the first at `start`.

    `registered` and `seats` (None: no limit) are those of the whole event; of `estimated` dates no list tells.
    """

    event_id: UUID
    place: Place
    start: datetime
    registered: int
    participations: int
    heads: int
    minutes: int
    countable_minutes: int
    no_shows: int = 0
    seats: int | None = None
    dates: int = 1
    open_dates: int = 0
    estimated: int = 0
    people: frozenset[str] = frozenset()
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class NotHeld:
    """An event of the span without a date that took place."""

    place: Place
    is_called_off: bool


@dataclass(frozen=True)
class Figure:
    """One line of a report. `programme` is what the line is about: a programme, family, kind, format, city, funding.

    `people` are distinct, within a family of programmes: the same person in two families counts twice there.
    `open_dates` of the `dates` are not closed yet, their part is live. `running` groups are those of the last day.
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
    no_shows: int = 0
    seats: int = 0
    seats_taken: int = 0
    running: int = 0
    planned: int = 0
    called_off: int = 0
    estimated: int = 0

    @property
    def teaching_units(self) -> float:
        """Of 45 minutes; the exact sum, rounded to two decimals."""
        return round(float(teaching_units(self.minutes)), 2)

    @property
    def countable_hours(self) -> float:
        return round(self.countable_minutes / 60, 2)

    @property
    def without_name(self) -> int:
        """Heads that were counted, or came along with somebody named."""
        return self.heads - self.participations

    @property
    def seats_used(self) -> int | None:
        """Percent of the seats of events that have a limit; None where no event has one."""
        return round(100 * self.seats_taken / self.seats) if self.seats else None


@dataclass(frozen=True)
class Filter:
    """None lets everything through. `programme` is a slug."""

    programme: str | None = None
    family: str | None = None
    kind: str | None = None
    city: str | None = None
    format: str | None = None
    funding: str | None = None

    def lets_through(self, place: Place) -> bool:
        return all(getattr(place, name) == value for name, value in self.chosen().items())

    def chosen(self) -> dict[str, str]:
        return {name: value for name in BYS if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Material:
    """Everything a report of a span is made of, filtered; programmes in the order lists show them.

    `people` were counted by line in the database, under None all together; those of open dates are added here, unless
    they are `known` there. `running`: of each group that runs on the last day.
    """

    start: date
    end: date
    programmes: Sequence[ProgrammeView]
    contributions: Sequence[Contribution]
    reports: Sequence[tuple[Place, PlacedReport]]
    not_held: Sequence[NotHeld] = ()
    running: Sequence[Place] = ()
    people: Mapping[str | None, int] = field(default_factory=dict)
    known: frozenset[tuple[str | None, str]] = frozenset()
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass
class Line:
    """What falls into one line; `beginnings` are the first dates of the events that count here."""

    dates: list[Contribution] = field(default_factory=list)
    beginnings: list[Contribution] = field(default_factory=list)
    reports: list[PlacedReport] = field(default_factory=list)
    running: int = 0
    planned: int = 0
    called_off: int = 0


def add_up(material: Material, by: By, label: Callable[[str], str]) -> list[Figure]:
    """One figure for each key that has anything, in the order of the programmes (cities by name)."""
    lines = _lines(material, lambda place: place.key(by))
    order = list(
        dict.fromkeys(str(getattr(one, "slug" if by == "programme" else by, "")) for one in material.programmes)
    )
    kinds = _kinds(material, by)
    keys = sorted(lines, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [_figure(lines[key], key, label(key), kinds.get(key, set()), material) for key in keys]


def altogether(material: Material, label: str) -> Figure:
    """The line below the others: people are counted anew, not added."""
    lines = _lines(material, lambda _place: "")
    return _figure(lines.get("", Line()), None, label, set(), material)


def heads_by(material: Material) -> dict[str, dict[str, int]]:
    """Heads by dimension and value, closed and open dates together."""
    sums = Counter(material.counts)
    for one in material.contributions:
        sums.update(one.counts)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (dimension, value), heads in sorted(sums.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1])):
        if heads:
            found[dimension][value] = heads
    return dict(found)


def _kinds(material: Material, by: By) -> dict[str, set[str]]:
    """The kinds of programmes in a line; a format or a city has none of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in material.programmes if by in ("programme", "family", "kind") else ():
        found[one.slug if by == "programme" else str(getattr(one, by))].add(one.kind)
    return found


def _lines(material: Material, key: Callable[[Place], str]) -> dict[str, Line]:
    lines: dict[str, Line] = defaultdict(Line)
    first = {id(one) for one in first_of_each_event(material.contributions)}
    for one in material.contributions:
        line = lines[key(one.place)]
        line.dates.append(one)
        line.beginnings += [one] if id(one) in first else []
    for place, report in material.reports:
        lines[key(place)].reports.append(report)
    for place in material.running:
        lines[key(place)].running += 1
    for event in material.not_held:
        line = lines[key(event.place)]
        line.called_off += event.is_called_off
        line.planned += not event.is_called_off
    return lines


def first_of_each_event(contributions: Iterable[Contribution]) -> list[Contribution]:
    """An event and its registered people count where and when its first date was."""
    first: dict[UUID, Contribution] = {}
    for one in sorted(contributions, key=lambda one: one.start):
        first.setdefault(one.event_id, one)
    return list(first.values())


def _figure(line: Line, key: str | None, label: str, kinds: set[str], material: Material) -> Figure:
    groups = reached((one.report for one in line.reports), material.start, material.end)
    live = {hash for one in line.dates for hash in one.people if (key, hash) not in material.known}
    limited = [one for one in line.beginnings if one.seats is not None]
    return Figure(
        programme=label,
        kind=next(iter(kinds)) if len(kinds) == 1 else "",
        events=len(line.beginnings),
        dates=sum(one.dates for one in line.dates),
        registered=sum(one.registered for one in line.beginnings),
        people=material.people.get(key, 0) + len(live),
        participations=sum(one.participations for one in line.dates),
        heads=sum(one.heads for one in line.dates),
        minutes=sum(one.minutes for one in line.dates),
        countable_minutes=sum(one.countable_minutes for one in line.dates),
        groups=groups.groups,
        parents=groups.parents,
        children=groups.children,
        open_dates=sum(one.open_dates for one in line.dates),
        no_shows=sum(one.no_shows for one in line.dates),
        seats=sum(one.seats or 0 for one in limited),
        seats_taken=sum(one.registered for one in limited),
        running=line.running,
        planned=line.planned,
        called_off=line.called_off,
        estimated=sum(one.estimated for one in line.dates),
    )
