"""What one's own page is made of: plain values. How they are found is in `own_page`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from events.kit.refusals import NotFound, Refusal
from events.programme.views import EventView
from events.registration.own.answers import Answers
from events.registration.signup import full_name
from events.registration.status import is_active


@dataclass(frozen=True)
class OwnRegistration:
    id: UUID
    participant: UUID
    event: EventView
    status: str
    party: int
    person: str
    rank: int | None  # place in the queue, for those who wait
    has_seat: bool
    may_confirm: bool
    why_not_confirm: Refusal | None  # of what is still open
    why_not_cancel: Refusal | None
    may_change_party: bool
    may_send_another: bool
    answer_until: datetime | None  # of an offered place
    answers: Answers

    @property
    def is_active(self) -> bool:
        return is_active(self.status)

    @property
    def cancel_until(self) -> datetime | None:
        """None once it cannot be given back here, and without a date."""
        if self.why_not_cancel is not None or self.event.starts_at is None:
            return None
        return self.event.starts_at - timedelta(hours=self.event.policy.cancel_until_hours)


@dataclass(frozen=True)
class OwnPerson:
    id: UUID
    given_name: str
    family_name: str
    email: str
    phone: str
    organisation_id: UUID | None  # of our list
    organisation: str
    city: str
    role: str
    needs: tuple[str, ...]
    code: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class OwnCalendar:
    """To subscribe to. Switched off, its address opens nothing."""

    address: str
    is_on: bool


@dataclass(frozen=True)
class OwnPage:
    email: str
    language: str  # of the mails
    is_proven: bool
    people: tuple[OwnPerson, ...]
    registrations: tuple[OwnRegistration, ...]
    further: tuple[EventView, ...]  # of the same series, open for sign-up and not booked
    registered_by: str | None  # for a participant's link: the contact's name, which may be empty
    calendar: OwnCalendar

    @property
    def by_event(self) -> list[tuple[EventView, list[OwnRegistration]]]:
        """In the order of the registrations."""
        found: dict[UUID, list[OwnRegistration]] = {}
        for one in self.registrations:
            found.setdefault(one.event.id, []).append(one)
        return [(of_event[0].event, of_event) for of_event in found.values()]

    @property
    def is_of_contact(self) -> bool:
        return self.registered_by is None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.people if one.code)

    @property
    def may_confirm(self) -> bool:
        return any(one.may_confirm for one in self.registrations)

    @property
    def still_in(self) -> tuple[OwnPerson, ...]:
        """Who has a registration that is not cancelled; their details can be corrected."""
        ids = {one.participant for one in self.registrations if one.is_active}
        return tuple(one for one in self.people if one.id in ids)

    @property
    def cancellable(self) -> int:
        return sum(one.why_not_cancel is None for one in self.registrations)

    def registration(self, id: UUID | None) -> OwnRegistration:
        """Raises NotFound for what is not theirs."""
        return _with_id(self.registrations, id)

    def person(self, id: UUID | None) -> OwnPerson:
        """Raises NotFound for what is not theirs."""
        return _with_id(self.people, id)


Row = TypeVar("Row", OwnRegistration, OwnPerson)


def _with_id(rows: Iterable[Row], id: UUID | None) -> Row:
    for row in rows:
        if row.id == id:
            return row
    raise NotFound
