"""Figures of a span: closed dates by their evidence, open past ones live. The number of statements is fixed."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from events.attendance.people import person_hash
from events.attendance.queries import facts_of
from events.evidence.queries import family_keys
from events.evidence.rules import tally
from events.evidence.tables import Evidence, PersonCounted
from events.groups.queries import reports_between
from events.kit.clock import berlin
from events.kit.refusals import Refusal, Refused
from events.programme.queries import ProgrammeView, programmes
from events.programme.tables import EventDate
from events.reports.figures import BYS, By, Contribution, Figure, Filter, Material, add_up
from events.reports.wording import label_of

Row = dict[str, Any]


async def figures(
    start: date,
    end: date,
    by: By,
    now: datetime,
    *,
    programme: str | None = None,
    family: str | None = None,
    kind: str | None = None,
    city: str | None = None,
) -> list[Figure]:
    """The lines of a report, both days included; `programme` is a slug. Raises Refused.

    An event with all its dates belongs to the span in which its first date lies. Dates that have not ended are not
    counted, nor are cancelled ones and those of drafts and of events that were called off, unless they were closed.
    """
    if by not in BYS:
        raise Refused(Refusal("unknown_grouping", {"value": by, "known": ", ".join(BYS)}))
    found = await material(start, end, now)
    return add_up(found, by, Filter(programme, family, kind, city), partial(label_of, by, found.programmes))


async def material(start: date, end: date, now: datetime) -> Material:
    """What a report of the span is made of, before filters; to add up the same span in several ways."""
    if start > end:
        raise Refused(Refusal("span_backwards"))
    known = await programmes()
    return Material(start, end, known, await _contributions(start, end, now, known), await reports_between(start, end))


async def _contributions(start: date, end: date, now: datetime, known: Sequence[ProgrammeView]) -> list[Contribution]:
    first, last = berlin(start, time()), berlin(end + timedelta(days=1), time())
    events_in_span = EventDate.select(EventDate.event).where(EventDate.start >= first, EventDate.start < last)
    rows = await EventDate.select(
        EventDate.id, EventDate.event, EventDate.start, EventDate.end, EventDate.break_minutes, EventDate.cancelled,
        EventDate.venue.city, EventDate.event.status, EventDate.event.programme,
    ).where(EventDate.event.is_in(events_in_span))  # fmt: skip
    ledger = _by_date(await Evidence.select().where(Evidence.event.is_in(events_in_span)))
    people = await _people(events_in_span)
    begun = _begun_in(rows, ledger, first, last)
    open_rows = [row for row in rows if row["event"] in begun and row["id"] not in ledger and _took_place(row, now)]
    closed_rows = [row for row in rows if row["event"] in begun and row["id"] in ledger]
    registered = _registered_by_event(closed_rows, ledger)
    closed = [_closed(row, ledger[row["id"]], people[row["id"]], registered[row["event"]]) for row in closed_rows]
    return closed + await _live(open_rows, {one.id: one for one in known}, registered)


async def _people(events_in_span: Any) -> Mapping[UUID, frozenset[str]]:
    """The hashes that count for each date after its corrections."""
    rows = await PersonCounted.select(
        PersonCounted.person_hash, PersonCounted.change, PersonCounted.evidence.event_date
    ).where(PersonCounted.evidence.event.is_in(events_in_span))
    net: dict[tuple[UUID, str], int] = defaultdict(int)
    for row in rows:
        net[row["evidence.event_date"], row["person_hash"]] += row["change"]
    found: dict[UUID, set[str]] = defaultdict(set)
    for (date_id, hash), number in net.items():
        if number > 0:
            found[date_id].add(hash)
    return defaultdict(frozenset, {date_id: frozenset(hashes) for date_id, hashes in found.items()})


def _by_date(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["event_date"]].append(row)
    return dict(found)


def _begun_in(rows: Sequence[Row], ledger: Mapping[UUID, object], first: datetime, last: datetime) -> set[UUID]:
    """The events whose first date that takes place lies in the span."""
    beginnings: dict[UUID, datetime] = {}
    for row in rows:
        if not row["cancelled"] or row["id"] in ledger:
            beginnings[row["event"]] = min(row["start"], beginnings.get(row["event"], row["start"]))
    return {event for event, start in beginnings.items() if first <= start < last}


def _took_place(row: Row, now: datetime) -> bool:
    return bool(row["end"] <= now and not row["cancelled"] and row["event.status"] == "published")


def _registered_by_event(closed: Sequence[Row], ledger: Mapping[UUID, Sequence[Row]]) -> dict[UUID, int]:
    """Of several dates of an event the one with most registered counts; of those called off none were registered."""
    found: dict[UUID, int] = {}
    for row in closed:
        net = 0 if row["event.status"] == "called_off" else sum(line["registered"] for line in ledger[row["id"]])
        found[row["event"]] = max(net, found.get(row["event"], 0))
    return found


def _closed(row: Row, lines: Sequence[Row], people: frozenset[str], registered: int) -> Contribution:
    closing = next(line for line in lines if line["kind"] == "closing")
    return Contribution(
        event_id=row["event"],
        programme_id=closing["programme"],
        family=closing["family"],
        city=closing["city"],
        start=row["start"],
        is_open=False,
        registered=registered,
        participations=sum(line["participations"] for line in lines),
        heads=sum(line["heads"] for line in lines),
        minutes=sum(line["minutes"] for line in lines),
        countable_minutes=sum(line["countable_minutes"] for line in lines),
        people=people,
    )


async def _live(
    rows: Sequence[Row], known: Mapping[UUID, ProgrammeView], registered: Mapping[UUID, int]
) -> list[Contribution]:
    facts = await facts_of({row["id"]: row["event"] for row in rows})
    # Nobody was counted yet in a family without a key: any key tells people apart for this one report.
    keys = defaultdict(partial(secrets.token_hex, 32), await family_keys())
    contributions = []
    for row in rows:
        minutes = int((row["end"] - row["start"]).total_seconds()) // 60 - row["break_minutes"]
        programme = known[row["event.programme"]]
        counted = tally(facts[row["id"]], minutes, minutes, partial(person_hash, keys[programme.family]))
        contributions.append(
            Contribution(
                event_id=row["event"],
                programme_id=programme.id,
                family=programme.family,
                city=row["venue.city"] or "",
                start=row["start"],
                is_open=True,
                registered=registered.get(row["event"], counted.registered),
                participations=counted.participations,
                heads=counted.heads,
                minutes=minutes,
                countable_minutes=minutes,
                people=frozenset(counted.people),
            )
        )
    return contributions
