"""A workshop agrees on steps; they are written down once, corrected without loss, released, followed up."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, now, today
from events.kit.refusals import NotFound, Refused
from events.outcomes.actions import (
    add_outcome,
    edit_outcome,
    move_outcome,
    release_outcomes,
    remove_outcome,
    take_back_outcome,
)
from events.outcomes.queries import (
    all_outcomes,
    has_released,
    may_follow,
    outcomes_of,
    overdue_outcomes,
    released_of_series,
)
from events.outcomes.reminding import remind_of_outcomes
from events.outcomes.tables import Outcome
from tests.factories import make_event, make_organisation
from tests.outbox import mails_to, text_of
from tests.outcomes.story import PLAN, agreed, seen, workshop

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)
OFFICE = "ki@example.org"


async def test_the_same_form_sent_twice_is_one_step():
    event, other, id = await workshop(), await make_event(), uuid4()
    await asyncio.gather(*(add_outcome(event.id, id, PLAN, by=SYSTEM, now=now()) for _ in range(2)))
    await add_outcome(event.id, id, replace(PLAN, step="anders"), by=SYSTEM, now=now())
    assert [one.details.step for one in await outcomes_of(event.id)] == [PLAN.step]
    with pytest.raises(NotFound):
        await add_outcome(other.id, id, PLAN, by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await add_outcome(uuid4(), uuid4(), PLAN, by=SYSTEM, now=now())


async def test_an_institution_of_ours_is_known_by_its_name():
    organisation = await make_organisation("Jugendamt der Stadt Marl", "administration")
    event = await workshop()
    assert (await agreed(event, responsible="jugendamt der  stadt marl")).responsible_id == organisation
    assert (await agreed(event, responsible="Kreissportbund")).responsible_id is None


async def test_nobody_overwrites_what_somebody_else_has_changed():
    one = await agreed(await workshop())
    await edit_outcome(one.id, replace(PLAN, measure="Begonnen"), "begun", one.changed_at, by=SYSTEM, now=now())
    with pytest.raises(Refused, match="outcome_changed"):
        await edit_outcome(one.id, PLAN, "done", one.changed_at, by=SYSTEM, now=now())
    current = await seen(one.id)
    assert (current.status, current.details.measure) == ("begun", "Begonnen")
    [line] = await HistoryEntry.select().where(HistoryEntry.verb == "edited", HistoryEntry.about_id == one.id)
    assert "measure" in line["facts"] and "begun" in line["facts"] and "Begonnen" not in line["facts"]
    with pytest.raises(Refused, match="outcome_not_movable"):
        done = replace(PLAN, measure="Fertig")
        await edit_outcome(one.id, done, "done", current.changed_at, by=SYSTEM, now=now())
        await edit_outcome(one.id, done, "open", (await seen(one.id)).changed_at, by=SYSTEM, now=now())


async def test_what_is_released_is_public_until_it_is_taken_back():
    event = await workshop()
    good, bad = await agreed(event), await agreed(event, step="Frau Kaya ruft an")
    assert not await has_released(event.series_id)
    with pytest.raises(Refused, match="outcome_shows_person"):
        await release_outcomes(event.id, [good.id, bad.id], by=SYSTEM, now=now())
    assert await released_of_series(event.series_id) == []
    assert await release_outcomes(event.id, [good.id], by=SYSTEM, now=now()) == 1
    assert await release_outcomes(event.id, [good.id], by=SYSTEM, now=now()) == 0
    assert [one.id for one in await released_of_series(event.series_id)] == [good.id]
    shown = await seen(good.id)
    with pytest.raises(Refused, match="outcome_shows_mail"):
        wrong = replace(PLAN, measure="an kita@example.org")
        await edit_outcome(good.id, wrong, "open", shown.changed_at, by=SYSTEM, now=now())
    with pytest.raises(Refused, match="outcome_is_public"):
        await remove_outcome(good.id, by=SYSTEM, now=now())
    await take_back_outcome(good.id, by=SYSTEM, now=now())
    assert await released_of_series(event.series_id) == [] and not await has_released(event.series_id)
    await remove_outcome(good.id, by=SYSTEM, now=now())
    assert [one.id for one in await outcomes_of(event.id)] == [bad.id]


async def test_only_steps_of_the_event_and_of_a_series_are_released():
    alone, event = await make_event(), await workshop()
    one = await agreed(alone)
    with pytest.raises(Refused, match="outcome_without_series"):
        await release_outcomes(alone.id, [one.id], by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await release_outcomes(event.id, [one.id], by=SYSTEM, now=now())
    with pytest.raises(Refused, match="outcome_none_chosen"):
        await release_outcomes(event.id, [], by=SYSTEM, now=now())


async def test_steps_change_places_and_the_ends_stay():
    event = await workshop()
    first, _second, third = [(await agreed(event, step=text)).id for text in "abc"]
    for id, up in ((first, True), (third, False), (third, True)):
        await move_outcome(id, up)
    assert [one.details.step for one in await outcomes_of(event.id)] == ["a", "c", "b"]
    await move_outcome(first, False)
    assert [one.details.step for one in await outcomes_of(event.id)] == ["c", "a", "b"]
    with pytest.raises(NotFound):
        await move_outcome(uuid4(), True)
    assert [one.details.step for one in await all_outcomes()] == ["c", "a", "b"]


async def test_an_event_that_followed_is_a_later_one():
    event = await workshop()
    one, later = await agreed(event), await make_event("Fortbildung")
    assert [found.id for found in await may_follow(one)] == [later.id]
    await edit_outcome(one.id, replace(PLAN, followed_by=later.id), "done", one.changed_at, by=SYSTEM, now=now())
    followed = (await seen(one.id)).followed_by
    assert followed is not None and followed.id == later.id
    hidden = await make_event("Noch geheim", published=False)
    for wrong in (uuid4(), event.id, hidden.id):
        with pytest.raises(NotFound):
            cannot = replace(PLAN, followed_by=wrong)
            await edit_outcome(one.id, cannot, "done", (await seen(one.id)).changed_at, by=SYSTEM, now=now())


async def test_the_office_is_told_once_of_what_is_due():
    event = await workshop()
    soon = await agreed(event, due_on=today() + 10 * DAY)
    await agreed(event, step="Später", due_on=today() + 30 * DAY)
    late = await agreed(event, step="Zu spät", due_on=today() - DAY)
    assert [one.id for one in await overdue_outcomes(today())] == [late.id]
    morning = berlin(today() + DAY, time(8))
    assert await remind_of_outcomes(now=morning - timedelta(minutes=1)) == 0
    assert [await remind_of_outcomes(now=morning) for _ in range(2)] == [2, 0]
    [mail] = await mails_to(OFFICE, "outcome_due")
    text = text_of(mail)
    assert PLAN.step in text and "Zu spät" in text and "Später" not in text and f"/team/ergebnisse/{soon.id}" in text
    assert await remind_of_outcomes(now=morning + 28 * DAY) == 3
    # Another last day is told of anew; what is done never is.
    await Outcome.update({Outcome.status: "done"}).where(Outcome.id == late.id)
    current = await seen(soon.id)
    new = replace(PLAN, due_on=today() + 100 * DAY)
    await edit_outcome(soon.id, new, "open", current.changed_at, by=SYSTEM, now=now())
    assert (await seen(soon.id)).reminded_at is None
    assert await remind_of_outcomes(now=morning + 90 * DAY) == 2
