"""What staff may type about an organisation, and what they may look for."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.forms import Form, parse_form
from events.kit.translation import gettext as _
from events.programme.details import OrganisationDetails
from events.programme.organisations import OrganisationSearch, namesake
from events.programme.views import OrganisationView

Kind = Literal["institution", "body", "administration", "community", "association", "vocational_college"]


class OrganisationForm(Struct):
    """`parent` is the body (Träger)."""

    name: Annotated[str, Meta(max_length=160)]
    kind: Kind
    parent: UUID | None = None
    city: Annotated[str, Meta(max_length=80)] = ""


class OrganisationSearchForm(Struct):
    """What the address of the list says."""

    suche: Annotated[str, Meta(max_length=160)] = ""
    art: Kind | None = None
    traeger: UUID | None = None
    stadt: Annotated[str, Meta(max_length=80)] = ""

    def search(self) -> OrganisationSearch:
        return OrganisationSearch(self.suche, self.art or "", self.traeger, self.stadt)


def read_organisation(
    sent: Form, everyone: Sequence[OrganisationView], own: UUID | None = None
) -> tuple[OrganisationDetails | None, dict[str, str]]:
    """The organisation as typed, or what is wrong by field."""
    form, errors = parse_form(OrganisationForm, sent)
    if form is None:
        return None, errors
    details = OrganisationDetails(form.name, form.kind, form.city, form.parent)
    if form.parent is not None and form.parent not in {one.id for one in everyone}:
        errors["parent"] = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    if namesake(details, everyone, own):
        errors["name"] = _("Eine Organisation mit diesem Namen gibt es in dieser Stadt schon.")
    return (None, errors) if errors else (details, {})


def organisation_values(one: OrganisationView) -> dict[str, Any]:
    """What stands in the fields of an existing organisation's form."""
    return {"name": one.name, "kind": one.kind, "parent": str(one.parent_id or ""), "city": one.city}
