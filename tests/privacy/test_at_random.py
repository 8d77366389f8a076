"""Random histories, and erasing what is due or somebody who asks for it: no figure changes, nobody else goes, and of
who asked nothing is left in any table."""

from datetime import timedelta

import pytest

from events.attendance.tables import AttendanceMark
from events.checks import find_faults
from events.evidence.actions import TIME_FOR_A_REASON, take_in_late_facts
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.privacy.asking import Asked
from events.privacy.clock_work import erase_due
from events.privacy.on_request import erase_on_request, stored_about
from events.privacy.retention import due
from events.registration.tables import Participant, Registration
from tests.evidence.test_figures_stay import History, everything
from tests.factories import make_event
from tests.privacy.somebody import ADDRESS, MARK, Somebody, everything_is_sent, tables_with, voices_of_others

DAY = timedelta(days=1)
STEPS = 25


async def names_of_coming(event_id) -> set[str]:
    rows = await Participant.select(Participant.id, Participant.given_name, Participant.email).where(
        Participant.id.is_in(Registration.select(Registration.participant).where(Registration.event == event_id))
    )
    return {f"{row['id']} {row['given_name']} {row['email']}" for row in rows}


@pytest.mark.parametrize("seed", [0, 3])
async def test_what_is_due_goes_at_any_moment_and_no_figure_changes(db: None, seed: int) -> None:
    history = await History(seed).begin()
    coming = await make_event("Kommt erst", starts_in=500 * DAY)
    history.registrations[coming.id] = []
    for _booking in range(3):
        await history.somebody_signs_up(coming)
    kept = await names_of_coming(coming.id)
    moment = now()
    for _round in range(4):
        for _step in range(STEPS):
            await history.step()
        await take_in_late_facts(by=SYSTEM, now=now() + TIME_FOR_A_REASON)
        before = await everything()
        moment += history.chance.randint(5, 60) * DAY
        await erase_due(by=SYSTEM, now=moment)
        assert await everything() == before
        assert (await due(moment)).is_nothing  # what waits is not due
    await history.end()
    before = await everything()
    last = await erase_due(by=SYSTEM, now=moment + 100 * DAY)
    assert last.waiting == 0 and await everything() == before
    assert (await erase_due(by=SYSTEM, now=moment + 100 * DAY)).people == 0
    assert await names_of_coming(coming.id) == kept
    left = await Participant.select(Participant.id).where(Participant.given_name != "")
    assert len(left) == len(kept)
    assert not await AttendanceMark.exists().where(AttendanceMark.name != "")
    assert await find_faults(now()) == []


@pytest.mark.parametrize("seed", range(2))
async def test_nothing_is_left_of_who_asks_to_be_erased_and_no_figure_changes(db: None, seed: int) -> None:
    history = await History(seed).begin()
    zara = await Somebody(history.chance, history.events).begin()
    for _step in range(STEPS):
        await history.step()
        await zara.does_something()
    await history.end()
    before, voices = await everything(), await voices_of_others()
    assert len({table async for table in tables_with(MARK)}) >= 5
    erased = await erase_on_request(Asked(ADDRESS), "Antrag", address_too=True, by=SYSTEM, now=now())
    assert erased.left == () and erased.sign_ups and erased.entries
    await everything_is_sent()
    assert [table async for table in tables_with(MARK)] == []
    assert (await stored_about(Asked(ADDRESS), now())).is_nothing
    assert await everything() == before and await find_faults(now()) == []
    assert await voices_of_others() == voices
