"""A run of a group from its opening to its end."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from events.groups.actions import end_group, open_group, remove_group, repeat_report, report_group
from events.groups.queries import group_by_id, groups, overdue_reports, reports_between, reports_of
from events.groups.tables import GroupReport
from events.groups.wording import next_step, refusal_text
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound, Refused
from events.programme.agreement_actions import end_agreement
from tests.factories import make_organisation, make_programme
from tests.groups.story import NOW, START, a_group, a_kita, may_run, tells


async def verbs_about(id: UUID) -> list[str]:
    rows = await HistoryEntry.select(HistoryEntry.verb).where(HistoryEntry.about_id == id)
    return sorted(row["verb"] for row in rows)


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
    assert (group.report_due_on, group.is_overdue(date(2020, 1, 1))) == (None, False)
    assert (group.is_running(date(2017, 7, 15)), group.is_running(date(2017, 7, 16))) == (True, False)
    assert await verbs_about(id) == ["group_ended", "group_opened", "group_reported", "group_reported"]


async def test_only_a_group_that_never_reported_is_removed(db: None) -> None:
    mistaken, real = await a_group(name="Vertippt"), await a_group()
    await remove_group(mistaken, by=SYSTEM, now=NOW)
    assert await group_by_id(mistaken) is None and await verbs_about(mistaken) == ["group_opened", "group_removed"]
    await tells(real, date(2017, 6, 1), 8, 9)
    with pytest.raises(Refused) as refused:
        await remove_group(real, by=SYSTEM, now=NOW)
    assert "beenden" in next_step(refused.value.reasons[0]) and await group_by_id(real) is not None
    with pytest.raises(NotFound):
        await remove_group(mistaken, by=SYSTEM, now=NOW)


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


async def test_a_group_runs_under_the_agreement_of_its_institution_or_its_body(db: None) -> None:
    programme = await make_programme()
    kita = await a_kita(programme)
    of_the_body = await group_by_id(await a_group(programme, kita))
    own = await may_run(kita, programme, START + timedelta(days=1))
    later = await group_by_id(await a_group(programme, kita, start=START + timedelta(days=1)))
    assert of_the_body is not None and later is not None
    assert of_the_body.agreement_id not in (None, own)
    assert (later.agreement_id, later.programme_slug) == (own, "griffbereit")


async def test_without_an_agreement_valid_on_its_first_day_no_group_opens(db: None) -> None:
    programme, other = await make_programme(), await make_programme("Rucksack KiTa")
    kita = await make_organisation()
    await may_run(kita, other)
    own = await may_run(kita, programme)
    await end_agreement(own, date(2017, 1, 31), by=SYSTEM, now=NOW)
    for start in (START - timedelta(days=1), date(2017, 2, 1)):
        with pytest.raises(Refused) as refused:
            await a_group(programme, kita, start=start)
        assert [reason.code for reason in refused.value.reasons] == ["group_without_agreement"]
        assert all(refusal_text(reason) and next_step(reason) for reason in refused.value.reasons)
    assert await groups() == []
    await a_group(programme, kita, start=date(2017, 1, 31))


async def test_a_run_of_the_past_is_entered_without_an_agreement(db: None) -> None:
    programme, kita = await make_programme(), await make_organisation()
    past = date(2014, 8, 1)
    id = await open_group(programme, kita, "Gruppe 1", past, by=SYSTEM, now=NOW, agreement="historic")
    group = await group_by_id(id)
    assert group is not None
    assert (group.agreement_id, group.started_on) == (None, past)


async def test_the_same_form_sent_twice_opens_one_group(db: None) -> None:
    programme, id = await make_programme(), uuid4()
    kita, other = await a_kita(programme), await make_organisation("Kita Purzelbaum")

    async def send(name: str) -> UUID:
        return await open_group(programme, kita, name, START, by=SYSTEM, now=NOW, id=id)

    assert set(await asyncio.gather(*(send("Die Marienkäfer") for _ in range(4)))) == {id}
    assert await send("Ein anderer Name") == id
    assert [group.name for group in await groups()] == ["Die Marienkäfer"]
    assert await verbs_about(id) == ["group_opened"]
    with pytest.raises(NotFound):
        await open_group(programme, other, "Die Marienkäfer", START, by=SYSTEM, now=NOW, id=id)


async def test_equal_reports_at_once_give_one(db: None) -> None:
    id, day = await a_group(), date(2017, 6, 1)
    assert len(set(await asyncio.gather(*(tells(id, day, 8, 9, "de") for _ in range(4))))) == 1
    assert len(set(await asyncio.gather(*(repeat_report(id, NOW.date(), by=SYSTEM, now=NOW) for _ in range(4))))) == 1
    assert [(one.reported_on, one.unchanged) for one in await reports_of(id)] == [(NOW.date(), True), (day, False)]
    assert await verbs_about(id) == ["group_opened", "group_reported", "group_reported"]


async def test_unchanged_since_the_last_report_is_said_without_numbers(db: None) -> None:
    id, day = await a_group(), date(2017, 6, 1)
    await tells(id, date(2016, 12, 1), 7, 7)
    await tells(id, day, 8, 9, "tr", "ar")
    await repeat_report(id, date(2017, 3, 1), by=SYSTEM, now=NOW)
    await repeat_report(id, NOW.date(), by=SYSTEM, now=NOW)
    told = [(one.reported_on, one.parents, one.languages, one.unchanged) for one in await reports_of(id)]
    assert told == [
        (NOW.date(), 8, ("ar", "tr"), True),
        (day, 8, ("ar", "tr"), False),
        (date(2017, 3, 1), 7, (), True),
        (date(2016, 12, 1), 7, (), False),
    ]
    received = await GroupReport.select(GroupReport.received_at).where(GroupReport.reported_on == NOW.date()).first()
    assert received == {"received_at": NOW}


async def test_what_a_group_said_of_a_day_is_not_replaced_by_an_earlier_report(db: None) -> None:
    id = await a_group()
    await tells(id, date(2017, 1, 1), 7, 7)
    counted = await tells(id, date(2017, 6, 1), 9, 9)
    assert await repeat_report(id, date(2017, 6, 1), by=SYSTEM, now=NOW) == counted
    assert [(one.parents, one.unchanged) for one in await reports_of(id)] == [(9, False), (7, False)]


async def test_there_is_nothing_to_repeat_before_the_first_report(db: None) -> None:
    id = await a_group()
    await tells(id, date(2017, 6, 1), 8, 9)
    with pytest.raises(Refused) as refused:
        await repeat_report(id, date(2017, 5, 31), by=SYSTEM, now=NOW)
    assert refused.value.reasons[0].code == "group_nothing_to_repeat"
    assert refusal_text(refused.value.reasons[0]) and next_step(refused.value.reasons[0])
    await end_group(id, date(2017, 6, 30), by=SYSTEM, now=NOW)
    with pytest.raises(Refused) as refused:
        await repeat_report(id, date(2017, 7, 1), by=SYSTEM, now=NOW)
    assert refused.value.reasons[0].code == "group_not_running_then"
    assert len(await reports_of(id)) == 1


async def test_groups_that_owe_a_report_are_found_the_longest_overdue_first(db: None) -> None:
    slow, quick = await make_programme("Rucksack KiTa", policy={"group_report_months": 12}), await make_programme()
    new, told = await a_group(quick, name="Neu"), await a_group(quick, name="Gemeldet")
    ended, yearly = await a_group(quick, name="Beendet"), await a_group(slow, name="Jährlich")
    await tells(told, date(2016, 9, 30))
    await end_group(ended, date(2016, 12, 31), by=SYSTEM, now=NOW)
    assert await overdue_reports(date(2017, 1, 31)) == []
    first = await overdue_reports(date(2017, 2, 1))
    assert [(group.id, group.report_due_on) for group in first] == [(new, date(2017, 2, 1))]
    before = queries_so_far()
    assert [group.id for group in await overdue_reports(date(2017, 8, 1))] == [new, told, yearly]
    assert queries_so_far() - before == 2
    await tells(new, date(2017, 7, 1))
    assert [group.id for group in await overdue_reports(date(2017, 8, 1))] == [told, yearly]


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
            await report_group(id, day, parents, 8, languages, by=SYSTEM, now=NOW)
        assert refused.value.reasons[0].code == code
        assert refusal_text(refused.value.reasons[0])
    assert await reports_between(START, date(2018, 1, 1)) == []
