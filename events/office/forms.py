"""What the office types about itself: who it is, its cities, the texts of its obligatory pages."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from events.kit.form_values import Wrong
from events.kit.forms import EmailAddress, Form, MultilineText, PhoneNumber, parse_form
from events.kit.text import fold, one_line
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.office.rules import why_not_this_colour
from events.office.views import OfficePageView, OfficeView
from events.office.wording import refusal_text

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Title = Annotated[str, Meta(max_length=200)]
Body = Annotated[MultilineText, Meta(max_length=40_000)]

MOST_CITIES = 200


class OfficeForm(Struct, kw_only=True):
    name: Line
    county: Line
    street: Line
    postcode_and_town: Line
    phone: PhoneNumber
    email: EmailAddress
    accent: Annotated[str, Meta(max_length=20)] = ""

    @property
    def view(self) -> OfficeView:
        who = (self.name, self.county, self.street, self.postcode_and_town, self.phone, self.email)
        return OfficeView(*who, accent=self.colour)

    @property
    def colour(self) -> str:
        """With or without #, in letters of either size."""
        typed = self.accent.strip().lower()
        return f"#{typed.removeprefix('#')}" if typed else ""


LONGEST_CITY = 80


def read_cities(text: str) -> str:
    lines = [one_line(one) for one in text.splitlines()]
    if too_long := next((line for line in lines if len(line) > LONGEST_CITY), ""):
        raise Wrong(_("Bitte höchstens %(most)s Zeichen je Stadt: „%(city)s…“", most=LONGEST_CITY, city=too_long[:40]))
    return text


class CitiesForm(Struct):
    """One a line, in the order lists show them."""

    cities: Annotated[
        MultilineText, Meta(min_length=1, max_length=MOST_CITIES * (LONGEST_CITY + 1), extra={"read": read_cities})
    ]

    @property
    def names(self) -> list[str]:
        """The first spelling of each."""
        lines = [line for one in self.cities.splitlines() if (line := one_line(one))]
        first: dict[str, str] = {}
        for line in lines:
            first.setdefault(fold(line), line)
        return list(first.values())


class TranslationForm(Struct):
    """Without title or text there is no translation."""

    title: Title = ""
    body: Body = ""


class SourceForm(TranslationForm):
    """The German one, which is shown where there is no other."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    body: Annotated[MultilineText, Meta(min_length=1, max_length=40_000)]


def read_office(sent: Form) -> tuple[OfficeForm | None, dict[str, str]]:
    form, errors = parse_form(OfficeForm, sent)
    refusal = why_not_this_colour(form.colour) if form and form.colour else None
    if refusal is None:
        return form, errors
    return None, {**errors, "accent": refusal_text(refusal)}


def read_page(sent: Form) -> tuple[tuple[dict[str, str], dict[str, str]] | None, dict[str, str]]:
    """Titles and texts by language code, the German ones always, or what is wrong by field."""
    titles: dict[str, str] = {}
    bodies: dict[str, str] = {}
    errors: dict[str, str] = {}
    for code in LANGUAGES:
        wanted: type[TranslationForm] = SourceForm if code == SOURCE else TranslationForm
        form, wrong = parse_form(wanted, sent, f"{code}-")
        errors |= wrong
        if form is not None and form.title and form.body:
            titles[code], bodies[code] = form.title, form.body
    return (None if errors else (titles, bodies)), errors


def page_values(page: OfficePageView) -> dict[str, Any]:
    """What stands in the fields of `read_page`."""
    titles = {f"{code}-title": text for code, text in page.title.items()}
    return titles | {f"{code}-body": text for code, text in page.body.items()}


def office_values(said: OfficeView) -> Mapping[str, str]:
    names = ("name", "county", "street", "postcode_and_town", "phone", "email", "accent")
    return {name: getattr(said, name) for name in names}
