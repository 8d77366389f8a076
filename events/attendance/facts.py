"""What devices and staff say about a date: marks, head counts, notes. How they are stored is in `tables`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.attendance.status import PRESENT


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One statement about one person. The writer makes the id, so that sending it again changes nothing.

    `subject` is the registration's id, or for a walk-in an id of its own. `counter` is 1 + the highest its device has
    seen for this date; 0 lets the server take the next one. The name of a walk-in is kept only if they `consented`.
    """

    id: UUID
    subject: UUID
    mark: str
    party: int = 1
    registration: UUID | None = None
    name: str = ""
    organisation_name: str = ""
    city: str = ""
    consented: bool = False
    source: str = "list"
    device: str = ""
    counter: int = 0
    noted_at: datetime | None = None
    counted_in: UUID | None = None  # set by evidence, never by devices

    @property
    def is_present(self) -> bool:
        return self.mark in PRESENT


@dataclass(frozen=True, kw_only=True)
class Count:
    """The heads of one value of one dimension at one station; id and counter as in `Mark`."""

    id: UUID
    dimension: str
    heads: int
    value: str = ""
    station: str = ""
    scope: str = "everyone"
    device: str = ""
    counter: int = 0
    noted_at: datetime | None = None
    counted_in: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """What whoever led the date wants the office to know; id and counter as in `Mark`."""

    id: UUID
    text: str
    device: str = ""
    counter: int = 0
    noted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A registration of the event with what tells one person from another."""

    registration_id: UUID
    status: str
    party: int
    registered_at: datetime
    given_name: str
    family_name: str
    email: str  # own address, else the contact's
    address_proven: bool
    phone: str
    organisation_name: str
    is_known_organisation: bool
    city: str
    role: str

    @property
    def is_confirmed(self) -> bool:
        return self.status == "confirmed"


@dataclass(frozen=True)
class DateFacts:
    """Everything said about one date, older statements included, and the registrations of its event."""

    marks: tuple[Mark, ...] = ()
    counts: tuple[Count, ...] = ()
    listed: tuple[Listed, ...] = ()

    @property
    def highest_counter(self) -> int:
        return max([0, *(one.counter for one in self.marks), *(one.counter for one in self.counts)])

    def counted(self, *, without: UUID | None = None) -> "DateFacts":
        """Only what evidence has taken in; `without` leaves out what that one row of evidence took in."""
        return DateFacts(
            tuple(one for one in self.marks if one.counted_in not in (None, without)),
            tuple(one for one in self.counts if one.counted_in not in (None, without)),
            self.listed,
        )
