"""What a phone is given to work without network, and how what it sends later is taken: each fact exactly once.

A phone gets as little as it needs (first name, initial, number); it may send in any order and as often as it likes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from events.attendance import rules
from events.attendance.actions import highest_counter, record_headcounts, record_marks, record_notes
from events.attendance.facts import Count, Mark, Note
from events.attendance.forms import count_fields
from events.attendance.queries import RollRow, notes_of, roll
from events.attendance.wording import refusal_text
from events.kit.actor import Actor
from events.kit.refusals import Refusal, Refused
from events.kit.translation import SOURCE, localized

MOST_FACTS = 2000
"""In one sending; a phone sends in portions."""

FURTHEST = 100_000
"""How many facts a phone may be ahead of what the server knows."""

Fact = TypeVar("Fact", Mark, Count, Note)
Short = Annotated[str, Meta(max_length=200)]


class _SentFact(Struct, kw_only=True):
    id: UUID
    counter: int
    noted_at: Annotated[datetime, Meta(tz=True)] | None = None


class SentMark(_SentFact, kw_only=True):
    subject: UUID
    mark: Short
    party: int = 1
    walk_in: bool = False
    name: Short = ""
    organisation_name: Short = ""
    city: Short = ""
    consented: bool = False

    def fact(self, device: str) -> Mark:
        return Mark(
            id=self.id, subject=self.subject, mark=self.mark, party=self.party, name=self.name, city=self.city,
            registration=None if self.walk_in else self.subject, organisation_name=self.organisation_name,
            consented=self.consented, source="walk_in" if self.walk_in else "list", device=device,
            counter=self.counter, noted_at=self.noted_at,
        )  # fmt: skip


class SentCount(_SentFact, kw_only=True):
    dimension: Short
    heads: int
    value: Short = ""
    station: Short = ""
    scope: Short = "everyone"

    def fact(self, device: str) -> Count:
        return Count(
            id=self.id, dimension=self.dimension, value=self.value, heads=self.heads, station=self.station,
            scope=self.scope, device=device, counter=self.counter, noted_at=self.noted_at,
        )  # fmt: skip


class SentNote(_SentFact, kw_only=True):
    text: str

    def fact(self, device: str) -> Note:
        return Note(id=self.id, text=self.text, device=device, counter=self.counter, noted_at=self.noted_at)


Raws = Annotated[list[msgspec.Raw], Meta(max_length=MOST_FACTS)]


class Sending(Struct):
    """What a phone sends: its own id and the facts it has not been told to be kept."""

    device: Annotated[str, Meta(pattern="^[A-Za-z0-9-]{8,64}$")]
    marks: Raws = msgspec.field(default_factory=list)
    counts: Raws = msgspec.field(default_factory=list)
    notes: Raws = msgspec.field(default_factory=list)


@dataclass
class Taken:
    """By id: what is stored now and may go from the phone, and what never will be, each with the reason in words."""

    accepted: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, id: str, reason: Refusal) -> None:
        self.refused.append({"id": id, "reason": refusal_text(reason)})


async def take(date_id: UUID, content: bytes, *, by: Actor, now: datetime) -> Taken:
    """Stores every fact that is possible; an impossible one is no obstacle for the others.

    Raises DecodeError, UnicodeDecodeError or RecursionError when the sending as a whole cannot be read, NotFound, and
    Refused while nothing may be recorded about the date yet: then the phone keeps everything.
    """
    sending, taken = msgspec.json.decode(content, type=Sending), Taken()
    highest = await highest_counter(date_id) + FURTHEST
    marks = [mark.fact(sending.device) for mark in _readable(sending.marks, SentMark, taken, highest)]
    counts = [count.fact(sending.device) for count in _readable(sending.counts, SentCount, taken, highest)]
    notes = [note.fact(sending.device) for note in _readable(sending.notes, SentNote, taken, highest)]
    possible = _possible(marks, rules.why_not_mark, taken)
    try:
        await record_marks(date_id, possible, by=by, now=now)
    except Refused as refused:
        possible = _without(possible, refused, taken)
        await record_marks(date_id, possible, by=by, now=now)
    _accept(possible, taken)
    _accept(good_counts := _possible(counts, rules.why_not_count, taken), taken)
    await record_headcounts(date_id, good_counts, by=by, now=now)
    _accept(good_notes := _possible(notes, rules.why_not_note, taken), taken)
    await record_notes(date_id, good_notes, by=by, now=now)
    return taken


def _readable(raws: Iterable[msgspec.Raw], type: type[Any], taken: Taken, highest: int) -> list[Any]:
    """Nobody has counted so far: one such counter would make every later one impossible."""
    found = []
    for raw in raws:
        try:
            one = msgspec.json.decode(raw, type=type)
            if one.counter > highest:
                taken.refuse(str(one.id), Refusal("impossible_counter"))
            else:
                found.append(one)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if id := _id_of(raw):
                taken.refuse(id, Refusal("unreadable"))
    return found


def _id_of(raw: msgspec.Raw) -> str:
    try:
        return str(msgspec.json.decode(raw, type=dict[str, Any]).get("id", ""))[:64]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def _possible(facts: Sequence[Fact], why_not: Callable[[Fact], Refusal | None], taken: Taken) -> list[Fact]:
    possible = []
    for fact in facts:
        if reason := why_not(fact):
            taken.refuse(str(fact.id), reason)
        else:
            possible.append(fact)
    return possible


def _without(marks: Sequence[Mark], refused: Refused, taken: Taken) -> list[Mark]:
    """Those the action had nothing against; raises on when it was against the date as a whole."""
    reasons = {str(reason.facts["id"]): reason for reason in refused.reasons if "id" in reason.facts}
    if len(reasons) < len(refused.reasons):
        raise refused
    for id, reason in reasons.items():
        taken.refuse(id, reason)
    return [mark for mark in marks if str(mark.id) not in reasons]


def _accept(facts: Sequence[Mark] | Sequence[Count] | Sequence[Note], taken: Taken) -> None:
    taken.accepted += [str(fact.id) for fact in facts]


async def phone_list(date_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Everything the page needs without network, ready for JSON; names as first name and initial. Raises NotFound."""
    shown = await roll(date_id)
    return {
        "date": str(date_id),
        "title": localized(shown.event.title, SOURCE).text,
        "start": shown.date.start,
        "end": shown.date.end,
        "now": now,
        "counter": shown.counter,
        "ahead": rules.why_not_record(shown.date.start, now) is not None,
        "people": [_person(row) for row in shown.rows],
        "counts": [_count(one) for one in shown.counts],
        "fields": count_fields(shown.event),
        "notes": [note.text for note in await notes_of(date_id)],
    }


def _person(row: RollRow) -> dict[str, Any]:
    """What says nothing is left out, and the number is the place: the list travels over bad networks."""
    given, initial = shortened(row)
    party = row.party if row.party > 1 else None
    said = {"initial": initial, "party": party, "walk_in": row.walk_in, "latest": row.latest and _latest(row.latest)}
    return {"subject": str(row.subject), "given": given} | {name: value for name, value in said.items() if value}


def shortened(row: RollRow) -> tuple[str, str]:
    """The first name and the initial of the rest: enough to find somebody, too little to know them.

    Where somebody gave everything in one field, the first word is taken for the first name; whoever has nothing but a
    family name is shown with it.
    """
    given, _, rest = row.given_name.strip().partition(" ")
    family = row.family_name.strip() or rest.strip()
    if not given:
        return family, ""
    return given, f"{family[0].upper()}." if family else ""


def _latest(mark: Mark) -> dict[str, Any]:
    return {
        "mark": mark.mark, "party": mark.party, "counter": mark.counter, "device": mark.device, "id": str(mark.id),
    }  # fmt: skip


def _count(one: Count) -> dict[str, Any]:
    names = ("dimension", "value", "station", "scope", "heads", "counter", "device")
    return {**{name: getattr(one, name) for name in names}, "id": str(one.id)}
