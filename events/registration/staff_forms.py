"""What the office may type about registrations: by phone, deciding, correcting. Almost nothing is required."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import EmailAddress, GivenName, MultilineText, Name, PhoneNumber
from events.registration.forms import Need, Role

Organisation = Annotated[str, Meta(max_length=160)]
City = Annotated[str, Meta(max_length=80)]
Reason = Annotated[MultilineText, Meta(max_length=1000)]
NeededReason = Annotated[MultilineText, Meta(min_length=1, max_length=1000)]
Seats = Annotated[int, Meta(ge=1, le=30)]


class PhoneForm(Struct, kw_only=True):
    """Somebody on the phone. `anyway`: although somebody alike is registered; `override`: although rules say no."""

    given_name: Name = ""
    family_name: Name = ""
    phone: PhoneNumber | None = None
    email: EmailAddress = ""
    organization: Organisation = ""
    party: Seats = 1
    override: Reason = ""
    anyway: bool = False
    submission: Annotated[str, Meta(max_length=64)] = ""

    @property
    def names_somebody(self) -> bool:
        return bool(self.given_name or self.family_name or self.phone or self.email)


class DetailsForm(Struct, kw_only=True):
    """What is known of a person; the address stays, for whoever reads its mails owns the booking."""

    given_name: Name = ""
    family_name: Name = ""
    phone: PhoneNumber | None = None
    organization: Organisation = ""
    city: City = ""
    role: Role = ""
    needs: list[Need] = []


class SubstituteForm(Struct, kw_only=True):
    """Who comes instead."""

    given_name: GivenName
    family_name: Name = ""
    phone: PhoneNumber | None = None
    email: EmailAddress = ""
    organization: Organisation = ""


class DecisionForm(Struct, kw_only=True):
    """Yes or no to requests; `everyone`: to all of the event. `reason` is recorded, `message` goes to the people."""

    decision: Literal["approve", "decline"]
    registrations: list[UUID] = []
    everyone: bool = False
    message: Annotated[MultilineText, Meta(max_length=2000)] = ""
    reason: Reason = ""
    confirmed: Literal["yes", "back"] | None = None


class ReasonNeededForm(Struct, kw_only=True):
    reason: NeededReason


class PartyForm(Struct, kw_only=True):
    party: Seats
