"""What staff may choose when they print a list, and type when they hand in a signed one."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from events.attendance.sheets.keeping import proposed, why_not_keep_until
from events.attendance.sheets.lists import MOST_EMPTY_ROWS
from events.attendance.sheets.printing import Kind
from events.attendance.sheets.wording import refusal_text
from events.kit.form_values import Wrong
from events.kit.forms import Form, parse_form
from events.kit.translation import gettext as _
from events.kit.uploads import Upload, checked


class PrintForm(Struct):
    """One date or all of them; without a kind the one that is usual for the event."""

    termin: UUID | None = None
    art: Kind | None = None
    leer: Annotated[int, Meta(ge=0, le=MOST_EMPTY_ROWS)] | None = None


class KeepForm(Struct):
    """The last day a scan is kept; without one it is the usual one."""

    keep_until: date | None = None


def read_scan(
    sent: Form, name: str, content: bytes, day: date, today: date
) -> tuple[Upload | None, date, dict[str, str]]:
    """The file, the last day it is kept, and what is wrong by field; `day` is that of the date."""
    form, errors = parse_form(KeepForm, sent)
    until = (form.keep_until if form else None) or proposed(day, today)
    if form and (refusal := why_not_keep_until(until, day, today)):
        errors["keep_until"] = refusal_text(refusal)
    upload = None
    try:
        upload = checked(name, content) if name else None
        if upload is None:
            errors["file"] = _("Bitte wählen Sie eine Datei.")
    except Wrong as wrong:
        errors["file"] = str(wrong)
    return (None if errors else upload), until, errors
