"""Recording marks and counts: idempotent, append-only, never for the wrong event."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from events.attendance.actions import record_headcounts, record_marks
from events.attendance.queries import roll
from events.attendance.tables import AttendanceMark, Headcount
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.kit.refusals import NotFound, Refused
from events.registration.signup import Person
from events.registration.tables import Booking
from tests.attendance.story import counted, held_event, record, sign_up, walked_in, was
from tests.factories import make_event
from tests.people import AMIRA, DORIAN


async def test_sending_the_same_mark_again_changes_nothing(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    mark = was(amira)
    for _attempt in range(3):
        assert await record_marks(event.dates[0].id, [mark], by=SYSTEM, now=now()) == [mark.id]
    assert await AttendanceMark.count() == 1


async def test_an_id_keeps_what_it_first_said(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    mark = was(amira)
    await record(event.dates[0].id, mark, was(amira, "absent", id=mark.id, counter=9))
    assert (await roll(event.dates[0].id)).rows[0].mark == "present"


async def test_two_phones_may_send_the_same_facts_at_the_same_moment(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    marks, counts = [was(amira), walked_in("Nuri")], [counted(4)]
    date = event.dates[0].id
    await asyncio.gather(*(record_marks(date, marks, by=SYSTEM, now=now()) for _phone in range(6)))
    await asyncio.gather(*(record_headcounts(date, counts, by=SYSTEM, now=now()) for _phone in range(6)))
    assert (await AttendanceMark.count(), await Headcount.count()) == (2, 1)


async def test_who_has_seen_more_wins_and_the_older_statement_stays(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira, "left_early", counter=5, device="a"))
    await record(event.dates[0].id, was(amira, "absent", counter=4, device="b"))
    assert (await roll(event.dates[0].id)).rows[0].mark == "left_early"
    assert await AttendanceMark.count() == 2


async def test_the_server_counts_on_from_the_highest_number_seen(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira, "absent", counter=7), counted(3, counter=11))
    await record(event.dates[0].id, was(amira))
    found = await roll(event.dates[0].id)
    assert (found.rows[0].mark, found.counter) == ("present", 12)


async def test_a_mark_for_another_event_is_refused_and_nothing_of_its_batch_is_saved(db: None) -> None:
    event, other = await held_event(), await held_event()
    [amira] = await sign_up(event, AMIRA)
    [dorian] = await sign_up(other, DORIAN)
    with pytest.raises(Refused) as refused:
        await record(event.dates[0].id, was(amira), was(dorian))
    assert [reason.code for reason in refused.value.reasons] == ["not_of_this_event"]
    assert await AttendanceMark.count() == 0


async def test_a_mark_still_counts_when_the_registration_was_erased_meanwhile(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await Booking.delete(force=True)
    await record(event.dates[0].id, was(amira))
    found = await roll(event.dates[0].id)
    assert (found.named_heads, found.rows[0].name, found.rows[0].walk_in) == (1, "", False)


async def test_impossible_numbers_are_refused_all_at_once(db: None) -> None:
    event = await held_event()
    with pytest.raises(Refused) as refused:
        await record(event.dates[0].id, counted(-1), counted(2001, value="men"), counted(3, "shoe_size"))
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["impossible_number", "impossible_number", "unknown_dimension"]
    assert await Headcount.count() == 0


async def test_nothing_is_recorded_before_its_time_or_for_a_date_that_is_not_there(db: None) -> None:
    ahead = await make_event(starts_in=timedelta(days=30))
    with pytest.raises(Refused) as refused:
        await record(ahead.dates[0].id, counted(3))
    assert refused.value.reasons[0].code == "date_lies_ahead"
    with pytest.raises(NotFound):
        await record_marks(uuid4(), [], by=SYSTEM, now=now())


async def test_an_old_phone_with_a_wrong_clock_is_heard(db: None) -> None:
    event = await held_event()
    await record(event.dates[0].id, walked_in("Nuri", noted_at=now() - timedelta(days=9000)))
    assert (await roll(event.dates[0].id)).named_heads == 1


async def test_a_party_counts_with_the_heads_that_came(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, Person(given_name="Amira", email="amira@example.org", party=5))
    await record(event.dates[0].id, was(amira, party=3))
    assert (await roll(event.dates[0].id)).named_heads == 3
