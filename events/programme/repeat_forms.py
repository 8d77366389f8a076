"""What staff may type to copy an event or to repeat it, and what it means for the actions."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from events.kit.clock import BERLIN, berlin
from events.kit.forms import Form, MultilineText, parse_form
from events.kit.translation import gettext as _
from events.programme.copying import date_details
from events.programme.details import DateDetails
from events.programme.queries import EventView
from events.programme.repeating import MOST, Rhythm, Rule, on_day
from events.programme.rules import why_not_date
from events.programme.wording import refusal_text

Title = Annotated[str, Meta(min_length=1, max_length=160)]

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")

COPIED_DATE = "date-"
"""How the fields begin that ask for the new day of each date of the source."""


class CopyForm(Struct):
    """`id` is made with the page: the same form sent twice is one copy."""

    id: UUID
    title: Title


class RepeatForm(Struct, kw_only=True):
    """`submission` is made with the page; `day` are the days that are ticked in the preview."""

    submission: UUID
    rhythm: Rhythm = "weekly"
    first: date | None = None
    times: Annotated[int, Meta(ge=1, le=MOST)] | None = None
    until: date | None = None
    days: Annotated[MultilineText, Meta(max_length=2000)] = ""
    starts: time
    ends: time
    venue: UUID | None = None
    room: Annotated[str, Meta(max_length=120)] = ""
    makes: Literal["events", "dates"] = "events"
    series: UUID | None = None
    series_title: Annotated[str, Meta(max_length=160)] = ""
    day: tuple[date, ...] = ()

    @property
    def rule(self) -> Rule:
        listed = tuple(_listed(self.days)[0]) if self.rhythm == "list" else ()
        return Rule(self.rhythm, self.first, self.times, self.until, listed)

    def template(self, source: EventView) -> DateDetails:
        """The hours and the place as typed; the rest as the first date of the source has it."""
        dates = source.coming_dates
        day = dates[0].start.astimezone(BERLIN).date() if dates else (self.first or _listed(self.days)[0][0])
        known = date_details(dates[0]) if dates else DateDetails(berlin(day, self.starts), berlin(day, self.ends))
        return DateDetails(
            start=berlin(day, self.starts),
            end=berlin(day, self.ends),
            break_minutes=known.break_minutes,
            venue_id=self.venue,
            room=self.room,
            is_online=known.is_online,
        )


def read_copy(sent: Form, source: EventView) -> tuple[CopyForm | None, tuple[DateDetails, ...], dict[str, str]]:
    """The title and the dates with a new day, or what is wrong by field. A date without one is not copied."""
    form, errors = parse_form(CopyForm, sent)
    dates = []
    for number, one in enumerate(source.coming_dates):
        name = f"{COPIED_DATE}{number}"
        read, wrong = parse_form(_NewDay, sent, f"{name}-")
        errors |= wrong
        if read is not None and read.day is not None:
            dates.append(on_day(date_details(one), read.day))
    return (None if errors else form), tuple(dates), errors


def read_repeat(sent: Form, source: EventView) -> tuple[RepeatForm | None, dict[str, str]]:
    form, errors = parse_form(RepeatForm, sent)
    if form is None:
        return None, errors
    errors |= _wrong_about_days(form)
    if not errors:
        refusals = why_not_date(form.template(source))
        fields = {"end_before_start": "ends", "breaks_too_long": "ends", "over_night": "ends"}
        errors |= {fields[one.code]: refusal_text(one) for one in refusals}
    return (None if errors else form), errors


def repeat_values(source: EventView) -> dict[str, Any]:
    """What stands in the fields at first: as the last date of the event, in a row of its own."""
    last = source.coming_dates[-1] if source.coming_dates else None
    values = {"submission": str(uuid4()), "rhythm": "weekly", "makes": "events", "series": str(source.series_id or "")}
    if last:
        start, end = last.start.astimezone(BERLIN), last.end.astimezone(BERLIN)
        values |= {"starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}", "venue": str(last.venue_id or "")}
        values["room"] = last.room
    return values


def copy_values(source: EventView) -> Mapping[str, str]:
    return {"id": str(uuid4()), "title": source.title.get("de", "")}


class _NewDay(Struct):
    day: date | None = None


def _wrong_about_days(form: RepeatForm) -> dict[str, str]:
    if form.rhythm == "list":
        found, wrong = _listed(form.days)
        if wrong:
            return {"days": _("Das ist kein Tag: %(text)s. Schreiben Sie zum Beispiel 24.3.2027.", text=wrong)}
        return {} if found else {"days": _("Bitte nennen Sie mindestens einen Tag.")}
    errors = {} if form.first else {"first": _("Bitte nennen Sie den ersten Tag.")}
    if form.times is None and form.until is None:
        errors["times"] = _("Bitte sagen Sie, wie oft oder bis wann.")
    if form.first and form.until and form.until < form.first:
        errors["until"] = _("Das liegt vor dem ersten Tag.")
    return errors


def _listed(text: str) -> tuple[list[date], str]:
    """The days of a list, and the first line that is none."""
    found = []
    for line in text.replace(",", "\n").replace(";", "\n").splitlines():
        if not line.strip():
            continue
        match = _DAY.search(line)
        try:
            found.append(
                date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(line.strip())
            )
        except ValueError:
            return found, line.strip()
    return found, ""
