"""Figures of a span: what counts where, and that live and closed dates tell the same."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from events.attendance.facts import Count, Mark
from events.evidence.actions import close_date, correct_date
from events.groups.actions import open_group, report_group
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, berlin, now, standing_at
from events.kit.database import queries_so_far
from events.kit.refusals import Refused
from events.programme.actions import cancel_date, mark_called_off
from events.programme.queries import EventView
from events.registration.signup import Person
from events.reports.figures import Figure
from events.reports.queries import figures
from tests.attendance.story import counted, held_event, record, sign_up, walked_in, was
from tests.factories import make_event, make_organisation, make_programme, make_venue
from tests.people import AMIRA, DORIAN

LONG_AGO, LATER = date(2000, 1, 1), date(2100, 1, 1)
WEEKS = -timedelta(days=29)


async def all_time(by: str = "programme", **filters: str) -> list[Figure]:
    return await figures(LONG_AGO, LATER, by, now(), **filters)  # type: ignore[arg-type]


async def close_all(*events: EventView) -> None:
    for event in events:
        for one in event.dates:
            await close_date(one.id, by=SYSTEM, now=now())


async def attended(event: EventView, *facts: Mark | Count) -> None:
    """The same on each date of the event."""
    for one in event.dates:
        await record(one.id, *(_anew(fact) for fact in facts))


def _anew(fact: Mark | Count) -> Mark | Count:
    if isinstance(fact, Count):
        return counted(fact.heads, fact.dimension, fact.value, scope=fact.scope)
    return was(fact.subject, fact.mark, party=fact.party) if fact.registration else walked_in(fact.name)


async def three_days() -> EventView:
    """Two registered, one of them brings a friend; a walk-in comes to each day."""
    event = await held_event(starts_in=WEEKS, dates=3)
    amira, dorian = await sign_up(event, AMIRA, Person(given_name="Dorian", email="d@example.org", party=2))
    await sign_up(event, Person(given_name="Wanda", email="w@example.org"), status="waiting")
    await attended(event, was(amira), was(dorian, party=2), walked_in("Nuri"))
    return event


async def test_an_event_of_three_days_counts_its_people_once_and_its_days_three_times(db: None) -> None:
    await three_days()
    [figure] = await all_time()
    assert (figure.events, figure.dates, figure.registered) == (1, 3, 3)
    assert (figure.people, figure.participations, figure.heads) == (3, 9, 12)
    assert (figure.minutes, figure.teaching_units, figure.open_dates) == (540, 12.0, 3)


async def test_closing_changes_nothing_but_the_mark(db: None) -> None:
    event = await three_days()
    [live] = await all_time()
    await close_date(event.dates[1].id, by=SYSTEM, now=now())
    [half] = await all_time()
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await close_date(event.dates[2].id, by=SYSTEM, now=now())
    [closed] = await all_time()
    assert (live.open_dates, half.open_dates, closed.open_dates) == (3, 2, 0)
    numbers = ("events", "dates", "registered", "people", "participations", "heads", "minutes")
    told = [tuple(getattr(figure, name) for name in numbers) for figure in (live, half, closed)]
    assert told[0] == told[2]
    # A person of an open and of a closed date is one person only if both are hashed with the family's key.
    assert told[1] == told[0]


async def test_six_people_in_two_programmes_are_counted_once_in_the_family(db: None) -> None:
    people = [Person(given_name=f"Person {number}", email=f"p{number}@example.org") for number in range(8)]
    for name, guests in (("Griffbereit", people[:7]), ("Rucksack KiTa", people[1:])):
        event = await held_event(programme=await make_programme(name, family="Frühe Bildung"))
        for guest in guests:
            await attended(event, *(was(id) for id in await sign_up(event, guest)))
        await close_all(event)
    assert [(figure.programme, figure.people) for figure in await all_time()] == [
        ("Griffbereit", 7),
        ("Rucksack KiTa", 7),
    ]
    [family] = await all_time("family")
    assert (family.programme, family.people, family.registered) == ("Frühe Bildung", 8, 14)


async def test_exchange_meetings_are_apart_from_the_training_days(db: None) -> None:
    trainings = await make_programme("Griffbereit", family="Frühe Bildung", kind="multiplier_training")
    meetings = await make_programme("Austausch und Information", family="Austausch und Information")
    await close_all(
        await held_event(starts_in=WEEKS, dates=3, programme=trainings),
        await held_event(programme=meetings, format="exchange"),
    )
    assert [(figure.programme, figure.kind, figure.dates) for figure in await all_time("family")] == [
        ("Austausch und Information", "other", 1),
        ("Frühe Bildung", "multiplier_training", 3),
    ]


async def test_named_people_and_counted_heads_of_care_events_add_up(db: None) -> None:
    event = await held_event()
    ids = await sign_up(event, AMIRA, DORIAN, contact="")
    await attended(event, *(was(id) for id in ids), counted(24, scope="additional"))
    [figure] = await all_time()
    assert (figure.registered, figure.people, figure.participations, figure.heads) == (2, 2, 2, 26)


async def test_what_did_not_take_place_is_not_counted(db: None) -> None:
    off = await held_event()
    await sign_up(off, AMIRA)
    await mark_called_off(off.id, {"de": "Krank."}, by=SYSTEM, now=now())
    await held_event(published=False)
    await make_event()
    await make_event(dates=0)
    assert await all_time() == []
    half = await held_event(starts_in=WEEKS, dates=2)
    await cancel_date(half.dates[0].id, by=SYSTEM, now=now())
    [figure] = await all_time()
    assert (figure.events, figure.dates) == (1, 1)


async def test_what_was_closed_stays_when_the_rest_is_called_off(db: None) -> None:
    event = await held_event(dates=2)
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira))
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await mark_called_off(event.id, {"de": "Krank."}, by=SYSTEM, now=now())
    [figure] = await all_time()
    assert (figure.dates, figure.heads, figure.registered) == (1, 1, 0)


async def test_dates_that_lie_ahead_join_when_they_are_over(db: None) -> None:
    event = await held_event(dates=2)
    [figure] = await all_time()
    assert (figure.events, figure.dates) == (1, 1)
    [later] = await figures(LONG_AGO, LATER, "programme", event.dates[1].end)
    assert (later.events, later.dates) == (1, 2)


async def test_an_event_belongs_to_the_period_of_its_first_date(db: None) -> None:
    new_year = berlin(date(2017, 1, 1), time())
    with standing_at(new_year - timedelta(days=20)):
        event = await make_event(starts_in=timedelta(days=20, minutes=-1), dates=2)
    await sign_up(event, AMIRA)
    assert event.dates[0].start.astimezone(BERLIN).year == 2016
    for is_closed in (False, True):
        if is_closed:
            await close_all(event)
        [figure] = await figures(date(2016, 1, 1), date(2016, 12, 31), "programme", now())
        assert (figure.events, figure.dates, figure.registered) == (1, 2, 1)
        assert await figures(date(2017, 1, 1), date(2017, 12, 31), "programme", now()) == []


async def test_a_date_in_the_first_minute_of_the_year_in_berlin_is_of_that_year(db: None) -> None:
    new_year = berlin(date(2017, 1, 1), time())
    assert new_year == datetime.fromisoformat("2016-12-31T23:00:00+00:00")
    with standing_at(new_year - timedelta(days=20)):
        await make_event(starts_in=timedelta(days=20))
    assert await figures(date(2016, 1, 1), date(2016, 12, 31), "programme", now()) == []
    assert len(await figures(date(2017, 1, 1), date(2017, 1, 1), "programme", now())) == 1


async def test_a_correction_changes_registered_heads_and_people(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira))
    await close_all(event)
    await record(event.dates[0].id, was(amira, "absent"), walked_in("Nuri"), walked_in("Wanda"))
    await sign_up(event, DORIAN, registered_days_ago=-1)
    await correct_date(event.dates[0].id, by=SYSTEM, now=now(), note="Nachgetragen")
    [figure] = await all_time()
    assert (figure.registered, figure.people, figure.participations, figure.heads) == (2, 2, 2, 2)


async def a_reported_group(programme: UUID, *reports: tuple[date, int, int]) -> None:
    kita = await make_organisation("Kita Regenbogen", city="Marl")
    start = date(2016, 8, 1)
    group = await open_group(programme, kita, "Die Marienkäfer", start, by=SYSTEM, now=now(), agreement="historic")
    for day, parents, children in reports:
        await report_group(group, day, parents, children, (), by=SYSTEM, now=now())


async def test_groups_stand_beside_the_trainings_of_their_programme(db: None) -> None:
    programme = await make_programme("Griffbereit")
    await a_reported_group(programme, (date(2016, 12, 1), 7, 7), (date(2017, 6, 1), 8, 9))
    await a_reported_group(programme, (date(2017, 5, 1), 10, 11))
    [figure] = await figures(date(2016, 1, 1), date(2017, 12, 31), "programme", now())
    assert (figure.programme, figure.dates, figure.groups) == ("Griffbereit", 0, 2)
    assert (figure.parents, figure.children) == (18, 20)
    [first_half] = await figures(date(2016, 7, 1), date(2016, 12, 31), "programme", now())
    assert (first_half.groups, first_half.parents) == (1, 7)


async def test_lines_by_city_go_by_the_place_of_the_date(db: None) -> None:
    marl = await make_venue("Rathaus", city="Marl")
    await held_event(venue=marl, starts_in=WEEKS, dates=2)
    await held_event(online=True)
    programme = await make_programme("Rucksack KiTa")
    await a_reported_group(programme, (date(2017, 6, 1), 8, 9))
    lines = [(figure.programme, figure.kind, figure.dates, figure.groups) for figure in await all_time("city")]
    assert lines == [("Ohne Ort (online)", "", 1, 0), ("Marl", "", 2, 1)]


async def test_filters_narrow_a_report(db: None) -> None:
    first = await make_programme("Griffbereit", family="Frühe Bildung", kind="multiplier_training")
    second = await make_programme("Pflege", family="Pflege", kind="care_information")
    await held_event(programme=first)
    await held_event(programme=second, venue=await make_venue("Moschee", city="Marl"))
    for filters in ({"programme": "pflege"}, {"family": "Pflege"}, {"kind": "care_information"}, {"city": "Marl"}):
        assert [figure.programme for figure in await all_time(**filters)] == ["Pflege"]
    assert await all_time(city="Datteln") == []


async def test_a_span_that_ends_before_it_begins_is_refused(db: None) -> None:
    with pytest.raises(Refused) as refused:
        await figures(LATER, LONG_AGO, "programme", now())
    assert refused.value.reasons[0].code == "span_backwards"
    with pytest.raises(Refused):
        await all_time("shoe_size")


async def test_thirty_events_take_as_many_queries_as_one(db: None) -> None:
    needed = []
    for more in (1, 29):
        for number in range(more):
            await _closed_and_open_event(number)
        before = queries_so_far()
        [figure] = await all_time()
        needed.append((figure.events, queries_so_far() - before))
    assert needed[0][0] == 1
    assert needed[1][0] == 30
    assert needed[0][1] == needed[1][1] <= 13


async def _closed_and_open_event(number: int) -> None:
    event = await held_event(starts_in=WEEKS, dates=2)
    ids = await sign_up(event, Person(given_name=f"Person {number}", email=f"p{number}@example.org"))
    await attended(event, was(ids[0]), counted(3))
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
