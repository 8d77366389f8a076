"""Units of funding programmes: what closed dates add, signing a year off, and what stays as it was signed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from events.checks import find_faults
from events.evidence.actions import close_date, correct_date
from events.evidence.beside import FundedEntry, enter_funded_units
from events.evidence.funding import HeldInYear, Unit, check_value, own_part, why_not_correct, why_not_sign
from events.evidence.funding_actions import (
    UnitDetails,
    add_unit,
    change_unit,
    correct_unit,
    remove_unit,
    sign_off,
    version_of,
)
from events.evidence.funding_queries import Planned, corrections_of, funded_year, open_units
from events.evidence.tables import FundedUnit
from events.kit.actor import SYSTEM
from events.kit.clock import now, today
from events.kit.refusals import NotFound, Refused
from events.privacy.erasing import erase_booking
from events.registration.signup import Person
from events.registration.tables import Registration
from tests.attendance.story import held_event, record, sign_up, was
from tests.factories import make_programme, make_venue

PROGRAMME, EVENT = uuid4(), uuid4()
UNIT = Unit(uuid4(), "KOMM-AN NRW", 2027, "Austauschtreffen", "", "Marl", 10, 8, 2, measure="dates")
HELD = HeldInYear("KOMM-AN NRW", 2027, PROGRAMME, "Marl", EVENT, 3, 500, 400)


@pytest.mark.parametrize(
    ("measure", "expected"), [("", None), ("dates", 5), ("events", 2), ("units", 10), ("hours", 8), ("other", None)]
)
def test_each_measure_counts_its_own_and_no_half_units(measure: str, expected: int | None) -> None:
    other = replace(HELD, event_id=uuid4(), dates=2, countable_minutes=85)
    assert own_part(replace(UNIT, measure=measure), [HELD, other]) == expected


@pytest.mark.parametrize(
    "elsewhere", [{"city": "Herten"}, {"year": 2026}, {"funding": "NRWeltoffen"}, {"programme_id": uuid4()}]
)
def test_dates_of_another_city_year_funding_or_programme_add_nothing(elsewhere: dict[str, object]) -> None:
    only = replace(UNIT, programme_id=PROGRAMME)
    assert own_part(only, [HELD]) == 3
    assert own_part(only, [replace(HELD, **elsewhere)]) == 0  # type: ignore[arg-type]
    assert own_part(replace(UNIT, city=""), [replace(HELD, city="Herten")]) == 3


def test_the_check_value_knows_every_number_and_no_order() -> None:
    other = replace(UNIT, id=uuid4(), unit="Räume")
    assert check_value([UNIT, other]) == check_value([other, UNIT])
    for changed in ({"applied": 11}, {"approved": None}, {"by_hand": 3}, {"own": 1}, {"unit": "Raum"}, {"city": ""}):
        assert check_value([replace(UNIT, **changed)]) != check_value([UNIT])  # type: ignore[arg-type]


def test_only_a_year_that_has_begun_is_signed_and_only_a_signed_one_is_corrected() -> None:
    assert why_not_sign([UNIT], False, 2027, 2027) is None
    for units, is_signed, year in (([], False, 2027), ([UNIT], True, 2027), ([UNIT], False, 2028)):
        assert why_not_sign(units, is_signed, year, 2027) is not None
    assert why_not_correct(UNIT, True, "carried_out", -2, "doppelt") is None
    for is_signed, number, change, reason in (
        (False, "carried_out", 1, "x"), (True, "own", 1, "x"), (True, "applied", 0, "x"), (True, "applied", 1, " "),
        (True, "carried_out", -3, "x"),
    ):  # fmt: skip
        assert why_not_correct(UNIT, is_signed, number, change, reason) is not None


async def refused(doing) -> list[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        await doing
    return [one.code for one in caught.value.reasons]


async def a_held_date():  # type: ignore[no-untyped-def]
    """One closed date of a funded programme in Marl, with two people."""
    programme = await make_programme("Ehrenamt", funding="KOMM-AN NRW")
    event = await held_event(programme=programme, venue=await make_venue("Rathaus", city="Marl"))
    ids = await sign_up(event, Person("Amira", "", "amira@example.org"), Person("Cem", "", "cem@example.org"))
    await record(event.dates[0].id, was(ids[0]))
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    return event, ids


async def test_a_signed_year_stays_whatever_becomes_of_its_dates_and_names(db: None) -> None:
    event, ids = await a_held_date()
    year = event.dates[0].start.year
    details = UnitDetails(FundedEntry("KOMM-AN NRW", year, "Treffen", city="Marl", applied=3), measure="units")
    unit = await add_unit(details, by=SYSTEM, now=now())
    assert await refused(add_unit(details, by=SYSTEM, now=now())) == ["unit_is_there"]
    (live,) = (await funded_year("KOMM-AN NRW", year)).units
    assert (live.own, live.number("carried_out")) == (4, 4)
    for measure, done in (("units", 4), ("hours", 3), ("events", 1), ("dates", 1)):
        changed = replace(details, measure=measure)
        await change_unit(unit, changed, await version_of(unit), by=SYSTEM, now=now())
        counted_in = measure if measure in ("units", "hours") else ""
        assert await open_units(year) == [Planned("KOMM-AN NRW", year, counted_in, 3, done)]
        assert [one.own for one in (await funded_year("KOMM-AN NRW", year)).units] == [done]
    await change_unit(unit, replace(details, measure="dates"), await version_of(unit), by=SYSTEM, now=now())
    assert await refused(change_unit(unit, details, "old", by=SYSTEM, now=now())) == ["unit_changed"]

    shown = check_value((await funded_year("KOMM-AN NRW", year)).units)
    assert await refused(sign_off("KOMM-AN NRW", year, "other", by=SYSTEM, now=now())) == ["units_changed"]
    signed = await sign_off("KOMM-AN NRW", year, shown, by=SYSTEM, now=now())
    assert await refused(sign_off("KOMM-AN NRW", year, shown, by=SYSTEM, now=now())) == ["year_is_signed"]
    assert await refused(change_unit(unit, details, await version_of(unit), by=SYSTEM, now=now())) == ["year_is_signed"]
    assert await refused(remove_unit(unit, by=SYSTEM, now=now())) == ["year_is_signed"]
    assert await refused(enter_funded_units([details.entry], by=SYSTEM, now=now())) == ["year_is_signed"]
    respelt = replace(details, entry=replace(details.entry, funding="komm-an  nrw", unit="Noch eine"))
    assert await refused(add_unit(respelt, by=SYSTEM, now=now())) == ["year_is_signed"]
    assert await open_units(year) == []

    await record(event.dates[0].id, was(ids[1]))
    await correct_date(event.dates[0].id, by=SYSTEM, now=now() + timedelta(seconds=1), note="Liste lag im Auto")
    row = await Registration.select(Registration.booking).where(Registration.id == ids[0]).first()
    assert row is not None
    await erase_booking(row["booking"], by=SYSTEM, now=now())
    after = await funded_year("KOMM-AN NRW", year)
    assert after.sign_off is not None and (after.sign_off.hash, after.sign_off.is_true) == (signed, True)
    assert [(one.own, one.number("carried_out")) for one in after.units] == [(1, 1)]
    assert await find_faults(now()) == []


async def test_a_correction_stands_beside_and_a_change_past_us_is_found(db: None) -> None:
    year = today().year
    (unit,) = await enter_funded_units([FundedEntry("NRWeltoffen", year, "Räume", carried_out=5)], by=SYSTEM, now=now())
    assert await refused(correct_unit(unit, "carried_out", 1, "x", by=SYSTEM, now=now())) == ["year_not_signed"]
    await sign_off(
        "NRWeltoffen", year, check_value((await funded_year("NRWeltoffen", year)).units), by=SYSTEM, now=now()
    )
    await correct_unit(unit, "carried_out", -2, "doppelt gezählt", by=SYSTEM, now=now())
    found = await funded_year("NRWeltoffen", year)
    assert found.units[0].number("carried_out") == 3 and found.sign_off is not None and found.sign_off.is_true
    assert [(one.change, one.reason) for one in await corrections_of(unit)] == [(-2, "doppelt gezählt")]
    with pytest.raises(NotFound):
        await correct_unit(uuid4(), "carried_out", 1, "x", by=SYSTEM, now=now())
    await FundedUnit.update({FundedUnit.carried_out: 500}).where(FundedUnit.id == unit)
    assert [one.code for one in await find_faults(now())] == ["funded_hash"]
