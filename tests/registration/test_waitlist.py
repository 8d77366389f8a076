"""The queue: who waits, who moves up, how long a seat is held, and what quotas leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.database import queries_so_far, transaction
from events.programme.tables import Event
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.links import Access
from events.registration.own.page import own_page
from events.registration.queries import registrations_of, seats
from events.registration.waitlist import fill_free_seats, lapse_overdue, pass_on_places
from tests.factories import make_event, make_organisation, make_quota, seen
from tests.outbox import calendar_of, kinds_to, mails_to
from tests.people import DORIAN
from tests.registration.stories import confirmed, sign_up, signed_up, statuses, stranger


async def test_the_last_place_is_not_given_twice(db: None) -> None:
    event = await make_event(capacity=1)
    await confirmed(event)
    await confirmed(event, who=DORIAN)
    assert await statuses(event) == ["confirmed", "waiting"]
    assert await kinds_to(DORIAN.email) == ["confirm_address", "waiting"]
    assert calendar_of((await mails_to(DORIAN.email, "waiting"))[0]) == ""


async def test_a_freed_place_goes_to_who_waits_longest_at_once(db: None) -> None:
    event = await make_event(capacity=1)
    first = await confirmed(event)
    for number in (1, 2):
        await confirmed(event, who=stranger(number))
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    assert await statuses(event) == ["cancelled", "confirmed", "waiting"]
    assert await kinds_to("gast1@example.org") == ["confirm_address", "waiting", "moved_up"]
    assert "METHOD:REQUEST" in calendar_of((await mails_to("gast1@example.org", "moved_up"))[0])


async def test_who_does_not_fit_is_skipped_and_keeps_the_rank(db: None) -> None:
    event = await make_event(capacity=3, policy={"max_party": 6})
    first = await confirmed(event, who=stranger(1))
    await confirmed(event, who=stranger(2, party=2))
    await confirmed(event, who=stranger(3, party=2))
    await confirmed(event, who=stranger(4))
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    assert await statuses(event) == ["cancelled", "confirmed", "waiting", "confirmed"]


async def test_a_hold_ends_and_the_place_goes_to_who_waits(db: None) -> None:
    event = await make_event(capacity=1)
    await signed_up(event)
    await confirmed(event, who=DORIAN)
    assert await statuses(event) == ["unconfirmed", "waiting"]
    await lapse_overdue(now=now() + timedelta(hours=25))
    assert await statuses(event) == ["lapsed", "confirmed"]


async def test_while_nobody_waits_a_place_is_held_for_a_week(db: None) -> None:
    event = await make_event(capacity=1)
    receipt = await signed_up(event)
    await lapse_overdue(now=now() + timedelta(days=6))
    await confirm_address(receipt.booking, by=SYSTEM, now=now() + timedelta(days=6))
    assert await statuses(event) == ["confirmed"]


async def test_confirming_a_lapsed_sign_up_makes_a_fresh_one_at_the_end_of_the_queue(db: None) -> None:
    event = await make_event(capacity=1, starts_in=timedelta(days=30))
    receipt = await signed_up(event)
    await lapse_overdue(now=now() + timedelta(days=8))
    await confirmed(event, who=DORIAN)
    await confirm_address(receipt.booking, by=SYSTEM, now=now() + timedelta(days=8))
    assert await statuses(event) == ["lapsed", "confirmed", "waiting"]


async def test_a_seat_freed_by_the_clock_is_not_snatched_by_a_newcomer(db: None) -> None:
    event = await make_event(capacity=1)
    await signed_up(event)
    await confirmed(event, who=DORIAN)
    later = now() + timedelta(hours=25)
    await register(sign_up(event, who=stranger(1)), by=SYSTEM, now=later)
    by_mail = {one.email: one.status for one in await registrations_of(event.id)}
    assert by_mail[DORIAN.email] == "confirmed" and by_mail["gast1@example.org"] == "unconfirmed"
    assert (await seats([event.id], later))[event.id].taken == 1


async def test_places_of_an_administration_are_not_exceeded(db: None) -> None:
    event, city = await make_event(capacity=10), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=2, organisation=city)
    for number in range(3):
        await confirmed(event, who=replace(stranger(number), organisation=city))
    await confirmed(event, who=DORIAN)
    assert await statuses(event) == ["confirmed", "confirmed", "waiting", "confirmed"]


async def test_released_places_are_open_to_all(db: None) -> None:
    event, city = await make_event(capacity=10), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=1, organisation=city, release_at=now() - timedelta(hours=1))
    for number in range(3):
        await confirmed(event, who=replace(stranger(number), organisation=city))
    assert await statuses(event) == ["confirmed"] * 3


async def test_loading_the_past_tells_nobody_that_they_moved_up(db: None) -> None:
    event = await make_event(capacity=1)
    await signed_up(event)
    await confirmed(event, who=DORIAN)
    later = now() + timedelta(hours=25)
    await register(sign_up(event, who=stranger(1), source="office"), by=SYSTEM, now=later, notify=False)
    assert await kinds_to(DORIAN.email) == ["confirm_address", "waiting"]


async def test_who_confirms_late_and_moves_up_at_once_shortens_nobodys_hold(db: None) -> None:
    event = await make_event(capacity=2, starts_in=timedelta(days=30))
    first = await signed_up(event)
    later = now() + timedelta(days=8)
    await register(sign_up(event, who=DORIAN), by=SYSTEM, now=later)
    await confirm_address(first.booking, by=SYSTEM, now=later)
    held = next(one for one in await registrations_of(event.id) if one.email == DORIAN.email)
    assert held.hold_until == later + timedelta(days=7)


@pytest.mark.parametrize("people", [1, 12])
async def test_moving_up_costs_the_same_decisions_however_many_move(db: None, people: int) -> None:
    event, city = await make_event(capacity=30), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=30, organisation=city)
    await Event.update({Event.capacity: 1}).where(Event.id == event.id)
    await confirmed(event)
    for number in range(people):
        await confirmed(event, who=replace(stranger(number), organisation=city))
    before = queries_so_far()
    async with transaction():
        await Event.update({Event.capacity: 30}).where(Event.id == event.id)
        await fill_free_seats(await seen(event.id), now=now(), notify=False)
    assert queries_so_far() - before <= 18
    assert await statuses(event) == ["confirmed"] * (people + 1)


async def test_places_that_are_released_go_to_who_waits_for_them(db: None) -> None:
    event, city = await make_event(capacity=10), await make_organisation("Stadt Marl", "administration")
    await make_quota(event.id, places=1, organisation=city, release_at=now() + timedelta(days=1))
    for number in range(2):
        await confirmed(event, who=replace(stranger(number), organisation=city))
    assert await pass_on_places(now=now()) == 0
    assert await statuses(event) == ["confirmed", "waiting"]
    assert await pass_on_places(now=now() + timedelta(days=2)) == 1
    assert await statuses(event) == ["confirmed", "confirmed"]


async def test_everybody_who_waits_sees_their_own_rank(db: None) -> None:
    event = await make_event(capacity=1)
    receipts = [await confirmed(event, who=stranger(number)) for number in range(3)]
    pages = [await own_page(Access(receipt.booking), now()) for receipt in receipts]
    assert [page.registrations[0].rank for page in pages] == [None, 1, 2]


@pytest.mark.parametrize("evenings", [1, 30])
async def test_the_own_page_costs_the_same_queries_however_many_wait(db: None, evenings: int) -> None:
    made = [await make_event(f"Abend {n}", capacity=1, starts_in=timedelta(days=n + 3)) for n in range(evenings)]
    await confirmed(*made)
    receipt = await confirmed(*made, who=DORIAN)
    before = queries_so_far()
    shown = await own_page(Access(receipt.booking), now())
    assert queries_so_far() - before <= 8
    assert [one.rank for one in shown.registrations] == [1] * evenings
