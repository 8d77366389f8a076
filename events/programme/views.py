"""What the other domains and the pages see of events: plain values, no tables. Texts are by language code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from events.programme.policy import Policy

Texts = Mapping[str, str]


@dataclass(frozen=True)
class DateView:
    """One date. `join_link` is for confirmed people only; `entries` are VEVENT texts, empty in lists of events."""

    id: UUID
    event_id: UUID
    start: datetime
    end: datetime
    break_minutes: int
    venue_id: UUID | None
    venue_name: str
    room: str
    street: str
    postcode: str
    city: str
    latitude: float | None
    longitude: float | None
    is_online: bool
    join_link: str
    cancelled: bool
    uid: str
    sequence: int
    content_changed_at: datetime
    fingerprint: str = ""
    access: Texts = field(default_factory=dict)
    entries: Texts = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Length less breaks."""
        return int((self.end - self.start).total_seconds()) // 60 - self.break_minutes


@dataclass(frozen=True)
class PartnerView:
    organisation_id: UUID
    name: str
    role: str
    city: str


@dataclass(frozen=True)
class QuotaView:
    """Places kept for one organisation (its children included) or for one kind of organisation."""

    organisation_id: UUID | None
    organisation_kind: str
    places: int
    release_at: datetime | None


@dataclass(frozen=True)
class EventView:
    """One bookable unit, of any status and visibility: whoever shows it asks `is_listed` or `is_reachable` first."""

    id: UUID
    slug: str
    status: str
    format: str
    title: Texts
    summary: Texts
    description: Texts
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    hints: tuple[str, ...]
    capacity: int | None
    policy: Policy
    programme_id: UUID
    programme_slug: str
    programme_name: str
    family: str
    kind: str
    funding: str
    series_id: UUID | None
    series_slug: str | None
    series_title: Texts | None
    starts_at: datetime | None
    ends_at: datetime | None
    called_off_reason: Texts
    changed_at: datetime
    turn: int
    dates: tuple[DateView, ...] = ()
    partners: tuple[PartnerView, ...] = ()
    preview_version: int = 1
    translated_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_called_off(self) -> bool:
        return self.status == "called_off"

    @property
    def is_reachable(self) -> bool:
        """May be opened by anyone who has the address."""
        return self.status != "draft"

    @property
    def is_listed(self) -> bool:
        """May stand in public lists and feeds."""
        return self.is_reachable and self.policy.visibility == "public"

    @property
    def coming_dates(self) -> tuple[DateView, ...]:
        """The dates that take place, past ones included."""
        return tuple(date for date in self.dates if not date.cancelled)

    @property
    def has_dates(self) -> bool:
        return bool(self.coming_dates)

    @property
    def cities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(date.city for date in self.coming_dates if date.city))

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def next_start(self, now: datetime) -> datetime | None:
        """Start of the first date that has not ended yet, else of the first one; None for "Termin folgt"."""
        ahead = (date.start for date in self.coming_dates if date.end > now)
        return next(ahead, self.starts_at)

    def part(self, date: DateView) -> tuple[int, int]:
        """Which of how many dates. Cancelled ones keep their number, so that the others do not change theirs."""
        return [each.id for each in self.dates].index(date.id) + 1, len(self.dates)


@dataclass(frozen=True)
class SeriesView:
    id: UUID
    slug: str
    title: Texts
    summary: Texts
    description: Texts
    programme_id: UUID
    programme_slug: str
    programme_name: str
    published_at: datetime | None
    events: tuple[EventView, ...] = ()


@dataclass(frozen=True)
class ProgrammeView:
    id: UUID
    slug: str
    name: str
    family: str
    kind: str
    funding: str
    policy: Policy
    position: int


@dataclass(frozen=True)
class VenueView:
    id: UUID
    name: str
    street: str
    postcode: str
    city: str
    latitude: float | None
    longitude: float | None
    access: Texts


@dataclass(frozen=True)
class OrganisationView:
    id: UUID
    name: str
    kind: str
    parent_id: UUID | None
    city: str


@dataclass(frozen=True)
class OptionView:
    """One answer to choose. `places`: seats of its own, None is unlimited."""

    id: UUID
    text: Texts
    places: int | None


@dataclass(frozen=True)
class QuestionView:
    """What an event asks. `only_if`: asked only when that question was answered with `only_if_value`."""

    id: UUID
    event_id: UUID
    kind: str
    text: Texts
    hint: Texts
    required: bool
    purpose: str
    keep_days: int
    only_if: UUID | None
    only_if_value: str
    options: tuple[OptionView, ...] = ()
