"""What people may type when they sign up. Which fields an event needs is decided by its policy."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from events.kit.forms import EmailAddress, PhoneNumber, Ticked
from events.programme.policy import Policy
from events.registration.signup import Person, SignUp

Name = Annotated[str, Meta(max_length=120)]
Role = Literal["", "volunteer", "multiplier", "professional", "employee", "newcomer"]
Need = Literal["interpreting", "step_free", "childcare"]

CONSENT_VERSION = "datenschutz-1"


class SignUpForm(msgspec.Struct, kw_only=True):
    """The form for one event."""

    given_name: Annotated[str, Meta(min_length=1, max_length=120)]
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


class PickForm(msgspec.Struct, kw_only=True):
    """Which events of a series somebody wants."""

    events: list[UUID] = []


def form_for(policy: Policy) -> type[SignUpForm]:
    return SignUpForm if policy.needs_email else LooseSignUpForm


def sign_up_from(form: SignUpForm, events: tuple[UUID, ...], language: str, series: UUID | None = None) -> SignUp:
    person = Person(
        given_name=form.given_name,
        family_name=form.family_name,
        phone=form.phone or "",
        organisation_name=form.organization,
        city=form.city,
        role=form.role,
        needs=tuple(form.needs),
        party=form.party,
    )
    return SignUp(
        events=events,
        people=(person,),
        contact_email=form.email or "",
        language=language,
        submission=form.submission,
        consent_text=CONSENT_VERSION,
        series=series,
    )


def strictest_form(policies: Iterable[Policy]) -> type[SignUpForm]:
    """For several events in one booking: an address is needed as soon as one of them needs it."""
    return SignUpForm if any(policy.needs_email for policy in policies) else LooseSignUpForm


class CodeForm(msgspec.Struct, kw_only=True):
    """The short code somebody without e-mail was given."""

    code: Annotated[str, Meta(min_length=8, max_length=20)]


class CancelForm(msgspec.Struct, kw_only=True):
    """One registration of the booking; without it all of them are meant."""

    registration: UUID | None = None
