"""An event without sign-up, entered when it is over."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from events.evidence.after_the_fact import HeldEvent, enter_held_event
from events.evidence.queries import evidence_of
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, now, today
from events.kit.refusals import NotFound, Refused
from events.programme.details import VenueDetails
from events.programme.queries import Filters, upcoming, venues
from events.programme.tables import Event
from events.reports.queries import figures
from tests.factories import make_organisation, make_programme, make_venue, seen


async def tea_in_the_mosque() -> HeldEvent:
    two_days_ago = today() - timedelta(days=2)
    return HeldEvent(
        programme_id=await make_programme("Pflege", kind="care_information"),
        title="Pflegegeld einfach erklärt",
        format="information",
        start=berlin(two_days_ago, time(17)),
        end=berlin(two_days_ago, time(19)),
        venue_id=await make_venue("Moscheegemeinde Lippe", city="Marl"),
        partner_id=await make_organisation("Moscheegemeinde Lippe", "community"),
        counts={("people", "women"): 24, ("people", "men"): 6, ("language", "tr"): 28},
        origin="estimate",
    )


async def only_evidence_of(event_id: UUID) -> tuple:
    event = await seen(event_id)
    return (await evidence_of([event.dates[0].id]))[event.dates[0].id]


async def test_it_counts_at_once_and_says_where_the_numbers_come_from(db: None) -> None:
    event_id = await enter_held_event(await tea_in_the_mosque(), by=SYSTEM, now=now())
    [row] = await only_evidence_of(event_id)
    assert (row.heads, row.minutes, row.city, row.participations) == (30, 120, "Marl", 0)
    assert "Schätzung" in row.note
    [figure] = await figures(date(2000, 1, 1), date(2100, 1, 1), "kind", now())
    assert (figure.kind, figure.events, figure.heads, figure.open_dates) == ("care_information", 1, 30, 0)
    assert [partner.name for partner in (await seen(event_id)).partners] == ["Moscheegemeinde Lippe"]


async def test_it_is_not_listed(db: None) -> None:
    await enter_held_event(await tea_in_the_mosque(), by=SYSTEM, now=now())
    assert await upcoming(Filters(), now() - timedelta(days=3)) == []


async def test_what_lies_ahead_or_counted_nobody_is_refused(db: None) -> None:
    held = await tea_in_the_mosque()
    for wrong, code in (
        (replace(held, end=now() + timedelta(hours=1)), "held_in_the_future"),
        (replace(held, counts={("people", "women"): 0}), "nothing_counted"),
        (replace(held, counts={("people", "women"): -4}), "impossible_number"),
        (replace(held, venue_id=None), "no_place"),
    ):
        with pytest.raises(Refused) as refused:
            await enter_held_event(wrong, by=SYSTEM, now=now())
        assert [reason.code for reason in refused.value.reasons] == [code]
    assert await Event.count() == 0


async def test_the_same_form_sent_twice_is_one_event_and_two_forms_are_two(db: None) -> None:
    held = await tea_in_the_mosque()
    first = await enter_held_event(held, by=SYSTEM, now=now())
    assert await enter_held_event(held, by=SYSTEM, now=now()) == first
    corrected = replace(held, counts={("people", "women"): 25})
    assert await enter_held_event(corrected, by=SYSTEM, now=now()) != first
    assert await enter_held_event(replace(held, submission=uuid4()), by=SYSTEM, now=now()) != first
    assert await Event.count() == 3


async def test_a_new_place_comes_with_it_or_not_at_all(db: None) -> None:
    held = replace(await tea_in_the_mosque(), venue_id=None, new_venue=VenueDetails("Teestube", city="Herten"))
    with pytest.raises(Refused):
        await enter_held_event(replace(held, break_minutes=600), by=SYSTEM, now=now())
    assert [venue.name for venue in await venues()] == ["Moscheegemeinde Lippe"]
    [row] = await only_evidence_of(await enter_held_event(held, by=SYSTEM, now=now()))
    assert row.city == "Herten"


async def test_without_its_programme_there_is_nothing_to_enter(db: None) -> None:
    with pytest.raises(NotFound):
        await enter_held_event(replace(await tea_in_the_mosque(), programme_id=uuid4()), by=SYSTEM, now=now())
    assert await Event.count() == 0
