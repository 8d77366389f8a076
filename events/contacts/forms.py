"""What people type about an entry in the Verteiler: to join, on their own page, in the office; and to find one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.contacts.details import ContactDetails
from events.contacts.queries import ContactView
from events.contacts.status import Status
from events.kit.forms import EmailAddress, Form, Ticked, parse_form
from events.kit.text import is_found
from events.kit.translation import LANGUAGES
from events.kit.translation import gettext as _


class DetailsForm(Struct, kw_only=True):
    topics: tuple[UUID, ...]
    language: Annotated[str, Meta(max_length=8)]
    name: Annotated[str, Meta(max_length=160)] = ""
    organisation_name: Annotated[str, Meta(max_length=160)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""

    def details(self) -> ContactDetails:
        return ContactDetails(self.topics, self.language, self.name, self.organisation_name, self.city)


class JoinForm(DetailsForm, kw_only=True):
    """`rendered` and `website` are for the spam checks."""

    email: EmailAddress
    consent: Ticked
    rendered: Annotated[str, Meta(max_length=200)] = ""
    website: Annotated[str, Meta(max_length=200)] = ""


class PaperForm(DetailsForm, kw_only=True):
    """Somebody signed on paper on this day."""

    email: EmailAddress
    signed_on: date


class ContactSearchForm(Struct):
    """What the address of the list says; `thema` is the slug of a programme."""

    suche: Annotated[str, Meta(max_length=160)] = ""
    thema: Annotated[str, Meta(max_length=80)] = ""
    stand: Status | None = None

    def among(self, everyone: Sequence[ContactView]) -> Sequence[ContactView]:
        """Those with all words, in whatever part, without accents; the state is not looked at."""
        return [
            one
            for one in everyone
            if is_found(self.suche, f"{one.name} {one.email} {one.organisation_name} {one.city}")
        ]


def read_details(sent: Form, offered: Collection[UUID]) -> tuple[DetailsForm | None, dict[str, str]]:
    return _read(DetailsForm, sent, offered)


def read_join(sent: Form, offered: Collection[UUID]) -> tuple[JoinForm | None, dict[str, str]]:
    return _read(JoinForm, sent, offered)


def read_paper(sent: Form, offered: Collection[UUID], today: date) -> tuple[PaperForm | None, dict[str, str]]:
    form, errors = _read(PaperForm, sent, offered)
    if form is not None and form.signed_on > today:
        return None, {"signed_on": _("Dieser Tag liegt in der Zukunft.")}
    return form, errors


def contact_values(one: ContactView) -> dict[str, Any]:
    """What stands in the fields of an existing contact's form."""
    return {
        "topics": [str(topic) for topic in one.topics],
        "language": one.language,
        "name": one.name,
        "organisation_name": one.organisation_name,
        "city": one.city,
    }


def _read(cls: type[Any], sent: Form, offered: Collection[UUID]) -> tuple[Any, dict[str, str]]:
    """The form, or what is wrong by field: topics and language can only be those that were offered."""
    form, errors = parse_form(cls, sent)
    if form is None:
        return None, errors
    not_offered = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    if not set(form.topics) <= set(offered):
        errors["topics"] = not_offered
    if form.language not in LANGUAGES:
        errors["language"] = not_offered
    return (None, errors) if errors else (form, {})
