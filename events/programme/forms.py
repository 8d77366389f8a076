"""What staff may type about an event and its dates, and what it means for the programme's actions."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from events.kit.clock import BERLIN, berlin, is_skipped
from events.kit.forms import Form, MultilineText, parse_form
from events.kit.translation import LANGUAGES, SOURCE
from events.kit.translation import gettext as _
from events.programme.details import DateDetails, EventDetails, VenueDetails
from events.programme.policy_forms import SIGN_UP_RULES, PolicyForm, policy_values
from events.programme.rules import why_not_date
from events.programme.views import DateView, EventView
from events.programme.wording import refusal_text

Title = Annotated[str, Meta(max_length=160)]
Summary = Annotated[str, Meta(max_length=300)]
Description = Annotated[MultilineText, Meta(max_length=6000)]
NEW_VENUE = "new-venue-"
"""How the fields of a venue begin that a date brings along."""

TEXTS = ("title", "summary", "description")


class EventForm(PolicyForm, kw_only=True):
    """German texts and everything else. A rule left empty is that of the programme."""

    title: Title
    programme: UUID
    summary: Summary = ""
    description: Description = ""
    series: UUID | None = None
    format: Annotated[str, Meta(max_length=20)] = "training"
    capacity: Annotated[int, Meta(ge=0, le=10000)] | None = None
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class TextsForm(Struct):
    """The texts in one language besides German; empty ones fall back to German. `checked`: they fit it as it is now."""

    title: Title = ""
    summary: Summary = ""
    description: Description = ""
    checked: bool = False


class DateForm(Struct):
    """One sitting on one day, by the clocks in Berlin."""

    day: date
    starts: time
    ends: time
    break_minutes: Annotated[int, Meta(ge=0, le=600)] = 0
    venue: UUID | None = None
    room: Annotated[str, Meta(max_length=120)] = ""
    is_online: bool = False
    join_link: Annotated[str, Meta(max_length=500, pattern="^https://")] = ""

    def details(self) -> DateDetails:
        return DateDetails(
            start=berlin(self.day, self.starts),
            end=berlin(self.day, self.ends),
            break_minutes=self.break_minutes,
            venue_id=self.venue,
            room=self.room,
            is_online=self.is_online,
            join_link=self.join_link,
        )


class NewVenueForm(Struct):
    """A venue that is not in the list yet; nothing typed means there is none."""

    name: Annotated[str, Meta(max_length=160)] = ""
    street: Annotated[str, Meta(max_length=160)] = ""
    postcode: Annotated[str, Meta(max_length=10)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""

    def details(self) -> VenueDetails:
        return VenueDetails(name=self.name, street=self.street, postcode=self.postcode, city=self.city)


class NewForm(Struct):
    """Made with the page of something new, so that sending it twice makes it once."""

    id: UUID | None = None


class ReasonForm(Struct):
    """Why something is called off or cancelled; people read it in their mail."""

    reason: Annotated[MultilineText, Meta(max_length=1000)] = ""
    confirmed: bool = False


def read_event(sent: Form, stored: Mapping[str, object]) -> tuple[EventDetails | None, dict[str, str]]:
    """The event as typed, or what is wrong by field. `stored` is its own policy: rules no form shows are kept."""
    form, errors = parse_form(EventForm, sent)
    texts: dict[str, TextsForm] = {}
    for language in OTHER_LANGUAGES:
        read, wrong = parse_form(TextsForm, sent, f"{language}-")
        errors |= wrong
        if read is not None:
            texts[language] = read
    if form is not None and form.capacity is not None and (form.minimum or 0) > form.capacity:
        errors["minimum"] = _("Das sind mehr als die Plätze, die es gibt.")
    if form is None or errors:
        return None, errors
    kept = {name: value for name, value in stored.items() if name not in SIGN_UP_RULES}
    return _details(form, texts, {**kept, **form.policy()}), {}


def read_date(sent: Form) -> tuple[DateDetails | None, VenueDetails | None, dict[str, str]]:
    """The date as typed and the new venue named for it, or what is wrong by field."""
    form, errors = parse_form(DateForm, sent)
    place, wrong = parse_form(NewVenueForm, sent, NEW_VENUE)
    errors |= wrong
    if form is not None:
        errors |= _wrong_about_date(form, place)
    if form is None or place is None or errors:
        return None, None, errors
    return form.details(), place.details() if place.name else None, {}


def _wrong_about_date(form: DateForm, place: NewVenueForm | None) -> dict[str, str]:
    fields = {"end_before_start": "ends", "breaks_too_long": "break_minutes", "over_night": "ends"}
    errors = {fields[refusal.code]: refusal_text(refusal) for refusal in why_not_date(form.details())}
    for name, clock in (("starts", form.starts), ("ends", form.ends)):
        if is_skipped(form.day, clock):
            errors[name] = _("Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhren vorgestellt werden.")
    if place and not place.name and (place.street or place.postcode or place.city):
        errors[f"{NEW_VENUE}name"] = _("Bitte füllen Sie dieses Feld aus.")
    elif place and not place.name and form.venue is None and not form.is_online:
        errors["venue"] = _("Bitte wählen Sie einen Ort oder „findet online statt“.")
    return errors


def event_values(event: EventView, stored: Mapping[str, object]) -> dict[str, Any]:
    """What stands in the fields of an existing event's form; `stored` is its own policy."""
    values: dict[str, Any] = {
        "programme": event.programme_id,
        "series": event.series_id,
        "format": event.format,
        "capacity": event.capacity,
        "audiences": list(event.audiences),
        "languages": list(event.languages),
        "hints": list(event.hints),
    }
    for name in TEXTS:
        texts: Mapping[str, str] = getattr(event, name)
        values |= {(name if code == SOURCE else f"{code}-{name}"): text for code, text in texts.items()}
    return {name: value for name, value in {**values, **policy_values(stored)}.items() if value is not None}


def date_values(date: DateView) -> dict[str, Any]:
    """What stands in the fields of an existing date's form."""
    start, end = date.start.astimezone(BERLIN), date.end.astimezone(BERLIN)
    return {
        "day": start.date().isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "break_minutes": str(date.break_minutes),
        "venue": str(date.venue_id or ""),
        "room": date.room,
        "is_online": date.is_online,
        "join_link": date.join_link,
    }


OTHER_LANGUAGES = tuple(code for code in LANGUAGES if code != SOURCE)


def _details(form: EventForm, texts: Mapping[str, TextsForm], policy: Mapping[str, object]) -> EventDetails:
    by_language = {SOURCE: TextsForm(form.title, form.summary, form.description), **texts}
    return EventDetails(
        programme_id=form.programme,
        title=_filled({code: one.title for code, one in by_language.items()}),
        summary=_filled({code: one.summary for code, one in by_language.items()}),
        description=_filled({code: one.description for code, one in by_language.items()}),
        format=form.format,
        audiences=form.audiences,
        languages=form.languages,
        hints=form.hints,
        capacity=form.capacity,
        policy=policy,
        series_id=form.series,
        translations_checked=tuple(code for code, one in by_language.items() if one.checked),
    )


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}
