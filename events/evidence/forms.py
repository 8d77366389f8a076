"""What staff may type when they close or correct a date, or enter an event that was held without sign-up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from events.attendance.forms import CHILDREN_ELSEWHERE, CountForm, CountRow, value_code, value_label
from events.attendance.status import PEOPLE, WITHOUT_VALUE
from events.evidence.after_the_fact import HeldEvent, Origin
from events.evidence.rules import LONGEST_DATE
from events.evidence.wording import REFUSALS
from events.kit.forms import Form, MultilineText, parse_form, rows
from events.kit.translation import gettext as _
from events.programme.details import DateDetails, VenueDetails
from events.programme.forms import Title, read_date
from events.programme.wording import FORMATS

Minutes = Annotated[int, Meta(ge=0, le=LONGEST_DATE)]

TYPED_ROWS = 4
"""Lines of a dimension whose values are typed."""

_COUNTED: dict[str, tuple[str, ...]] = {"people": PEOPLE, "childcare": (CHILDREN_ELSEWHERE,)}
FIRST_COUNT = "count-0-heads"

_IN_ORDER = (
    "submission", "title", "format", "day", "starts", "ends", "break_minutes", "venue", "new-venue-name",
    "new-venue-street", "new-venue-postcode", "new-venue-city", "is_online", "room", "join_link", "partner",
    "countable_minutes", "count", "origin",
)  # fmt: skip


class ClosingForm(Struct):
    """Minutes left empty: the length less breaks."""

    countable_minutes: Minutes | None = None
    note: Annotated[MultilineText, Meta(max_length=1000)] = ""
    is_estimated: bool = False

    @property
    def origin(self) -> str:
        """As `Evidence.origin`: nothing, where the list and the counts say it themselves."""
        return "estimate" if self.is_estimated else ""


class HeldEventForm(Struct):
    """What is neither about the date nor counted. `submission` is made when the page is rendered."""

    submission: UUID
    title: Title
    format: Annotated[str, Meta(max_length=20)]
    origin: Origin
    partner: UUID | None = None
    countable_minutes: Minutes | None = None


@dataclass(frozen=True)
class Offered:
    """What the form gave to choose from."""

    programme_id: UUID
    venues: Collection[UUID]
    partners: Collection[UUID]


def read_held_event(sent: Form, offered: Offered, now: datetime) -> tuple[HeldEvent | None, dict[str, str]]:
    """The event as typed, or what is wrong by field."""
    form, errors = parse_form(HeldEventForm, sent)
    date, place, wrong = read_date(sent)
    if "venue" in wrong:
        wrong["venue"] = _("Bitte wählen Sie einen Ort oder „Fand online statt“.")
    counts, miscounted = _read_counts(sent)
    errors |= wrong
    if form is not None:
        errors |= _not_offered(form, date, offered)
    if date is not None and date.end > now:
        errors["day"] = _(REFUSALS["held_in_the_future"])
    errors |= miscounted
    if form is None or date is None or errors:
        return None, dict(sorted(errors.items(), key=lambda item: _place(item[0])))
    return _held(form, date, place, counts, offered.programme_id), {}


def blank_counts(dimensions: Iterable[str]) -> list[CountRow]:
    """The fields in which is counted what the programme wants to know; without `label` the value is typed, too."""
    pairs = [(WITHOUT_VALUE, "")]
    for dimension in dimensions:
        if dimension != WITHOUT_VALUE:
            pairs += [(dimension, value) for value in _COUNTED.get(dimension, ("",) * TYPED_ROWS)]
    return [
        CountRow(number, dimension, value, value_label(dimension, value), None)
        for number, (dimension, value) in enumerate(pairs)
    ]


def _place(field: str) -> int:
    """Where the page shows it, so that its summary of errors goes from top to bottom."""
    return _IN_ORDER.index("count" if field.startswith("count-") else field)


def _held(
    form: HeldEventForm,
    date: DateDetails,
    place: VenueDetails | None,
    counts: dict[tuple[str, str], int],
    programme_id: UUID,
) -> HeldEvent:
    return HeldEvent(
        programme_id=programme_id,
        title=form.title,
        format=form.format,
        start=date.start,
        end=date.end,
        break_minutes=date.break_minutes,
        venue_id=date.venue_id,
        new_venue=place,
        is_online=date.is_online,
        partner_id=form.partner,
        countable_minutes=form.countable_minutes,
        counts=counts,
        origin=form.origin,
        submission=form.submission,
    )


def _not_offered(form: HeldEventForm, date: DateDetails | None, offered: Offered) -> dict[str, str]:
    chosen = {
        "format": form.format in FORMATS,
        "partner": form.partner is None or form.partner in offered.partners,
        "venue": date is None or date.venue_id is None or date.venue_id in offered.venues,
    }
    return {
        name: _("Bitte wählen Sie eine der angebotenen Möglichkeiten.") for name, is_so in chosen.items() if not is_so
    }


def _read_counts(sent: Form) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    errors: dict[str, str] = {}
    for prefix in rows(sent, "count"):
        line, wrong = parse_form(CountForm, sent, prefix)
        errors |= wrong
        if line is None or not (line.value or line.heads or _is_offered(line)):
            continue
        key = (str(line.dimension), value_code(line.dimension, line.value))
        if about := _wrong_about_count(line, key in counts):
            errors[prefix + about[0]] = about[1]
        elif line.heads is not None:
            counts[key] = line.heads
    if not errors and not any(counts.values()):
        errors[FIRST_COUNT] = _(REFUSALS["nothing_counted"])
    return counts, errors


def _wrong_about_count(line: CountForm, is_double: bool) -> tuple[str, str] | None:
    """The field and what to say of it."""
    if not line.value and line.dimension != WITHOUT_VALUE:
        return "value", _("Bitte schreiben Sie dazu, wen Sie gezählt haben.")
    if line.heads is None and not _is_offered(line):
        return "heads", _("Bitte tragen Sie dazu eine Zahl ein.")
    return ("value", _("Das steht schon in einer anderen Zeile.")) if is_double else None


def _is_offered(line: CountForm) -> bool:
    """The page named what is counted there."""
    return line.dimension == WITHOUT_VALUE or line.dimension in _COUNTED
