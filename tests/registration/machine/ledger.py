"""A second reading of the design in plain lists: who has which place, and what is free. Asks none of our own code.

What people and staff do to these lists is in `model.py`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

GONE = ("cancelled", "lapsed", "declined")


@dataclass
class Share:
    """A quota: for one organisation with its children, or for one kind of organisation."""

    organisation: UUID | None
    kind: str
    places: int
    release_at: datetime | None = None


@dataclass(frozen=True)
class Home:
    parent: UUID | None
    kind: str
    covered: bool  # by an agreement, its own or that of its body


@dataclass
class Evening:
    id: UUID
    slug: str
    starts: datetime
    capacity: int | None
    waiting_list: str = "direct"
    approval: bool = False
    needs_email: bool = True
    request_holds_place: bool = True
    agreement: bool = False
    cut_off_hours: int = 12
    max_party: int = 1
    sign_up_until_hours: int = 0
    cancel_until_hours: int = 0
    called_off: bool = False
    shares: list[Share] = field(default_factory=list)
    groups: dict[UUID, int | None] = field(default_factory=dict)  # places of each working group

    @property
    def asks_office(self) -> bool:
        """Some or all become requests."""
        return self.approval or self.agreement

    def passes_on(self, now: datetime) -> bool:
        """Free places go to those who wait, until the cut-off."""
        in_time = now < self.starts - timedelta(hours=self.cut_off_hours)
        return in_time and not self.called_off and self.waiting_list != "off"


@dataclass
class Human:
    name: str
    organisation: UUID | None = None
    never_came: bool = False  # a place was held, and somebody else was named


@dataclass
class Submission:
    """One booking with its people in the order they were named."""

    id: UUID
    email: str
    proven: bool
    in_series: bool
    people: list[Human]
    is_invited: bool = False

    def key(self, position: int) -> tuple[str, str] | None:
        return (self.email, self.people[position].name) if self.email else None


@dataclass(eq=False)
class Place:
    """One registration. `until`: when its hold or offer ends; `rank`: which transaction put it in the queue."""

    booking: UUID
    position: int
    event: UUID
    party: int
    rank: int
    group: UUID | None = None
    status: str = "new"
    keeps: bool = False
    until: datetime | None = None
    key: tuple[str, str] | None = None

    def becomes(self, status: str, held_until: datetime | None = None) -> None:
        self.status, self.keeps, self.until = status, held_until is not None, held_until

    def has_seat(self, now: datetime) -> bool:
        return self.status == "confirmed" or (self.keeps and self.until is not None and self.until > now)

    def is_there(self, event: UUID) -> bool:
        return self.event == event and self.is_active

    @property
    def is_active(self) -> bool:
        return self.status not in GONE


@dataclass
class Ledger:
    evenings: dict[UUID, Evening]
    homes: dict[UUID | None, Home]
    bookings: dict[UUID, Submission] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    turn: int = 0

    def of(self, event: UUID) -> list[Place]:
        """In the order of the queue; people of one sign-up as they were named."""
        return sorted((one for one in self.places if one.event == event), key=lambda one: (one.rank, one.position))

    def waiting(self, event: UUID) -> list[Place]:
        return [one for one in self.of(event) if one.status == "waiting"]

    def organisation_of(self, one: Place) -> UUID | None:
        return self.bookings[one.booking].people[one.position].organisation

    def taken(self, event: UUID, now: datetime) -> int:
        return sum(one.party for one in self.places if one.event == event and one.has_seat(now))

    def counts(self, share: Share, organisation: UUID | None, now: datetime) -> bool:
        if organisation is None or (share.release_at is not None and share.release_at <= now):
            return False
        home = self.homes[organisation]
        if share.organisation is not None:
            return share.organisation in (organisation, home.parent)
        return share.kind == home.kind

    def used(self, event: UUID, share: Share, now: datetime) -> int:
        mine = [one for one in self.places if one.event == event and one.has_seat(now)]
        return sum(one.party for one in mine if self.counts(share, self.organisation_of(one), now))

    def free_in_group(self, event: UUID, group: UUID | None, now: datetime) -> int | None:
        places = self.evenings[event].groups.get(group) if group else None
        if places is None:
            return None
        mine = [one for one in self.places if one.event == event and one.group == group and one.has_seat(now)]
        return places - sum(one.party for one in mine)

    def free(self, event: UUID, now: datetime) -> int | None:
        """None without a limit; never below nothing."""
        capacity = self.evenings[event].capacity
        return None if capacity is None else max(0, capacity - self.taken(event, now))

    def fits(self, event: UUID, party: int, organisation: UUID | None, group: UUID | None, now: datetime) -> bool:
        """Seats of the event, of every quota that counts this person, and of the working group."""
        rooms = [self.free(event, now), self.free_in_group(event, group, now)]
        rooms += [
            share.places - self.used(event, share, now)
            for share in self.evenings[event].shares
            if self.counts(share, organisation, now)
        ]
        return all(room is None or party <= room for room in rooms)

    def place_fits(self, one: Place, now: datetime) -> bool:
        return self.fits(one.event, one.party, self.organisation_of(one), one.group, now)

    def is_covered(self, event: UUID, organisation: UUID | None) -> bool:
        return not self.evenings[event].agreement or self.homes[organisation].covered

    def is_known(self, event: UUID, key: tuple[str, str] | None) -> bool:
        return key is not None and any(one.event == event and one.key == key and one.is_active for one in self.places)


def hold_ends(evening: Evening, now: datetime, somebody_waits: bool) -> datetime:
    """A week while nobody waits, else a day, within two days of the start two hours; never past the start."""
    if not somebody_waits:
        return min(now + timedelta(days=7), evening.starts)
    close = evening.starts - now <= timedelta(hours=48)
    return min(now + timedelta(hours=2 if close else 24), evening.starts)


def offer_ends(evening: Evening, now: datetime) -> datetime | None:
    """Decision 9: by day, before the cut-off; None where less than two hours would be left, or nothing is offered."""
    if evening.waiting_list != "offer":
        return None
    close = evening.starts - now <= timedelta(hours=72)
    ends, day = now + timedelta(hours=6 if close else 48), timedelta(days=1)
    clock = _berlin(ends)
    if (clock.hour, clock.minute, clock.second) > (20, 0, 0):
        ends = _at(clock + day, 12)
    elif clock.hour < 8:
        ends = _at(clock, 12)
    last = evening.starts - timedelta(hours=evening.cut_off_hours)
    clock = _berlin(last)
    if (clock.hour, clock.minute, clock.second) > (20, 0, 0):
        last = _at(clock, 20)
    elif clock.hour < 8:
        last = _at(clock - day, 20)
    ends = min(ends, last)
    return ends if ends >= now + timedelta(hours=2) else None


def _berlin(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("Europe/Berlin"))


def _at(day: datetime, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
