"""Funded units and comparisons: entered by hand, replaced when entered again, never added to ours."""

from dataclasses import replace
from uuid import uuid4

import pytest

from events.evidence.actions import close_date
from events.evidence.beside import (
    Comparison,
    FundedEntry,
    comparisons,
    enter_comparison,
    enter_funded_units,
    funded_units,
    own_contributions,
)
from events.evidence.wording import refusal_text
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, now
from events.kit.refusals import NotFound, Refused
from tests.attendance.story import held_event
from tests.factories import make_programme

UNITS = FundedEntry("KOMM-AN NRW", 2017, "Monatliche Austauschtreffen", applied=160)


async def test_units_entered_again_replace_the_earlier_numbers(db: None) -> None:
    await enter_funded_units([UNITS, replace(UNITS, year=2016, carried_out=45)], by=SYSTEM, now=now())
    await enter_funded_units([replace(UNITS, approved=150)], by=SYSTEM, now=now())
    assert await funded_units(2017, 2017) == [replace(UNITS, approved=150)]
    assert len(await funded_units(2016, 2017, "KOMM-AN NRW")) == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(UNITS, funding=" "), "no_funding"),
        (replace(UNITS, unit=""), "no_unit"),
        (replace(UNITS, year=17), "impossible_year"),
        (replace(UNITS, applied=-1), "impossible_units"),
        (replace(UNITS, carried_out=100_001), "impossible_units"),
        (replace(UNITS, recipient="x" * 161), "entry_too_long"),
    ],
)
async def test_impossible_units_are_refused_and_nothing_is_saved(db: None, wrong: FundedEntry, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await enter_funded_units([UNITS, wrong], by=SYSTEM, now=now())
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert refusal_text(refused.value.reasons[0])
    assert await funded_units(2000, 2100) == []


async def test_a_comparison_is_one_per_programme_and_place(db: None) -> None:
    programme = await make_programme()
    await enter_comparison(Comparison(programme, "Bund", "über 300 Gruppen"), by=SYSTEM, now=now())
    newer = Comparison(programme, "Bund", "über 310 Gruppen", "Bericht 2017")
    await enter_comparison(newer, by=SYSTEM, now=now())
    assert await comparisons() == [newer]
    with pytest.raises(Refused):
        await enter_comparison(Comparison(programme, "", "viele"), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await enter_comparison(Comparison(uuid4(), "NRW", "viele"), by=SYSTEM, now=now())


async def test_our_own_closed_dates_are_told_by_funding_programme_and_year(db: None) -> None:
    event = await held_event(programme=await make_programme(funding="KOMM-AN NRW"))
    await close_date(event.dates[0].id, by=SYSTEM, now=now(), countable_minutes=90)
    year = event.dates[0].start.astimezone(BERLIN).year
    [own] = await own_contributions(year)
    assert (own.funding, own.dates, own.countable_minutes) == ("KOMM-AN NRW", 1, 90)
    assert await own_contributions(year - 1) == []
