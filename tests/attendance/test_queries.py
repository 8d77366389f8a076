"""The roll of a date: who is on it, in which order, and how many heads that makes."""

from uuid import uuid4

import pytest

from events.attendance.queries import roll
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound
from events.registration.signup import Person
from tests.attendance.story import counted, held_event, record, sign_up, walked_in, was
from tests.people import AMIRA, DORIAN


async def test_the_roll_shows_the_confirmed_by_name_and_then_the_walk_ins(db: None) -> None:
    event = await held_event()
    await sign_up(event, DORIAN)
    await sign_up(event, AMIRA)
    await sign_up(event, Person(given_name="Wanda", email="wanda@example.org"), status="waiting")
    await record(event.dates[0].id, walked_in("Aaron"))
    rows = (await roll(event.dates[0].id)).rows
    assert [(row.number, row.name, row.walk_in) for row in rows] == [
        (1, "Amira Haddad", False),
        (2, "Dorian Weiß", False),
        (3, "Aaron", True),
    ]
    assert [row.mark for row in rows] == [None, None, "present"]


async def test_somebody_who_came_without_a_confirmed_place_is_shown_too(db: None) -> None:
    event = await held_event()
    [wanda] = await sign_up(event, AMIRA, status="waiting")
    await record(event.dates[0].id, was(wanda))
    found = await roll(event.dates[0].id)
    assert [(row.name, row.present, row.walk_in) for row in found.rows] == [("Amira Haddad", True, False)]


async def test_a_later_mark_of_a_walk_in_need_not_repeat_the_name(db: None) -> None:
    event = await held_event()
    first = walked_in("Nuri", city="Marl")
    await record(event.dates[0].id, first)
    await record(event.dates[0].id, walked_in(subject=first.subject, mark="left_early"))
    [row] = (await roll(event.dates[0].id)).rows
    assert (row.name, row.city, row.mark, row.walk_in) == ("Nuri", "Marl", "left_early", True)


async def test_named_people_and_heads_make_one_figure(db: None) -> None:
    event = await held_event()
    ids = await sign_up(event, AMIRA, DORIAN)
    await record(event.dates[0].id, was(ids[0]), was(ids[1], "excused"), counted(24, scope="additional"))
    found = await roll(event.dates[0].id)
    assert (found.named_heads, found.everyone, found.additional, found.effective_heads) == (1, 0, 24, 25)
    assert [(one.value, one.heads) for one in found.counts] == [("women", 24)]


async def test_a_date_that_is_not_there_has_no_roll(db: None) -> None:
    with pytest.raises(NotFound):
        await roll(uuid4())


async def test_a_long_list_takes_as_many_queries_as_a_short_one(db: None) -> None:
    needed = []
    for size in (1, 30):
        event = await held_event(capacity=None)
        people = [Person(given_name=f"Person {number}", email=f"p{number}@example.org") for number in range(size)]
        await record(event.dates[0].id, *(was(id) for id in await sign_up(event, *people)))
        before = queries_so_far()
        assert len((await roll(event.dates[0].id)).rows) == size
        needed.append(queries_so_far() - before)
    assert needed[0] == needed[1]
