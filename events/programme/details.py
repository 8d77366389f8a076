"""What is said when something is offered or changed: plain values for the actions. Texts are by language code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ProgrammeDetails:
    """`policy` holds the fields of `Policy` that differ from its defaults."""

    name: str
    family: str
    kind: str = "other"
    funding: str = ""
    policy: Mapping[str, object] = field(default_factory=dict)
    position: int = 0
    slug: str = ""


@dataclass(frozen=True)
class SeriesDetails:
    programme_id: UUID
    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    slug: str = ""
    published: bool = True


@dataclass(frozen=True)
class VenueDetails:
    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OrganisationDetails:
    """`kind` is a code of `wording.ORGANISATION_KINDS`; `parent_id` the body it belongs to."""

    name: str
    kind: str
    city: str = ""
    parent_id: UUID | None = None


@dataclass(frozen=True)
class EventDetails:
    """`languages` are those spoken besides German; `policy` what differs from the programme's; no capacity is
    unlimited; an empty slug is made from the German title; `translations_checked` are languages that fit the German
    as it is now."""

    programme_id: UUID
    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    format: str = "training"
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    capacity: int | None = None
    policy: Mapping[str, object] = field(default_factory=dict)
    series_id: UUID | None = None
    slug: str = ""
    translations_checked: tuple[str, ...] = ()


@dataclass(frozen=True)
class DateDetails:
    start: datetime
    end: datetime
    break_minutes: int = 0
    venue_id: UUID | None = None
    room: str = ""
    is_online: bool = False
    join_link: str = ""


@dataclass(frozen=True)
class QuotaDetails:
    """For one organisation or for one kind of them, never both; ignored from `release_at` on."""

    places: int
    organisation_id: UUID | None = None
    organisation_kind: str = ""
    release_at: datetime | None = None


@dataclass(frozen=True)
class OptionDetails:
    """One answer to choose; `id` names the one that is changed, without it there is a new one."""

    text: Mapping[str, str]
    places: int | None = None
    id: UUID | None = None


@dataclass(frozen=True)
class QuestionDetails:
    """`kind` is one of `question_rules.KINDS`; `purpose` says in one German sentence why we ask."""

    kind: str
    text: Mapping[str, str]
    hint: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    purpose: str = ""
    keep_days: int = 90
    only_if: UUID | None = None
    only_if_value: str = ""
    options: tuple[OptionDetails, ...] = ()
