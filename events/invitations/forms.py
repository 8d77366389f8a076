"""What the office may type about invitations: whom to invite, what the mail says, answers given on the phone."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.invitations.inviting import Invitee
from events.invitations.rules import MOST_PLACES
from events.kit.forms import EmailAddress, MultilineText, Name
from events.kit.text import one_line
from events.registration.imports.cells import split_name
from events.registration.signup import Person

Organisation = Annotated[str, Meta(max_length=160)]
Places = Annotated[int, Meta(ge=1, le=MOST_PLACES)]
Language = Literal["de", "en", "tr", "ar"]
Message = Annotated[MultilineText, Meta(max_length=3000)]


class InviteeForm(Struct, kw_only=True):
    """One address: a person, or an institution that may send several."""

    email: EmailAddress
    given_name: Name = ""
    family_name: Name = ""
    organization: Organisation = ""
    language: Language = "de"


class InviteForm(InviteeForm, kw_only=True):
    places: Places = 1
    hold_until: datetime | None = None


class LinesForm(Struct, kw_only=True):
    """A list that is typed or pasted; what goes for all of it."""

    addresses: Annotated[MultilineText, Meta(min_length=1, max_length=60_000)]
    names: Literal["people", "institutions"] = "people"
    language: Language = "de"
    places: Places = 1
    hold_until: datetime | None = None


class HoldForm(Struct, kw_only=True):
    hold_until: datetime | None = None
    version: Annotated[str, Meta(max_length=64)] = ""


class MessageForm(Struct, kw_only=True):
    """`action`: look at it, send it to oneself, or to all."""

    action: Literal["preview", "trial", "send"] = "preview"
    de: Message = ""
    en: Message = ""
    tr: Message = ""
    ar: Message = ""

    @property
    def message(self) -> dict[str, str]:
        return {code: text for code in ("de", "en", "tr", "ar") if (text := getattr(self, code))}


class YesForm(Struct, kw_only=True):
    """Who comes, one name in a line."""

    names: Annotated[MultilineText, Meta(min_length=1, max_length=4000)]

    @property
    def people(self) -> list[Person]:
        return [Person(*split_name(name)) for line in self.names.splitlines() if (name := one_line(line))]


class NoForm(Struct, kw_only=True):
    reason: Annotated[MultilineText, Meta(max_length=1000)] = ""


def invitee_from(form: InviteeForm, organisation: UUID | None, places: int) -> Invitee:
    """`organisation`: the one of our list that is called so, if it is clear which."""
    return Invitee(
        email=form.email,
        given_name=form.given_name,
        family_name=form.family_name,
        organisation=organisation,
        organisation_name="" if organisation else form.organization,
        language=form.language,
        places=places,
    )
