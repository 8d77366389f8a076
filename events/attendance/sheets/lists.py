"""What stands on a Teilnahmeliste: plain data for `templates/print/sheet.typ`, made from an event and its people.

Beside a name stand organisation and town and nothing else: what a funder wants to know about people is counted without
names, on the tally sheet (`tallies`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from events.attendance.roster import Attendee
from events.attendance.sheets.keeping import kept_until
from events.kit.clock import BERLIN
from events.kit.text import one_line
from events.kit.translation import SOURCE, localized, span, time_of_day
from events.kit.translation import gettext as _
from events.programme.views import DateView, EventView

EMPTY_ROWS = 5
MOST_EMPTY_ROWS = 60
MOST_COLUMNS = 5
"""Dates side by side on one sheet of paper; further ones follow on sheets of their own."""

LONGEST_PIECE = 22
"""Letters in a row before a line may break inside a word: nothing runs into the next column."""

ZERO_WIDTH_SPACE = "\u200b"


@dataclass(frozen=True)
class Heading:
    """Who holds it and who leads it."""

    office: str
    leaders: Sequence[str] = ()


def list_data(
    event: EventView, dates: Sequence[DateView], people: Iterable[Attendee], heading: Heading, empty_rows: int
) -> dict[str, object]:
    """At least one date. `people` come in the order of the roll call and have its numbers; empty rows go on."""
    rows = [{**_row(one), "number": number} for number, one in enumerate(people, start=1)]
    further = range(len(rows) + 1, len(rows) + 1 + empty_rows)
    return {
        **heading_data(event, dates, heading),
        "title": _("Teilnahmeliste: %(event)s", event=title_of(event)),
        "kind": _("Teilnahmeliste"),
        "rows": rows + [{"number": number, "name": "", "more": 0, "beside": []} for number in further],
        "tables": [[_column(event, one) for one in some] for some in _side_by_side(dates)],
        "privacy": _privacy(dates),
    }


def heading_data(event: EventView, dates: Sequence[DateView], heading: Heading) -> dict[str, object]:
    """What stands above every sheet, lists and tally sheets alike."""
    facts = [
        (_("Programm"), event.programme_name),
        (_("Reihe"), localized(event.series_title, SOURCE).text if event.series_title else ""),
        (_("Termin") if len(dates) == 1 else _("Termine"), _when(event, dates)),
        (_("Ort"), "; ".join(dict.fromkeys(place_of(one) for one in dates))),
        (_("Leitung"), ", ".join(heading.leaders)),
    ]
    return {
        "lang": SOURCE,
        "event": title_of(event),
        "office": heading.office,
        "funders": list(dict.fromkeys([event.funding, *(one.name for one in event.partners if one.role == "funder")])),
        "facts": [fact for fact in facts if fact[1]],
        "short": f"{title_of(event)} · {_short(dates)}",
    }


def title_of(event: EventView) -> str:
    return one_line(localized(event.title, SOURCE).text)


def place_of(one: DateView) -> str:
    town = f"{one.postcode} {one.city}".strip()
    parts = [_("online")] if one.is_online else []
    return ", ".join([*parts, *(part for part in (one.venue_name, one.room, one.street, town) if part)])


def breakable(text: str) -> str:
    """Words of any length find room in their column."""
    return " ".join(_in_pieces(word) for word in one_line(text).split(" "))


def _row(one: Attendee) -> dict[str, object]:
    beside = [breakable(part) for part in (one.organisation_name, one.city) if part]
    return {"name": breakable(one.name) or _("ohne Namen"), "more": one.party - 1, "beside": beside}


def _in_pieces(word: str) -> str:
    if len(word) <= LONGEST_PIECE:
        return word
    pieces = (word[start : start + LONGEST_PIECE] for start in range(0, len(word), LONGEST_PIECE))
    return ZERO_WIDTH_SPACE.join(pieces)


def _side_by_side(dates: Sequence[DateView]) -> list[Sequence[DateView]]:
    """In as few groups as possible, all about equally wide."""
    groups = -(-len(dates) // MOST_COLUMNS)
    width = -(-len(dates) // groups) if groups else 1
    return [dates[start : start + width] for start in range(0, len(dates), width)]


def _column(event: EventView, one: DateView) -> dict[str, str]:
    number, parts = event.part(one)
    return {
        "part": _("Termin %(number)s", number=number) if parts > 1 else "",
        "day": format_date(_day(one), "EEE d. MMM y", locale=SOURCE),
        "time": f"{time_of_day(one.start)}–{time_of_day(one.end)}",
    }


def _when(event: EventView, dates: Sequence[DateView]) -> str:
    if len(dates) > 1:
        return _short(dates)
    return "; ".join(span(one.start, one.end) + _part(event, one) for one in dates)


def _part(event: EventView, one: DateView) -> str:
    number, parts = event.part(one)
    return _(" (Termin %(number)s von %(parts)s)", number=number, parts=parts) if parts > 1 else ""


def _short(dates: Sequence[DateView]) -> str:
    days = [_day(one) for one in dates]
    first, last = (format_date(day, "d. MMMM y", locale=SOURCE) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return _("%(n)s Termine, %(first)s bis %(last)s", n=len(days), first=first, last=last)


def _privacy(dates: Sequence[DateView]) -> str:
    until = kept_until(max(_day(one) for one in dates))
    return _(
        "Wozu diese Liste: Mit Ihrer Unterschrift weisen wir dem Fördergeber nach, dass die Veranstaltung "
        "stattgefunden hat. Die Liste liegt bei uns unter Verschluss und wird nach dem %(day)s vernichtet.",
        day=format_date(until, "d. MMMM y", locale=SOURCE),
    )


def _day(one: DateView) -> date:
    return one.start.astimezone(BERLIN).date()
