"""Closing a date writes down what it counted; later changes are rows of differences. Nothing is ever rewritten."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from events.attendance.people import person_hash
from events.attendance.queries import facts_of
from events.attendance.tables import AttendanceMark, Headcount
from events.evidence import rules
from events.evidence.checklist import findings, needs_explanation
from events.evidence.queries import (
    EvidenceView,
    dates_with_late_facts,
    evidence_of,
    held_date,
    is_closed,
    people_counted,
    unclosed_dates,
)
from events.evidence.rules import HeldDate, Tally
from events.evidence.tables import Evidence, EvidenceCount, FamilyKey, PersonCounted
from events.history.actions import entry
from events.history.actions import note as note_history
from events.kit.actor import Actor
from events.kit.clock import BERLIN
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, Refused, refuse_if
from events.kit.translation import N_
from events.kit.translation import gettext as _
from events.programme.locking import lock_event_of
from events.programme.tables import Organisation

NUMBERS = ("registered", "participations", "heads", "minutes", "countable_minutes", "no_shows")
TIME_FOR_A_REASON = timedelta(hours=1)
LATE = N_("Nach dem Abschluss übertragen.")
BY_ITSELF = N_("Von selbst abgeschlossen.")
VERBS = {"closing": "evidence_closed", "correction": "evidence_corrected"}


async def close_date(
    date_id: UUID, *, by: Actor, now: datetime, countable_minutes: int | None = None, note: str = "", origin: str = ""
) -> UUID:
    """Writes the evidence of a date that has ended. Raises NotFound, and Refused with the reason.

    `countable_minutes` is what the funding programme counts, if that differs from the length less breaks. Numbers that
    contradict each other need a `note`. `origin` is list, count or estimate where somebody said so.
    """
    refuse_if(rules.why_not_countable(countable_minutes))
    async with transaction():
        date = await _locked_date(date_id)
        refuse_if(rules.why_not_close(date, await is_closed(date_id), now))
        refuse_if(None if note.strip() else await _why_unexplained(date))
        return await _close(date, by, now, countable_minutes, (note, origin))


async def correct_date(
    date_id: UUID, *, by: Actor, now: datetime, note: str, countable_minutes: int | None = None
) -> UUID:
    """Adds the difference that later facts make: marks, counts, registrations, a changed length or countable time.

    Only what came after the last evidence makes a difference, so that names erased since then change nothing.
    `note` says why. Raises NotFound, and Refused if the date is not closed or nothing has changed.
    """
    refuse_if(rules.why_not_countable(countable_minutes), rules.why_not_correct(note))
    async with transaction():
        date = await _locked_date(date_id)
        ledger = (await evidence_of([date_id])).get(date_id, ())
        refuse_if(None if ledger else Refusal("not_closed"))
        id = uuid4()
        taken_in = await _take_in(date_id, id)
        change = await _change(date, ledger, id, countable_minutes)
        refuse_if(Refusal("nothing_to_correct") if change.is_nothing and not taken_in else None)
        await _save(Evidence(id=id, kind="correction", note=note, **_header(date, change, by, now)), change, by)
    return id


async def take_in_late_facts(*, by: Actor, now: datetime) -> int:
    """Corrects every closed date that a phone reached too late; how many. For the clock.

    Whoever enters something by hand has an hour to write a correction of their own, with the reason.
    """
    late = await dates_with_late_facts(now - TIME_FOR_A_REASON)
    for date_id in late:
        with suppress(Refused):  # somebody else was faster
            await correct_date(date_id, by=by, now=now, note=_(LATE))
    return len(late)


async def close_overdue(*, older_than: timedelta, by: Actor, now: datetime) -> int:
    """Closes what the office forgot, before names are erased: facts first. How many; for the clock."""
    overdue = [one for one, _event in await unclosed_dates(now) if one.end < now - older_than]
    for one in overdue:
        with suppress(Refused):
            await close_date(one.id, by=by, now=now, note=_(BY_ITSELF))
    return len(overdue)


async def end_counting(family: str, *, by: Actor, now: datetime) -> None:
    """Destroys the family's key: from now on nobody can tell who was counted, and people count anew."""
    async with transaction():
        key = await FamilyKey.objects().get(FamilyKey.family == family)
        if key is None:
            raise NotFound
        await FamilyKey.delete().where(FamilyKey.id == key.id)
        await note_history(entry("counting_ended", FamilyKey, by=by, now=now, id=key.id, facts={"family": family}))


async def _why_unexplained(date: HeldDate) -> Refusal | None:
    facts = (await facts_of({date.id: date.event_id}))[date.id]
    return Refusal("explanation_missing") if needs_explanation(findings(facts, ())) else None


async def _close(date: HeldDate, by: Actor, now: datetime, countable: int | None, said: tuple[str, str]) -> UUID:
    id = uuid4()
    await _take_in(date.id, id)
    facts = (await facts_of({date.id: date.event_id}))[date.id].counted()
    hash_of = partial(person_hash, await _key_of(date.family))
    minutes = date.minutes if countable is None else countable
    counted = rules.tally(facts, date.minutes, minutes, hash_of, await _known_organisations())
    note, origin = said
    row = Evidence(id=id, kind="closing", note=note, origin=origin, **_header(date, counted, by, now))
    await _save(row, counted, by)
    return id


async def _change(date: HeldDate, ledger: tuple[EvidenceView, ...], id: UUID, countable: int | None) -> Tally:
    facts = (await facts_of({date.id: date.event_id}))[date.id]
    hash_of = partial(person_hash, await _key_of(date.family))
    known = await _known_organisations()
    minutes, countable_before = sum(row.minutes for row in ledger), sum(row.countable_minutes for row in ledger)
    if countable is None:
        countable = date.minutes if countable_before == minutes else countable_before
    before = rules.tally(facts.counted(without=id), minutes, countable_before, hash_of, known)
    after = rules.tally(facts.counted(), date.minutes, countable, hash_of, known)
    spare = sum(row.heads - row.participations for row in ledger)
    known_before = await people_counted(date.id), rules.earlier_hashes(facts, hash_of)
    change = rules.settled(rules.difference(after, before), spare, *known_before)
    return rules.with_late_registrations(change, facts, ledger[-1].closed_at)


async def _take_in(date_id: UUID, evidence: UUID) -> bool:
    """Every fact is taken in by exactly one row of evidence, whatever arrives at the same moment."""
    taken = []
    for table in (AttendanceMark, Headcount):
        update = table.update({table.counted_in: evidence}).where(
            table.event_date == date_id, table.counted_in.is_null()
        )
        taken += await update.returning(table.id)
    return bool(taken)


async def _locked_date(date_id: UUID) -> HeldDate:
    """Under the lock of its event: a ledger is written by one at a time, and the date stays as it is meanwhile."""
    await lock_event_of(date_id)
    date = await held_date(date_id)
    if date is None:
        raise NotFound
    return date


async def _key_of(family: str) -> str:
    new = FamilyKey(family=family, key=secrets.token_hex(32))
    await FamilyKey.insert(new).on_conflict(target=FamilyKey.family, action="DO NOTHING")
    row = await FamilyKey.select(FamilyKey.key).where(FamilyKey.family == family).first()
    return str(row["key"]) if row else new.key


async def _known_organisations() -> dict[str, str]:
    rows = await Organisation.select(Organisation.folded_name, Organisation.name)
    return {row["folded_name"]: row["name"] for row in rows}


def _header(date: HeldDate, counted: Tally, by: Actor, now: datetime) -> dict[str, Any]:
    return {
        "event_date": date.id,
        "event": date.event_id,
        "programme": date.programme_id,
        "family": date.family,
        "funding": date.funding,
        "held_on": date.start.astimezone(BERLIN).date(),
        "city": date.city,
        **{name: getattr(counted, name) for name in NUMBERS},
        "closed_at": now,
        "actor": str(by),
    }


async def _save(row: Evidence, counted: Tally, by: Actor) -> None:
    await Evidence.insert(row)
    counts = [
        EvidenceCount(evidence=row.id, dimension=dimension, value=value, heads=heads)
        for (dimension, value), heads in counted.counts.items()
    ]
    people = [
        PersonCounted(evidence=row.id, person_hash=hash, change=change) for hash, change in counted.people.items()
    ]
    if counts:
        await EvidenceCount.insert(*counts)
    if people:
        await PersonCounted.insert(*people)
    facts = {name: getattr(counted, name) for name in NUMBERS}
    await note_history(entry(VERBS[row.kind], row, by=by, now=row.closed_at, context=row.event, facts=facts))
