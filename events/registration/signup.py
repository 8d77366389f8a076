"""What a sign-up consists of, however it reaches us: web, office, import or invitation."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

Source = Literal["web", "office", "import", "invitation"]


def full_name(given_name: str, family_name: str) -> str:
    """Both, one, or nothing: wherever a person is named as a whole."""
    return f"{given_name} {family_name}".strip()


@dataclass(frozen=True)
class GivenAnswer:
    """What a person answered to one question: chosen options, or what was typed (a number in digits, yes or no)."""

    question: UUID
    options: tuple[UUID, ...] = ()
    text: str = ""
    event: UUID | None = field(default=None, compare=False)  # whose question it is, where that is known already


@dataclass(frozen=True)
class Person:
    """One person of a sign-up; everything may be empty where the event's policy allows it."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    organisation: UUID | None = None
    organisation_name: str = ""
    city: str = ""
    role: str = ""
    needs: tuple[str, ...] = ()
    party: int = 1  # seats, the person included
    answers: tuple[GivenAnswer, ...] = ()  # of all events of the sign-up

    @property
    def options(self) -> frozenset[UUID]:
        """Chosen options; those with places of their own need a seat there too."""
        return frozenset(option for answer in self.answers for option in answer.options)

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class SignUp:
    """One submission: these people for each of these events. `submission` makes a doubled submit harmless."""

    events: tuple[UUID, ...]
    people: tuple[Person, ...]
    contact_email: str
    language: str = "de"
    submission: str = ""
    consent_text: str = ""
    source: Source = "web"
    series: UUID | None = None
    override: str = ""  # why staff set aside what is not about seats
    to_prove: bool = False  # somebody else named the address: whoever reads its mails has to confirm

    @property
    def seats(self) -> int:
        return sum(person.party for person in self.people)


@dataclass(frozen=True)
class Receipt:
    """What a sign-up gives back; the same shape whether or not the address was known. `codes` open the own page."""

    booking: UUID
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seats:
    """Seats of an event at a moment. `taken`: party sums of the confirmed and of running holds."""

    capacity: int | None
    taken: int
    waiting: int  # registrations on the waiting list

    @property
    def free(self) -> int | None:
        """None when there is no limit; never negative."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    def fits(self, party: int) -> bool:
        return self.free is None or party <= self.free
