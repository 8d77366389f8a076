"""Figures of a span: closed dates by their evidence, open past ones live. The number of statements is fixed."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from events.attendance.people import person_hash
from events.attendance.queries import facts_of
from events.evidence.queries import family_keys
from events.evidence.rules import tally
from events.groups.queries import places_of_running, reports_between
from events.kit.clock import BERLIN, berlin
from events.kit.database import as_moment
from events.kit.refusals import Refusal, Refused
from events.kit.translation import gettext as _
from events.programme.queries import ProgrammeView, organisations, programmes
from events.programme.tables import Venue
from events.programme.wording import LANGUAGE_NAMES
from events.reports.figures import (
    BYS,
    By,
    Contribution,
    Figure,
    Filter,
    Material,
    NotHeld,
    Place,
    add_up,
    altogether,
    heads_by,
)
from events.reports.ledger import Ledger, place_of
from events.reports.report import Against, Report, span_against
from events.reports.wording import HEADS, label_of, value_in_words

Row = Mapping[str, Any]

EVERYTHING = Filter()


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
    Lines in which nothing took place and no group reported are left out.
    """
    found = await material(start, end, by, Filter(programme, family, kind, city), now)
    return [one for one in _lines(found, by) if one.dates or one.groups]


async def report(
    start: date, end: date, by: By, now: datetime, only: Filter = EVERYTHING, against: Against = ""
) -> Report:
    """Everything about a span, with what is planned and called off too. Counts as `figures`. Raises Refused."""
    found = await _report(start, end, by, only, now)
    other = span_against(start, end, against)
    return found if other is None else replace(found, before=await _report(*other, by, only, now))


async def _report(start: date, end: date, by: By, only: Filter, now: datetime) -> Report:
    found = await material(start, end, by, only, now)
    codes = {code for _place, one in found.reports for code in one.report.languages}
    return Report(
        start,
        end,
        by,
        only,
        _lines(found, by),
        altogether(found, _("Zusammen")),
        await _heads_in_words(heads_by(found)),
        sorted(_(LANGUAGE_NAMES.get(code, code)) for code in codes),
        found.programmes,
    )


async def beginning_and_cities() -> tuple[date | None, list[str]]:
    """The day of the first date there is, and where dates take place; one statement."""
    rows = await Venue.raw(
        "SELECT DISTINCT city, (SELECT MIN(start) FROM event_date) AS began FROM venue ORDER BY city"
    )
    began = next((as_moment(row["began"]) for row in rows if row["began"]), None)
    return began and began.astimezone(BERLIN).date(), [row["city"] for row in rows if row["city"]]


def _lines(found: Material, by: By) -> list[Figure]:
    return add_up(found, by, partial(label_of, by, found.programmes))


async def _heads_in_words(found: Mapping[str, Mapping[str, int]]) -> dict[str, list[tuple[str, int]]]:
    """Names of organisations are added up by their kind; one statement more where there are any."""
    heads = {name: Counter(dict(values)) for name, values in found.items() if name in HEADS}
    if "organisation" in found:
        kinds = {one.name: one.kind for one in await organisations()}
        for name, number in found["organisation"].items():
            heads.setdefault("organisation_kind", Counter())[kinds.get(name, "")] += number
    return {
        name: [(value_in_words(name, value), number) for value, number in heads[name].most_common()]
        for name in HEADS
        if name in heads
    }


async def material(start: date, end: date, by: By, only: Filter, now: datetime) -> Material:
    """What a report of the span is made of, in six to eleven statements. Raises Refused."""
    if by not in BYS:
        raise Refused(Refusal("unknown_grouping", {"value": by, "known": ", ".join(BYS)}))
    if start > end:
        raise Refused(Refusal("span_backwards"))
    known = {one.slug: one for one in await programmes()}
    ledger = Ledger(berlin(start, time()), berlin(end + timedelta(days=1), time()), only)
    sums = await ledger.sums(by, [(one.slug, one.kind, one.family, one.funding) for one in known.values()], now)
    closed = sums.closed
    open_rows = [row for row in sums.open if only.lets_through(place_of(row))]
    registered = {one.event_id: one.registered for one in closed}
    live = await _live([row for row in open_rows if _took_place(row, now)], registered)
    held = {one.event_id for one in (*closed, *live)}
    return Material(
        start,
        end,
        tuple(known.values()),
        (*closed, *live),
        await _reports(start, end, known.values(), only),
        _not_held([row for row in open_rows if row["event"] not in held]),
        await _running(end, known.values(), only),
        sums.people,
        await ledger.recognised(by, {hash for one in live for hash in one.people}),
        sums.counts,
    )


def _took_place(row: Row, now: datetime) -> bool:
    return bool(row["end"] <= now and row["status"] == "published")


async def _live(rows: Sequence[Row], registered: Mapping[UUID, int]) -> list[Contribution]:
    facts = await facts_of({row["id"]: row["event"] for row in rows})
    # Nobody was counted yet in a family without a key: any key tells people apart for this one report.
    keys = defaultdict(partial(secrets.token_hex, 32), await family_keys())
    contributions = []
    for row in rows:
        minutes = int((row["end"] - row["start"]).total_seconds()) // 60 - row["break_minutes"]
        counted = tally(facts[row["id"]], minutes, minutes, partial(person_hash, keys[row["family"]]))
        contributions.append(
            Contribution(
                event_id=row["event"],
                place=place_of(row),
                start=row["start"],
                registered=registered.get(row["event"], counted.registered),
                participations=counted.participations,
                heads=counted.heads,
                minutes=minutes,
                countable_minutes=minutes,
                no_shows=counted.no_shows,
                seats=row["capacity"],
                open_dates=1,
                people=frozenset(counted.people),
                counts=counted.counts,
            )
        )
    return contributions


def _not_held(rows: Iterable[Row]) -> list[NotHeld]:
    """One for each event, where its first date was to be."""
    first = {row["event"]: row for row in sorted(rows, key=lambda row: row["start"], reverse=True)}
    return [NotHeld(place_of(row), row["status"] == "called_off") for row in first.values()]


def _of_group(programme: ProgrammeView, city: str) -> Place:
    """Groups have no format."""
    return Place(programme.slug, programme.family, programme.kind, "", city, programme.funding)


async def _reports(start: date, end: date, known: Iterable[ProgrammeView], only: Filter) -> list[Any]:
    by_id = {one.id: one for one in known}
    placed = [(_of_group(by_id[one.programme_id], one.city), one) for one in await reports_between(start, end)]
    return [(place, one) for place, one in placed if only.lets_through(place)]


async def _running(day: date, known: Iterable[ProgrammeView], only: Filter) -> list[Place]:
    by_id = {one.id: one for one in known}
    placed = [_of_group(by_id[programme], city) for programme, city in await places_of_running(day)]
    return [place for place in placed if only.lets_through(place)]
