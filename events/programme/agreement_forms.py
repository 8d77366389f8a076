"""What staff may type about a cooperation agreement, and what it means for its actions."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.form_values import Wrong
from events.kit.forms import Form, MultilineText, parse_form
from events.kit.translation import gettext as _
from events.kit.uploads import Upload, checked
from events.programme.agreement_rules import AgreementDetails, why_not_span
from events.programme.agreements import AgreementView
from events.programme.wording import refusal_text


class AgreementForm(Struct):
    """From when to when, both days included; without a last day it holds until it is ended."""

    organisation: UUID
    programme: UUID
    starts_on: date
    ends_on: date | None = None
    note: Annotated[MultilineText, Meta(max_length=2000)] = ""


class EndingForm(Struct):
    """The last day, and why; the reason stands in the history."""

    last_day: date
    reason: Annotated[MultilineText, Meta(max_length=1000)] = ""


def read_agreement(
    sent: Form, organisations: Collection[UUID], programmes: Collection[UUID]
) -> tuple[AgreementDetails | None, dict[str, str]]:
    """The agreement as typed, or what is wrong by field; both may only be among those that were offered."""
    form, errors = parse_form(AgreementForm, sent)
    if form is None:
        return None, errors
    if form.organisation not in organisations:
        errors["organisation"] = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    if form.programme not in programmes:
        errors["programme"] = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    if refusal := why_not_span(form.starts_on, form.ends_on):
        errors["ends_on"] = refusal_text(refusal)
    details = AgreementDetails(form.organisation, form.programme, form.starts_on, form.ends_on, form.note)
    return (None, errors) if errors else (details, {})


def read_file(name: str, content: bytes) -> tuple[Upload | None, dict[str, str]]:
    """The file that was handed in, or what is wrong with it."""
    if not name:
        return None, {"file": _("Bitte wählen Sie eine Datei.")}
    try:
        return checked(name, content), {}
    except Wrong as wrong:
        return None, {"file": str(wrong)}


def agreement_values(agreement: AgreementView) -> dict[str, Any]:
    """What stands in the fields of an existing agreement's form."""
    return {
        "organisation": str(agreement.organisation_id),
        "programme": str(agreement.programme_id),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat() if agreement.ends_on else "",
        "note": agreement.note,
    }
