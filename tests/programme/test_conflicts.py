"""Two things at once in one room or with one trainer."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.programme.actions import cancel_date, change_date
from events.programme.conflicts import Occupied, clash, conflicts_of
from events.programme.conflicts_ahead import conflicts_between
from events.programme.copying import date_details
from events.programme.trainer_actions import name_trainer
from tests.factories import make_event, make_venue, seen

PERSON = uuid4()


async def in_room(event, room, **changed):
    details = replace(date_details(event.dates[0]), room=room, **changed)
    await change_date(event.dates[0].id, details, by=SYSTEM, now=now())
    return await seen(event.id)


async def test_one_room_is_not_given_twice_at_once(db):
    first, second = await make_event("Eins"), await make_event("Zwei")
    (found,) = await conflicts_of(second, now())
    assert (found.one.event.id, found.other.event.id) == (second.id, first.id)
    assert found.place == "Kreishaus" and found.people == ()
    (ahead,) = await conflicts_between(first.starts_at, first.ends_at)
    assert (ahead.place, ahead.people) == ("Kreishaus", ())
    assert sorted(one.event.title["de"] for one in (ahead.one, ahead.other)) == ["Eins", "Zwei"]
    assert await conflicts_between(first.ends_at, first.ends_at + timedelta(days=1)) == []
    first = await in_room(first, "Saal 1")
    assert (await conflicts_of(second, now()))[0].place == "Kreishaus, Saal 1"
    second = await in_room(second, "Saal 2")
    assert await conflicts_of(second, now()) == []
    second = await in_room(second, "saal 1", start=first.ends_at, end=first.ends_at + timedelta(hours=1))
    assert await conflicts_of(second, now()) == []


async def test_what_does_not_take_place_is_in_nobodys_way(db):
    first = await make_event("Eins")
    await make_event("Zwei", called_off=True)
    third = await make_event("Drei", venue=await make_venue("Bürgerhaus"))
    assert await conflicts_of(first, now()) == [] and await conflicts_of(third, now()) == []
    fourth = await make_event("Vier", dates=2)
    assert len(await conflicts_of(first, now())) == 1
    await cancel_date(fourth.dates[0].id, by=SYSTEM, now=now())
    assert await conflicts_of(first, now()) == []


async def test_a_trainer_cannot_be_in_two_places(db):
    first, second = await make_event("Eins"), await make_event("Zwei", venue=await make_venue("Bürgerhaus"))
    charge = await name_trainer(first.id, "Tanja Fuchs", "tanja@example.org", by=SYSTEM, now=now())
    assert await conflicts_of(second, now()) == [] and charge
    await name_trainer(second.id, "Tanja Fuchs", "tanja@example.org", by=SYSTEM, now=now())
    (found,) = await conflicts_of(second, now())
    assert found.people == ("Tanja Fuchs",) and found.place == ""
    before = queries_so_far()
    (ahead,) = await conflicts_between(first.starts_at, first.ends_at)
    assert ahead.people == ("Tanja Fuchs",) and ahead.place == "" and queries_so_far() - before == 1
    await cancel_date(second.dates[0].id, by=SYSTEM, now=now())
    assert await conflicts_between(first.starts_at, first.ends_at) == []


async def test_the_rule_alone_needs_both_time_and_place(db):
    event = await make_event()
    one = Occupied(event.dates[0], event, {PERSON: "Tanja"})
    online = replace(event.dates[0], venue_id=None, is_online=True)
    assert clash(one, Occupied(online, event, {})) is None
    assert clash(one, Occupied(online, event, {PERSON: "Tanja"})).people == ("Tanja",)
    assert clash(one, Occupied(replace(online, start=event.dates[0].end, end=event.dates[0].end), event)) is None


async def test_many_dates_cost_no_more_questions(db):
    event = await make_event(dates=5)
    counted = []
    for _ in range(2):
        before = queries_so_far()
        await conflicts_of(event, now())
        counted.append(queries_so_far() - before)
        for number in range(5):
            await make_event(f"Noch {number}")
    assert counted[0] == counted[1] <= 6
