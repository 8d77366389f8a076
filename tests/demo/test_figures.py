"""The report of 2014 to 2018 says what the office's own report said, and follows what is recorded."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from events.attendance.actions import record_marks
from events.attendance.facts import Mark
from events.attendance.queries import roll
from events.demo.load import DemoReport
from events.evidence.actions import correct_date
from events.evidence.beside import comparisons, funded_units
from events.evidence.queries import evidence_of
from events.groups.queries import groups
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.programme.queries import event_by_slug, events_between, events_by_ids, programmes
from events.reports.figures import By, Figure
from events.reports.queries import figures

SPAN = (date(2014, 1, 1), date(2018, 12, 31))
MOMENTS = (datetime(2014, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC))
FIRST_SESSION = "grundlagen-interkultureller-kompetenz"


async def line(name: str, by: By = "programme") -> Figure:
    return next(one for one in await figures(*SPAN, by, now()) if one.programme == name)


@pytest.mark.parametrize(
    ("programme", "dates", "people", "reached"),
    [
        ("Griffbereit", 8, 34, (36, 310, 332)),
        ("Rucksack KiTa", 12, 50, (92, 670, 757)),
        ("Rucksack Schule", 5, 20, (11, 71, 73)),
    ],
)
async def test_a_multiplier_programme_has_its_dates_people_and_groups(
    demo: DemoReport, programme: str, dates: int, people: int, reached: tuple[int, int, int]
) -> None:
    found = await line(programme)
    assert (found.dates, found.people, found.registered) == (dates, people, people)
    assert (found.groups, found.parents, found.children) == reached


async def test_six_people_of_two_programmes_count_once_in_the_family(demo: DemoReport) -> None:
    family = await line("Frühe Bildung", "family")
    assert (family.dates, family.people) == (25, 98)
    assert 34 + 50 + 20 - family.people == 6


async def test_thirteen_and_twenty_three_groups_were_running_all_through_2017(demo: DemoReport) -> None:
    everything = await groups()
    for month in range(1, 13):
        day = date(2017, month, 15)
        running = [group.programme_name for group in everything if group.is_running(day)]
        assert (running.count("Griffbereit"), running.count("Rucksack KiTa")) == (13, 23)


async def test_volunteers_took_part_170_times_in_three_series(demo: DemoReport) -> None:
    found = await line("Fortbildungsreihe Ehrenamt")
    assert (found.events, found.participations) == (9, 170)
    assert found.registered > found.participations


async def test_care_events_count_names_and_heads_together(demo: DemoReport) -> None:
    found = await line("Pflege und Gesundheit")
    assert (found.events, found.participations, found.heads) == (12, 60, 350)


async def test_care_events_are_held_in_a_community_with_the_local_advice_centre(demo: DemoReport) -> None:
    held = [event.id for event in await events_between(*MOMENTS) if event.kind == "care_information"]
    assert len(held) == 12
    for event in (await events_by_ids(held)).values():
        roles = {partner.role: partner for partner in event.partners}
        assert set(roles) == {"host", "cooperation"}
        assert "(BIP)" in roles["cooperation"].name
        assert event.cities == (roles["host"].city,) == (roles["cooperation"].city,)


async def test_competence_sessions_tell_how_many_came_from_each_administration(demo: DemoReport) -> None:
    found = await line("Interkulturelle Kompetenz")
    assert (found.events, found.participations) == (6, 100)
    event = await event_by_slug(FIRST_SESSION)
    assert event is not None
    (closing,) = (await evidence_of([event.dates[0].id]))[event.dates[0].id]
    by_administration = {value: heads for (name, value), heads in closing.counts.items() if name == "organisation"}
    assert len(by_administration) == 11
    assert sum(by_administration.values()) == closing.participations == 17


async def test_the_concept_workshops_had_fifty_newcomers_among_a_hundred(demo: DemoReport) -> None:
    workshops = [event for event in await events_between(*MOMENTS) if event.programme_slug == "integrationskonzept"]
    ledger = await evidence_of([event.dates[0].id for event in workshops if event.format == "workshop"])
    assert sorted(closing.heads for (closing,) in ledger.values()) == [32] * 8 + [100]
    assert [closing.counts["role", "newcomer"] for (closing,) in ledger.values() if closing.heads == 100] == [50]


@pytest.mark.parametrize(
    ("programme", "format", "day", "how_many"),
    [
        ("zukunftswerkstaetten-auftakt", "kick_off", date(2018, 1, 18), 1),
        ("zukunftswerkstaetten", "workshop", None, 5),
        ("integrationskonzept", "symposium", date(2017, 11, 28), 1),
        ("anschluss-nach-der-ifk", "exchange", None, 4),
        ("ehrenamt-treffen", "meeting", date(2016, 9, 5), 1),
    ],
)
async def test_the_other_events_took_place(
    demo: DemoReport, programme: str, format: str, day: date | None, how_many: int
) -> None:
    held = [event for event in await events_between(*MOMENTS) if event.programme_slug == programme]
    found = [event for event in held if event.format == format]
    assert len(found) == how_many
    if day is not None:
        assert found[0].dates[0].start.date() == day


async def test_the_exchange_meeting_of_2016_is_no_training_day(demo: DemoReport) -> None:
    held = await events_between(datetime(2016, 11, 25, tzinfo=UTC), datetime(2016, 11, 26, tzinfo=UTC))
    assert [(event.format, event.family) for event in held] == [("exchange", "Austausch")]


async def test_funded_units_are_those_of_the_report(demo: DemoReport) -> None:
    units = await funded_units(2016, 2017, "KOMM-AN NRW")
    assert sum(one.carried_out or 0 for one in units if one.year == 2016) == 604
    assert sum(one.applied or 0 for one in units if one.year == 2017) == 580
    assert all(one.carried_out is None for one in units if one.year == 2017)


async def test_figures_of_others_stand_beside_ours(demo: DemoReport) -> None:
    names = {one.id: one.name for one in await programmes()}
    assert {(names[one.programme_id], one.place) for one in await comparisons()} == {
        ("Griffbereit", "Bund"),
        ("Rucksack KiTa", "NRW"),
        ("Rucksack KiTa", "Bund"),
        ("Rucksack Schule", "NRW"),
    }


async def test_a_changed_mark_changes_the_report_and_back(demo: DemoReport) -> None:
    event = await event_by_slug(FIRST_SESSION)
    assert event is not None
    date_id = event.dates[0].id
    somebody = (await roll(date_id)).rows[0]
    before = await line("Interkulturelle Kompetenz")

    await _say(date_id, somebody.subject, "absent")
    assert await line("Interkulturelle Kompetenz") == before
    await correct_date(date_id, by=SYSTEM, now=now(), note="Verwechselt")
    corrected = await line("Interkulturelle Kompetenz")
    assert (corrected.participations, corrected.heads) == (99, 99)

    await _say(date_id, somebody.subject, "present")
    await correct_date(date_id, by=SYSTEM, now=now() + timedelta(seconds=1), note="War doch da")
    assert await line("Interkulturelle Kompetenz") == before


async def _say(date_id: UUID, subject: UUID, mark: str) -> None:
    said = Mark(id=uuid4(), subject=subject, registration=subject, mark=mark)
    await record_marks(date_id, [said], by=SYSTEM, now=now())
