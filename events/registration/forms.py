"""What people may type when they sign up. Which fields an event needs is decided by its policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from events.kit.forms import EmailAddress, GivenName, Name, PhoneNumber, Ticked
from events.programme.policy import AgreementNeed, Policy

Role = Literal["", "volunteer", "multiplier", "professional", "employee", "newcomer"]
Need = Literal["interpreting", "step_free", "childcare"]

AGREEMENT_NEEDS: tuple[AgreementNeed, ...] = ("required", "in_preparation", "not_needed")
"""The strictest first."""


class SignUpForm(msgspec.Struct, kw_only=True):
    """What the contact types. What depends on the event (questions, institutions) is read in `reading`."""

    given_name: GivenName
    family_name: Name = ""
    email: EmailAddress
    phone: PhoneNumber | None = None
    organization: Annotated[str, Meta(max_length=160)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""
    role: Role = ""
    needs: list[Need] = []
    party: Annotated[int, Meta(ge=1, le=30)] = 1
    consent: Ticked
    submission: Annotated[str, Meta(max_length=64)] = ""
    rendered: Annotated[str, Meta(max_length=200)] = ""
    website: Annotated[str, Meta(max_length=200)] = ""  # nobody sees this field; programs fill it


class LooseSignUpForm(SignUpForm, kw_only=True):
    """Where the policy needs no e-mail, nothing but the consent is needed: a name beside a mosque says too much."""

    given_name: Name = ""
    email: EmailAddress = ""


class InvitedForm(SignUpForm, kw_only=True):
    """The link proves the address, and the invitation says how many may come."""

    email: EmailAddress = ""
    party: Annotated[int, Meta(ge=1, le=1)] = 1
    consent: bool = False


class PersonForm(msgspec.Struct, kw_only=True):
    """Another person whom the contact signs up; without an address all mails go to the contact."""

    given_name: GivenName
    family_name: Name = ""
    email: EmailAddress = ""


class PickForm(msgspec.Struct, kw_only=True):
    """Which events of a series somebody wants."""

    events: list[UUID] = []


@dataclass(frozen=True)
class Terms:
    """What the policies of all events of one sign-up allow together: the strictest of each."""

    needs_email: bool
    max_party: int
    max_people: int  # named people, the contact included
    agreement: AgreementNeed

    @property
    def form(self) -> type[SignUpForm]:
        return SignUpForm if self.needs_email else LooseSignUpForm


def together(policies: Iterable[Policy]) -> Terms:
    """Several people are named only where names and an address are asked for."""
    all_of_them = list(policies)
    needs_email = any(policy.needs_email for policy in all_of_them)
    asked = {policy.agreement for policy in all_of_them}
    return Terms(
        needs_email=needs_email,
        max_party=min((policy.max_party for policy in all_of_them), default=1),
        max_people=min((policy.max_people for policy in all_of_them), default=1) if needs_email else 1,
        agreement=next((need for need in AGREEMENT_NEEDS if need in asked), "not_needed"),
    )


class CodeForm(msgspec.Struct, kw_only=True):
    """The short code somebody without e-mail was given."""

    code: Annotated[str, Meta(min_length=8, max_length=20)]


class CancelForm(msgspec.Struct, kw_only=True):
    """One registration of the booking; without it all of them are meant."""

    registration: UUID | None = None
