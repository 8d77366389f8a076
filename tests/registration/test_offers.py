"""Where places are offered for a time: who answers in time gets them, else the next in the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from events.kit.actor import person
from events.kit.clock import BERLIN, now
from events.kit.refusals import Refused
from events.registration.actions import cancel_booking
from events.registration.offers import accept_place, decline_place
from events.registration.queries import registrations_of, seats
from events.registration.terms import offer_ends
from events.registration.waitlist import end_offers, tell_those_who_wait_on
from tests.factories import make_event
from tests.outbox import calendar_of, kinds_to, mails_to
from tests.registration.stories import confirmed, only, statuses, stranger
from tests.registration.test_rules import event as imagined

OFFER = {"waiting_list": "offer"}


async def test_a_freed_place_is_offered_and_kept_until_the_answer(db: None) -> None:
    event = await make_event(capacity=1, policy=OFFER)
    first = await confirmed(event)
    second = await confirmed(event, who=stranger(1))
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    assert await statuses(event) == ["cancelled", "offered"]
    assert (await seats([event.id], now()))[event.id].free == 0
    for _doubled in range(2):
        await accept_place((await only(second)).id, by=person(second.booking), now=now())
    assert await statuses(event) == ["cancelled", "confirmed"]
    assert await kinds_to("gast1@example.org") == ["confirm_address", "waiting", "place_offered", "confirmation"]
    assert "METHOD:REQUEST" in calendar_of((await mails_to("gast1@example.org", "confirmation"))[0])


async def test_who_declines_passes_the_place_on(db: None) -> None:
    event = await make_event(capacity=1, policy=OFFER)
    first = await confirmed(event)
    second = await confirmed(event, who=stranger(1))
    await confirmed(event, who=stranger(2))
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    await decline_place((await only(second)).id, by=person(second.booking), now=now())
    assert await statuses(event) == ["cancelled", "cancelled", "offered"]
    with pytest.raises(Refused, match="nothing_offered"):
        await decline_place((await only(second)).id, by=person(second.booking), now=now())


async def test_an_offer_nobody_answers_goes_to_the_next(db: None) -> None:
    event = await make_event(capacity=1, policy=OFFER)
    first = await confirmed(event)
    second = await confirmed(event, who=stranger(1))
    await confirmed(event, who=stranger(2))
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    later = now() + timedelta(days=4)
    with pytest.raises(Refused, match="offer_over"):
        await accept_place((await only(second)).id, by=person(second.booking), now=later)
    await end_offers(now=later)
    assert await statuses(event) == ["cancelled", "lapsed", "offered"]
    assert (await kinds_to("gast1@example.org"))[-1] == "offer_over"


async def test_who_has_just_said_that_they_come_is_not_asked_again(db: None) -> None:
    event = await make_event(capacity=1, policy=OFFER)
    await confirmed(event)
    assert await statuses(event) == ["confirmed"]
    late = await make_event(capacity=1, policy=OFFER)
    held = await confirmed(late, who=stranger(1))
    await cancel_booking(held.booking, by=person(held.booking), now=now())
    await confirmed(late, who=stranger(2))
    assert await statuses(late) == ["cancelled", "confirmed"]


@pytest.mark.parametrize(
    ("at", "starts_in", "ends"),
    [
        ("2027-01-04 12:00", timedelta(days=14), "2027-01-06 12:00"),
        ("2027-01-04 22:00", timedelta(days=14), "2027-01-07 12:00"),
        ("2027-01-04 05:00", timedelta(days=14), "2027-01-06 12:00"),
        ("2027-01-04 12:00", timedelta(days=2), "2027-01-04 18:00"),
        ("2027-01-04 12:00", timedelta(hours=16), "2027-01-04 16:00"),
        ("2027-01-04 12:00", timedelta(hours=13), None),
    ],
)
def test_offers_end_by_day_and_before_the_cut_off(at: str, starts_in: timedelta, ends: str | None) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN).astimezone(UTC)
    one = imagined(None, waiting_list="offer")
    one = type(one)(**{**one.__dict__, "starts_at": moment + starts_in})
    expected = None if ends is None else datetime.fromisoformat(ends).replace(tzinfo=BERLIN)
    assert offer_ends(one, moment) == expected


async def test_at_the_cut_off_everybody_who_waits_is_told_once(db: None) -> None:
    event = await make_event(capacity=1, starts_in=timedelta(hours=20))
    await confirmed(event)
    await confirmed(event, who=stranger(1))
    assert await tell_those_who_wait_on(now=now()) == 0
    for _round in range(2):
        await tell_those_who_wait_on(now=now() + timedelta(hours=10))
    assert (await kinds_to("gast1@example.org")).count("no_place") == 1
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed", "waiting"]
