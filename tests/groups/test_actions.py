"""A run of a group from its opening to its end."""

from datetime import date, time
from uuid import UUID, uuid4

import pytest

from events.groups.actions import end_group, open_group, report_group
from events.groups.queries import group_by_id, groups, reports_between
from events.groups.wording import refusal_text
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.kit.refusals import NotFound, Refused
from tests.factories import make_organisation, make_programme

NOW = berlin(date(2017, 7, 31), time(12))
START = date(2016, 8, 1)


async def a_group(programme: UUID | None = None, name: str = "Die Marienkäfer") -> UUID:
    programme = programme or await make_programme()
    kita = await make_organisation("Kita Regenbogen", city="Marl")
    return await open_group(programme, kita, name, START, by=SYSTEM, now=NOW)


async def tells(group: UUID, day: date, parents: int, children: int, *languages: str) -> UUID:
    return await report_group(group, day, parents, children, languages, by=SYSTEM, now=NOW)


async def test_a_group_reports_and_ends(db: None) -> None:
    id = await a_group()
    await tells(id, date(2016, 12, 1), 7, 7)
    await tells(id, date(2017, 6, 1), 8, 9, "tr", "ar", "tr")
    await end_group(id, date(2017, 7, 15), by=SYSTEM, now=NOW)
    group = await group_by_id(id)
    assert group is not None
    assert (group.institution_name, group.city, group.ended_on) == ("Kita Regenbogen", "Marl", date(2017, 7, 15))
    assert group.last_report is not None
    assert (group.last_report.parents, group.last_report.languages) == (8, ("ar", "tr"))
    assert (group.is_running(date(2017, 7, 15)), group.is_running(date(2017, 7, 16))) == (True, False)
    verbs = await HistoryEntry.select(HistoryEntry.verb).where(HistoryEntry.about_id == id)
    assert sorted(row["verb"] for row in verbs) == ["group_ended", "group_opened", "group_reported", "group_reported"]


async def test_a_second_report_for_the_same_day_replaces_the_first(db: None) -> None:
    id = await a_group()
    assert await tells(id, date(2017, 6, 1), 8, 9) == await tells(id, date(2017, 6, 1), 9, 10)
    [placed] = await reports_between(START, date(2017, 7, 31))
    assert (placed.report.parents, placed.city) == (9, "Marl")


async def test_groups_are_found_by_programme_and_institution(db: None) -> None:
    programme = await make_programme("Rucksack KiTa")
    id, other = await a_group(programme), await a_group()
    assert [group.id for group in await groups(programme_id=programme)] == [id]
    [group] = await groups(programme_id=programme)
    assert [one.id for one in await groups(institution_id=group.institution_id)] == [id]
    assert {group.id for group in await groups()} == {id, other}
    assert await groups(institution_id=uuid4()) == []


async def test_a_group_needs_a_programme_and_an_institution_that_are_there(db: None) -> None:
    with pytest.raises(NotFound):
        await open_group(await make_programme(), uuid4(), "Die Marienkäfer", START, by=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        await tells(uuid4(), START, 1, 1)
    assert await groups() == []


async def test_what_cannot_be_is_refused_with_a_sentence(db: None) -> None:
    id = await a_group()
    for day, parents, languages, code in (
        (date(2016, 7, 1), 8, (), "group_not_running_then"),
        (date(2017, 8, 1), 8, (), "group_report_in_the_future"),
        (date(2017, 6, 1), 2001, (), "impossible_group_size"),
        (date(2017, 6, 1), 8, ("xx",), "unknown_group_language"),
    ):
        with pytest.raises(Refused) as refused:
            await tells(id, day, parents, 8, *languages)
        assert refused.value.reasons[0].code == code
        assert refusal_text(refused.value.reasons[0])
    assert await reports_between(START, date(2018, 1, 1)) == []
