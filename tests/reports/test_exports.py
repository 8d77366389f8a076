"""Reports as text: aligned, safe in spreadsheets, and with the keys of the contract."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from events.evidence.actions import close_date
from events.evidence.beside import Comparison, FundedEntry, enter_comparison, enter_funded_units
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import Refused
from events.reports.command import report_text
from events.reports.exports import FURTHER, as_csv, as_json, as_table
from events.reports.figures import Figure
from events.reports.wording import refusal_text
from tests.attendance.story import counted, held_event, record
from tests.factories import make_programme

GRIFFBEREIT = Figure(
    "Griffbereit", "multiplier_training", events=3, dates=8, registered=36, people=34, participations=250, heads=252,
    minutes=390, groups=36, parents=310, children=332,
)  # fmt: skip
OPEN = Figure("=HYPERLINK(1)", "other", events=1, dates=1, heads=5, minutes=90, open_dates=1)


def test_json_has_the_keys_of_the_contract_and_marks_what_is_live() -> None:
    [line, other] = json.loads(as_json([GRIFFBEREIT, OPEN]))
    assert list(line) == [
        "programme", "kind", "events", "dates", "registered", "people", "participations", "heads", "minutes",
        "teaching_units", "groups", "parents", "children", *FURTHER,
    ]  # fmt: skip
    assert (line["teaching_units"], line["open_dates"], other["open_dates"]) == (8.67, 0, 1)


def test_csv_opens_in_german_spreadsheets_and_is_no_formula() -> None:
    text = as_csv([GRIFFBEREIT, OPEN], "programme")
    assert text.startswith("\ufeffProgramm;Veranstaltungen;Termine;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][:3] == ["Griffbereit", "3", "8"]
    assert rows[1][8] == "8,67"
    assert rows[2][0] == "'=HYPERLINK(1)"
    assert {len(row) for row in rows} == {22}


def test_the_table_is_aligned_and_marks_open_dates() -> None:
    lines = as_table([GRIFFBEREIT, OPEN], "programme").splitlines()
    assert len({len(line) for line in lines[:3]}) == 1
    assert lines[2].startswith("=HYPERLINK(1) *")
    assert lines[-1].startswith("* Enthält Termine")
    assert "* Enthält" not in as_table([GRIFFBEREIT], "programme")


def test_an_empty_table_says_so() -> None:
    assert as_table([], "programme") == "In diesem Zeitraum gibt es keine Zahlen."


async def a_closed_date() -> date:
    programme = await make_programme("Rucksack KiTa", funding="KOMM-AN NRW")
    event = await held_event(programme=programme)
    await record(event.dates[0].id, counted(12))
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await enter_comparison(Comparison(programme, "NRW", "über 500 Gruppen"), by=SYSTEM, now=now())
    year = event.dates[0].start.year
    await enter_funded_units([FundedEntry("KOMM-AN NRW", year, "Räume", applied=9)], by=SYSTEM, now=now())
    return event.dates[0].start.date()


async def test_the_command_prints_every_format_it_names(db: None) -> None:
    day = await a_closed_date()
    [line] = json.loads(await report_text(day, day + timedelta(days=1), "family", "json", now()))
    assert (line["programme"], line["heads"]) == ("early_education", 12)
    assert "early_education;1;1;" in await report_text(day, day + timedelta(days=1), "family", "csv", now())
    assert "Programmfamilie" in await report_text(day, day + timedelta(days=1), "family", "table", now())


async def test_funded_units_and_comparisons_stand_beside_and_are_not_added(db: None) -> None:
    day = await a_closed_date()
    text = await report_text(day, day + timedelta(days=1), "programme", "table", now())
    table, beside = text.split("Daneben")
    assert "Rucksack KiTa, NRW: über 500 Gruppen" in beside
    assert "beantragt 9, bewilligt –" in beside
    assert "500" not in table


async def test_a_format_or_grouping_that_does_not_exist_is_refused_with_those_that_do(db: None) -> None:
    for by, format, known in (("programme", "xlsx", "table, csv, json"), ("month", "json", "programme, family")):
        with pytest.raises(Refused) as refused:
            await report_text(date(2017, 1, 1), date(2017, 12, 31), by, format, now())
        assert known in refusal_text(refused.value.reasons[0])
