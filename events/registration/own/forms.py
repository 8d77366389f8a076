"""What people may type on their own page to change their booking."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from events.kit.forms import EmailAddress, GivenName, Name, PhoneNumber
from events.registration.forms import Need, Role
from events.registration.own.views import OwnPerson
from events.registration.signup import Person


class LoosePersonForm(msgspec.Struct, kw_only=True):
    """Where somebody signed up without a name, none is asked for later."""

    given_name: Name = ""
    family_name: Name = ""
    phone: PhoneNumber | None = None
    organization: Annotated[str, Meta(max_length=160)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""
    role: Role = ""
    needs: list[Need] = []


class NamedPersonForm(LoosePersonForm, kw_only=True):
    given_name: GivenName


class SubstituteForm(NamedPersonForm, kw_only=True):
    """Who comes instead; with an address they hear of it themselves."""

    email: EmailAddress = ""


class ChosenForm(msgspec.Struct, kw_only=True):
    """Which registration is meant."""

    registration: UUID


class PartyForm(ChosenForm, kw_only=True):
    party: Annotated[int, Meta(ge=1, le=30)]


class LanguageForm(msgspec.Struct, kw_only=True):
    language: Annotated[str, Meta(max_length=8)]


class JoinForm(msgspec.Struct, kw_only=True):
    """Further events of the series."""

    events: Annotated[list[UUID], Meta(min_length=1)]


class AddressForm(msgspec.Struct, kw_only=True):
    email: EmailAddress


def person_from(form: LoosePersonForm, before: OwnPerson | None = None, email: str = "") -> Person:
    """An organisation of our list stays the same one while its name is left as it was."""
    is_kept = before is not None and form.organization == before.organisation
    return Person(
        given_name=form.given_name,
        family_name=form.family_name,
        email=email,
        phone=form.phone or "",
        organisation=before.organisation_id if before is not None and is_kept else None,
        organisation_name="" if before is not None and is_kept and before.organisation_id else form.organization,
        city=form.city,
        role=form.role,
        needs=tuple(form.needs),
    )
