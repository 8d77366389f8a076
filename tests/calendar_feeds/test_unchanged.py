"""A calendar is made once while nothing changes, and never given out when something has."""

from datetime import timedelta
from uuid import uuid4

from events.calendar_feeds.feeds import feed
from events.calendar_feeds.making import PAST, made
from events.calendar_feeds.unchanged import LARGEST, LONGEST, MOST, Unchanged
from events.kit.database import queries_so_far, state_of_everything
from events.office.tables import InstanceFact
from events.programme.actions import mark_called_off
from events.programme.listing import Filters
from tests.programme.offers import BERND, LATER, NOW, a_programme, an_event, evening

ALL = Filters()
SOME = made(["BEGIN:VEVENT\r\nEND:VEVENT\r\n"], name="a", description="b", url="https://example.org", changed_at=NOW)


async def asked(filters: Filters = ALL) -> int:
    before = queries_so_far()
    await feed(filters, language="de", now=NOW)
    return queries_so_far() - before


async def test_while_nothing_changes_no_table_is_read(db: None) -> None:
    await an_event(await a_programme(), "Abend", evening())
    assert await asked() > 0
    assert await asked() == 0


async def test_free_places_are_counted_every_time(db: None) -> None:
    await an_event(await a_programme(), "Abend", evening())
    assert await asked(Filters(frei=True)) == await asked(Filters(frei=True)) > 0


async def test_any_change_makes_it_anew(db: None) -> None:
    id = await an_event(await a_programme(), "Abend", evening())
    before = await feed(ALL, language="de", now=NOW)
    await mark_called_off(id, {"de": "Sturm"}, by=BERND, now=LATER)
    after = await feed(ALL, language="de", now=LATER)
    assert after.content != before.content and b"ABGESAGT" in after.content


async def test_a_date_leaves_by_age_although_nothing_has_changed(db: None) -> None:
    await an_event(await a_programme(), "Abend", evening())
    last = evening().end + PAST - timedelta(minutes=1)
    assert b"Abend" in (await feed(ALL, language="de", now=last)).content
    assert b"Abend" not in (await feed(ALL, language="de", now=last + timedelta(minutes=1))).content


async def test_the_state_stays_while_only_reading_and_differs_after_every_commit(db: None) -> None:
    first = await state_of_everything()
    await InstanceFact.select()
    assert await state_of_everything() == first
    await InstanceFact.insert(InstanceFact(id=uuid4(), name="a", value="b"))
    second = await state_of_everything()
    await InstanceFact.update({InstanceFact.value: "c"}).where(InstanceFact.name == "a")
    assert len({first, second, await state_of_everything()}) == 3


def test_what_is_kept_is_bounded_in_number_size_and_time() -> None:
    kept = Unchanged()
    for number in range(MOST + 5):
        kept.keep(number, "state", SOME, NOW, NOW + PAST)
    assert kept.of(4, "state", NOW) is None and kept.of(5, "state", NOW) is SOME
    assert kept.size == MOST * len(SOME.content) <= LARGEST
    assert kept.of(5, "other", NOW) is None
    assert kept.of(5, "state", NOW + LONGEST) is None and kept.of(5, "state", NOW - LONGEST) is None
