"""The roll call as a form without JavaScript: what its fields hold and which facts come of them when it is sent.

Facts get ids made from the page's own id and what is said, so that a page sent twice says it once. Their order is that
of arrival (`counter` 0). What the page already showed is not said again: two people may mark at the same time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid5

from msgspec import Meta, Struct

from events.attendance.facts import Count, Mark, Note
from events.attendance.queries import Roll, RollRow
from events.attendance.rules import LONGEST, MOST_HEADS
from events.attendance.status import PEOPLE, WITHOUT_VALUE, MarkCode, Scope
from events.attendance.wording import DIMENSIONS
from events.attendance.wording import PEOPLE as PEOPLE_NAMES
from events.kit.forms import Form, parse_form, rows
from events.kit.text import fold
from events.kit.translation import gettext as _
from events.programme.policy import Dimension
from events.programme.queries import EventView
from events.programme.wording import LANGUAGE_NAMES

Party = Annotated[int, Meta(ge=1, le=MOST_HEADS)]

DEVICE = "web"
EMPTY_ROWS = 2
CHILDREN_ELSEWHERE = "children"


class PageForm(Struct):
    """Made when the page is rendered."""

    page: UUID


class LineForm(Struct):
    """One person of the list, `line-0-…`; `was` is what the page showed."""

    subject: UUID
    mark: MarkCode | None = None
    party: Party = 1
    was: Annotated[str, Meta(max_length=40)] = ""


class WalkInForm(Struct):
    """Somebody who came without having signed up; no field needs to be filled. A name needs their consent."""

    page: UUID
    name: Annotated[str, Meta(max_length=120)] = ""
    organisation_name: Annotated[str, Meta(max_length=160)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""
    party: Party = 1
    consented: bool = False


class NoteForm(Struct):
    """What the office should know."""

    page: UUID
    note: Annotated[str, Meta(min_length=1, max_length=LONGEST["text"])]


class CountsForm(Struct):
    """Where was counted, and whether the people on the list are among those counted; the page showed `was`."""

    page: UUID
    station: Annotated[str, Meta(max_length=60)] = ""
    scope: Scope = "everyone"
    was: Annotated[str, Meta(max_length=80)] = ""


class CountForm(Struct):
    """One number, `count-0-…`."""

    dimension: Dimension
    value: Annotated[str, Meta(max_length=80)] = ""
    heads: Annotated[int, Meta(ge=0, le=MOST_HEADS)] | None = None
    was: Annotated[int, Meta(ge=0)] | None = None


@dataclass(frozen=True)
class CountRow:
    """One field of the counting form. `label` is empty where the value is still to be typed."""

    number: int
    dimension: str
    value: str
    label: str
    heads: int | None


def shown_place(station: str, scope: str) -> str:
    return f"{scope}|{station}"


def said(mark: str | None, party: int) -> str:
    """What a line says, in a form that can be compared."""
    return f"{mark}:{party}" if mark else ""


def read_marks(sent: Form, roll: Roll, rest: MarkCode | None) -> tuple[list[Mark], dict[str, str]]:
    """The marks that differ from what the page showed; `rest` for everybody of whom nothing is said yet."""
    page, errors = parse_form(PageForm, sent)
    on_list = {row.subject: row for row in roll.rows}
    marks = []
    for prefix in rows(sent, "line"):
        line, wrong = parse_form(LineForm, sent, prefix)
        errors |= wrong
        if page and line and line.subject in on_list:
            marks += _mark_of(line, on_list[line.subject], page.page, rest)
    return ([] if errors else marks), errors


def read_walk_in(sent: Form) -> tuple[Mark | None, dict[str, str]]:
    form, errors = parse_form(WalkInForm, sent)
    if form is None:
        return None, errors
    if form.name and not form.consented:
        return None, {
            "consented": _(
                "Den Namen schreiben wir nur auf, wenn die Person einverstanden ist. Sonst lassen Sie ihn leer."
            )
        }
    told = (form.name, form.organisation_name, form.city, str(form.party))
    id = uuid5(form.page, "\n".join(("walk-in", *told)))
    mark = Mark(
        id=id, subject=id, mark="present", party=form.party, name=form.name, city=form.city,
        organisation_name=form.organisation_name, consented=form.consented, source="walk_in", device=DEVICE,
    )  # fmt: skip
    return mark, {}


def read_note(sent: Form) -> tuple[Note | None, dict[str, str]]:
    form, errors = parse_form(NoteForm, sent)
    return (
        (Note(id=uuid5(form.page, f"note\n{form.note}"), text=form.note, device=DEVICE), {}) if form else (None, errors)
    )


def read_counts(sent: Form) -> tuple[list[Count], dict[str, str]]:
    """The numbers that differ from what the page showed; an emptied one is 0."""
    form, errors = parse_form(CountsForm, sent)
    counts = []
    for prefix in rows(sent, "count"):
        line, wrong = parse_form(CountForm, sent, prefix)
        errors |= wrong
        if line and line.dimension != WITHOUT_VALUE and not line.value and line.heads:
            errors[f"{prefix}value"] = _("Bitte schreiben Sie dazu, wen Sie gezählt haben.")
        elif form and line:
            counts += _count_of(line, form)
    return ([] if errors else counts), errors


def count_rows(event: EventView, counts: Iterable[Count], station: str) -> list[CountRow]:
    """The fields for one station: what the event asks for and what was counted there already."""
    known = {(one.dimension, one.value): one for one in counts if one.station == station}
    asked = [pair for dimension in event.policy.dimensions for pair in _values(dimension, event)]
    pairs = dict.fromkeys([(WITHOUT_VALUE, ""), *asked, *known])
    heads = {pair: one.heads for pair, one in known.items()}
    found = [(*pair, value_label(*pair), heads.get(pair)) for pair in pairs]
    open_ended = [dimension for dimension in event.policy.dimensions if dimension not in ("people", "childcare")]
    found += [(dimension, "", "", None) for dimension in open_ended for _row in range(EMPTY_ROWS)]
    return [CountRow(number, *row) for number, row in enumerate(found)]


def count_fields(event: EventView) -> list[dict[str, str]]:
    """What an event asks to be counted, in words; a field without value is for whoever types one (a city, a role)."""
    asked = [pair for dimension in event.policy.dimensions for pair in _values(dimension, event) or [(dimension, "")]]
    pairs = dict.fromkeys([(WITHOUT_VALUE, ""), *asked])
    return [
        {
            "dimension": dimension,
            "value": value,
            "group": _(DIMENSIONS[dimension]),
            "label": value_label(dimension, value),
        }
        for dimension, value in pairs
    ]


def value_label(dimension: str, value: str) -> str:
    """What was counted, in words."""
    if dimension == "people" and value in PEOPLE_NAMES:
        return _(PEOPLE_NAMES[value])
    if dimension == "language" and value in LANGUAGE_NAMES:
        return _(LANGUAGE_NAMES[value])
    if dimension in (WITHOUT_VALUE, "childcare"):
        return _(DIMENSIONS[dimension])
    return value


def value_code(dimension: str, value: str) -> str:
    """A language that is typed by its name is the same as the one that was offered."""
    if dimension == "language":
        return next((code for code, name in LANGUAGE_NAMES.items() if fold(_(name)) == fold(value)), value)
    return value


def stations(counts: Sequence[Count]) -> list[str]:
    return sorted({one.station for one in counts})


def _values(dimension: str, event: EventView) -> list[tuple[str, str]]:
    values = {"people": PEOPLE, "language": ("de", *event.languages), "childcare": (CHILDREN_ELSEWHERE,)}
    return [(dimension, value) for value in values.get(dimension, ())]


def _mark_of(line: LineForm, row: RollRow, page: UUID, rest: MarkCode | None) -> list[Mark]:
    mark = line.mark or rest
    if mark is None or said(mark, line.party) == line.was:
        return []
    return [
        Mark(
            id=uuid5(page, f"mark\n{line.subject}\n{said(mark, line.party)}"),
            subject=line.subject,
            mark=mark,
            party=line.party,
            registration=row.registration_id,
            name=row.name if row.walk_in else "",
            organisation_name=row.organisation_name if row.walk_in else "",
            city=row.city if row.walk_in else "",
            consented=row.walk_in,
            source="walk_in" if row.walk_in else "list",
            device=DEVICE,
        )
    ]


def _count_of(line: CountForm, form: CountsForm) -> list[Count]:
    heads = 0 if line.heads is None and line.was else line.heads
    place, value = shown_place(form.station, form.scope), value_code(line.dimension, line.value)
    if heads is None or (place == form.was and heads == line.was):
        return []
    return [
        Count(
            id=uuid5(form.page, "\n".join(("count", place, line.dimension, value, str(heads)))),
            dimension=line.dimension,
            value=value,
            heads=heads,
            station=form.station,
            scope=form.scope,
            device=DEVICE,
        )
    ]
