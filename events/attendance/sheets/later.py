"""What the office captures afterwards from a signed list, a count or a call: the form, and the facts that come of it.

Each fact carries from where the office has it (in its device) and the time the source says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID, uuid5

from msgspec import Meta, Struct

from events.attendance.actions import record_headcounts, record_marks
from events.attendance.facts import Count, Mark
from events.attendance.forms import Party, read_counts, read_marks
from events.attendance.queries import Roll, RollRow
from events.attendance.rules import CAPTURED
from events.attendance.sheets.wording import ORIGINS, refusal_text
from events.attendance.status import MarkCode
from events.attendance.tables import AttendanceMark, Headcount
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.clock import BERLIN, berlin
from events.kit.database import transaction
from events.kit.forms import Form, parse_form, rows
from events.kit.refusals import Refusal
from events.kit.text import fold
from events.kit.translation import day_and_time
from events.kit.translation import gettext as _
from events.programme.tables import EventDate

Origin = Literal["signed", "counted", "told"]

WALK_IN_ROWS = 5


class SourceForm(Struct):
    """From where the office has it, and the time that says; `rest` is said of everybody without a mark."""

    page: UUID
    origin: Origin
    said_on: date
    said_at: time
    rest: MarkCode | None = None


class LineOfPaper(Struct):
    """Somebody who wrote themselves into an empty row, `walk-0-…`."""

    name: Annotated[str, Meta(max_length=120)] = ""
    organisation_name: Annotated[str, Meta(max_length=160)] = ""
    city: Annotated[str, Meta(max_length=80)] = ""
    party: Party | None = None


@dataclass(frozen=True)
class Captured:
    """What is new; `said_at` is the time the source says."""

    origin: Origin
    said_at: datetime
    marks: tuple[Mark, ...]
    counts: tuple[Count, ...]


async def capture(date_id: UUID, event_id: UUID, captured: Captured, *, by: Actor, now: datetime) -> None:
    """One transaction with its history; sent again it changes nothing. Raises NotFound, Refused."""
    async with transaction():
        facts = {
            "source": captured.origin,
            "said_at": captured.said_at.isoformat(),
            "marks": await _new(AttendanceMark, captured.marks),
            "counts": await _new(Headcount, captured.counts),
        }
        await record_marks(date_id, captured.marks, by=by, now=now)
        await record_headcounts(date_id, captured.counts, by=by, now=now)
        if facts["marks"] or facts["counts"]:
            await note(entry("captured_later", EventDate, id=date_id, context=event_id, by=by, now=now, facts=facts))


def read_captured(sent: Form, roll: Roll, now: datetime) -> tuple[Captured | None, dict[str, str]]:
    """What differs from what was said already, or what is wrong by field."""
    source, errors = parse_form(SourceForm, sent)
    marks, wrong_marks = read_marks(sent, roll, source.rest if source else None)
    counts, wrong_counts = read_counts(sent)
    further, wrong_rows = _read_rows(sent, roll.rows, source)
    errors |= wrong_marks | wrong_counts | wrong_rows
    if source is None:
        return None, errors
    said_at = berlin(source.said_on, source.said_at)
    if refusal := why_not_said(source.origin, said_at, roll.date.start, now):
        errors["said_on"] = refusal_text(refusal)
    elif not errors and not (marks or counts or further):
        errors[""] = _("Sie haben nichts eingetragen, das neu ist.")
    if errors:
        return None, errors
    device = CAPTURED + source.origin
    return Captured(
        source.origin,
        said_at,
        tuple(_later(mark, device, said_at) for mark in (*marks, *further)),
        tuple(replace(one, device=device, noted_at=said_at) for one in counts),
    ), {}


def why_not_said(origin: Origin, said_at: datetime, start: datetime, now: datetime) -> Refusal | None:
    """People call in sick before it begins; a list or a count says nothing before."""
    if said_at > now:
        return Refusal("paper_of_the_future")
    return Refusal("paper_before_date") if origin != "told" and said_at < start else None


def said_by(mark: Mark | Count | None) -> str:
    """As in "Unterschriebene Liste, Dienstag, 2. März 2027, 20:30 Uhr"; empty for what was said on the day itself."""
    if mark is None or not mark.device.startswith(CAPTURED) or mark.noted_at is None:
        return ""
    origin = mark.device.removeprefix(CAPTURED)
    return f"{_(ORIGINS[origin])}, {day_and_time(mark.noted_at)}" if origin in ORIGINS else ""


def usual_values(roll: Roll) -> dict[str, str]:
    """A list signed at the end of the date."""
    end = roll.date.end.astimezone(BERLIN)
    return {"origin": "signed", "said_on": end.date().isoformat(), "said_at": end.strftime("%H:%M")}


async def _new(table: type[AttendanceMark] | type[Headcount], told: Sequence[Mark] | Sequence[Count]) -> int:
    """How many of these are not stored yet."""
    ids = [one.id for one in told]
    return len(ids) - (await table.count().where(table.id.is_in(ids)) if ids else 0)


def _later(mark: Mark, device: str, said_at: datetime) -> Mark:
    """Who came without having signed up stays one who did."""
    return replace(mark, source="later" if mark.registration else mark.source, device=device, noted_at=said_at)


def _read_rows(sent: Form, listed: Iterable[RollRow], source: SourceForm | None) -> tuple[list[Mark], dict[str, str]]:
    on_list = {row.subject: _key(row.name, row.organisation_name, row.city) for row in listed if row.name}
    marks: list[Mark] = []
    errors: dict[str, str] = {}
    for prefix in rows(sent, "walk"):
        line, wrong = parse_form(LineOfPaper, sent, prefix)
        errors |= wrong
        if line is None or source is None or line == LineOfPaper():
            continue
        mark = _walk_in(line, source.page, prefix)
        others = {key for subject, key in on_list.items() if subject != mark.subject}
        if problem := _why_not_named(line, source.origin, others):
            errors[f"{prefix}name"] = problem
        marks.append(mark)
    return marks, errors


def _why_not_named(line: LineOfPaper, origin: Origin, others: Collection[tuple[str, ...]]) -> str:
    if line.name and origin != "signed":
        return _("Namen nehmen wir nur von einer unterschriebenen Liste. Sonst lassen Sie den Namen bitte leer.")
    if line.name and _key(line.name, line.organisation_name, line.city) in others:
        return _("Diese Person steht schon auf der Liste.")
    return ""


def _walk_in(line: LineOfPaper, page: UUID, prefix: str) -> Mark:
    """Who signs on paper agrees that the name is written down."""
    party = line.party or 1
    id = uuid5(page, "\n".join(("paper", prefix, line.name, line.organisation_name, line.city, str(party))))
    return Mark(
        id=id, subject=id, mark="present", party=party, name=line.name, organisation_name=line.organisation_name,
        city=line.city, consented=bool(line.name), source="walk_in",
    )  # fmt: skip


def _key(*texts: str) -> tuple[str, ...]:
    return tuple(map(fold, texts))
