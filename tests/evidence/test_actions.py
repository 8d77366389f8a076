"""Closing a date and correcting it; what erasure does not change."""

import asyncio
import json
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from events.evidence.actions import (
    TIME_FOR_A_REASON,
    close_date,
    close_overdue,
    correct_date,
    end_counting,
    take_in_late_facts,
)
from events.evidence.queries import EvidenceView, dates_with_late_facts, evidence_of, is_closed, unclosed_dates
from events.evidence.tables import Evidence, EvidenceCount, FamilyKey, PersonCounted
from events.evidence.wording import NEXT_STEPS, REFUSALS, refusal_text
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM
from events.kit.clock import BERLIN, now, standing_at
from events.kit.refusals import NotFound, Refused
from events.programme.actions import cancel_date, mark_called_off
from events.programme.queries import EventView
from events.registration.signup import Person
from events.registration.tables import Booking, Participant
from events.reports.queries import figures
from tests.attendance.story import counted, held_event, record, sign_up, walked_in, was
from tests.factories import make_event, make_organisation, make_programme
from tests.people import AMIRA, DORIAN

NOON = datetime(2027, 3, 10, 12, tzinfo=BERLIN)
LONG_AGO, LATER = date(2000, 1, 1), date(2100, 1, 1)


async def closed(event: EventView, **details: object) -> UUID:
    await close_date(event.dates[0].id, by=SYSTEM, now=now(), **details)  # type: ignore[arg-type]
    return event.dates[0].id


async def ledger(date_id: UUID) -> tuple[EvidenceView, ...]:
    return (await evidence_of([date_id]))[date_id]


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    assert refusal_text(refused.value.reasons[0])
    return refused.value.reasons[0].code


async def test_closing_writes_what_the_date_counted(db: None) -> None:
    city = await make_organisation("Stadt Marl", "administration")
    event = await held_event(programme=await make_programme(funding="KOMM-AN NRW"))
    amira, dorian = await sign_up(event, AMIRA, Person(given_name="Dorian", organisation=city, city="Marl", party=2))
    await record(event.dates[0].id, was(amira), was(dorian, party=2), walked_in("Nuri"), counted(5, value="men"))
    [row] = await ledger(await closed(event))
    assert (row.kind, row.family, row.funding, row.city) == (
        "closing",
        "early_education",
        "KOMM-AN NRW",
        "Recklinghausen",
    )
    assert (row.registered, row.participations, row.heads) == (3, 3, 5)
    assert (row.minutes, row.countable_minutes) == (180, 180)
    assert row.counts == {
        ("city", "Herten"): 1,
        ("city", "Marl"): 2,
        ("organisation", "Stadt Marl"): 2,
        ("people", "men"): 5,
    }
    assert await PersonCounted.count() == 3


async def test_evidence_holds_nothing_personal(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira), walked_in("Nuri Demir", organisation_name="Demir privat"))
    await closed(event)
    rows = [
        *await Evidence.select(),
        *await EvidenceCount.select(),
        *await PersonCounted.select(),
        *await HistoryEntry.select().where(HistoryEntry.verb == "evidence_closed"),
    ]
    everything = json.dumps(rows, default=str, ensure_ascii=False).casefold()
    assert "herten" in everything
    assert not [name for name in ("amira", "haddad", "demir", "nuri", "111111") if name in everything]


async def test_the_office_may_say_what_the_funding_programme_counts(db: None) -> None:
    [row] = await ledger(await closed(await held_event(), countable_minutes=135))
    assert (row.minutes, row.countable_minutes) == (180, 135)
    with pytest.raises(Refused) as refused:
        await closed(await held_event(), countable_minutes=-1)
    assert code(refused) == "impossible_minutes"


async def test_a_date_is_closed_once_however_many_try(db: None) -> None:
    event = await held_event()
    await record(event.dates[0].id, counted(5))
    tries = await asyncio.gather(*(closed(event) for _person in range(6)), return_exceptions=True)
    refusals = [one for one in tries if isinstance(one, Refused)]
    assert (len(refusals), await Evidence.count(), await EvidenceCount.count()) == (5, 1, 1)
    assert {one.reasons[0].code for one in refusals} == {"already_closed"}


async def test_what_is_not_over_or_did_not_take_place_is_not_closed(db: None) -> None:
    with standing_at(NOON):
        running = await make_event(starts_in=-timedelta(hours=1))
        with pytest.raises(Refused) as refused:
            await closed(running)
    assert code(refused) == "date_not_over"
    cancelled = await held_event(dates=2)
    await cancel_date(cancelled.dates[0].id, by=SYSTEM, now=now())
    off = await held_event()
    await mark_called_off(off.id, {"de": "Krank."}, by=SYSTEM, now=now())
    for event, expected in (
        (cancelled, "date_did_not_take_place"),
        (off, "event_called_off"),
    ):
        with pytest.raises(Refused) as refused:
            await closed(event)
        assert code(refused) == expected
    with pytest.raises(NotFound):
        await close_date(running.id, by=SYSTEM, now=now())
    assert await Evidence.count() == 0


async def test_late_facts_become_a_row_of_differences(db: None) -> None:
    event = await held_event()
    amira, dorian = await sign_up(event, AMIRA, DORIAN, contact="")
    await record(event.dates[0].id, was(amira))
    id = await closed(event)
    assert await dates_with_late_facts(now()) == []
    await record(id, was(amira, "absent"), was(dorian, party=2))
    assert await dates_with_late_facts(now()) == [id]
    await correct_date(id, by=SYSTEM, now=now(), note="Liste vom Papier")
    closing, correction = await ledger(id)
    assert (closing.participations, closing.heads) == (1, 1)
    assert (correction.kind, correction.participations, correction.heads) == ("correction", 0, 1)
    assert correction.counts == {("city", "Herten"): -1, ("city", "Marl"): 2}
    changes = await PersonCounted.select(PersonCounted.change).where(PersonCounted.evidence == correction.id)
    assert sorted(row["change"] for row in changes) == [-1, 1]
    assert await dates_with_late_facts(now()) == []


async def test_without_anything_new_there_is_nothing_to_correct(db: None) -> None:
    event = await held_event()
    with pytest.raises(Refused) as refused:
        await correct_date(event.dates[0].id, by=SYSTEM, now=now(), note="Nachgetragen")
    assert code(refused) == "not_closed"
    id = await closed(event)
    with pytest.raises(Refused) as refused:
        await correct_date(id, by=SYSTEM, now=now(), note="Nachgetragen")
    assert code(refused) == "nothing_to_correct"
    await correct_date(id, by=SYSTEM, now=now(), note="Nachgetragen", countable_minutes=90)
    assert sum(row.countable_minutes for row in await ledger(id)) == 90


async def test_the_same_correction_sent_twice_at_once_counts_once(db: None) -> None:
    id = await closed(await held_event())
    corrections = (
        correct_date(id, by=SYSTEM, now=now(), note="Nachgetragen", countable_minutes=90) for _click in range(4)
    )
    tries = await asyncio.gather(*corrections, return_exceptions=True)
    assert [one.reasons[0].code for one in tries if isinstance(one, Refused)] == ["nothing_to_correct"] * 3
    assert sum(row.countable_minutes for row in await ledger(id)) == 90


async def test_somebody_signed_up_after_closing_is_added(db: None) -> None:
    event = await held_event()
    id = await closed(event)
    await sign_up(event, AMIRA, registered_days_ago=-1)
    await correct_date(id, by=SYSTEM, now=now(), note="Nachgetragen")
    assert sum(row.registered for row in await ledger(id)) == 1


async def test_the_clock_takes_in_what_phones_sent_too_late(db: None) -> None:
    event = await held_event()
    id = await closed(event)
    await record(id, walked_in("Nuri"))
    assert await take_in_late_facts(by=SYSTEM, now=now()) == 0  # whoever entered it may still say why
    assert await take_in_late_facts(by=SYSTEM, now=now() + TIME_FOR_A_REASON) == 1
    assert await take_in_late_facts(by=SYSTEM, now=now() + TIME_FOR_A_REASON) == 0
    assert sum(row.heads for row in await ledger(id)) == 1


async def test_erasing_names_changes_no_figure(db: None) -> None:
    event = await held_event()
    amira, dorian = await sign_up(event, AMIRA, DORIAN, contact="")
    await record(event.dates[0].id, was(amira), was(dorian), walked_in("Nuri"))
    id = await closed(event)
    before = await figures(LONG_AGO, LATER, "programme", now())
    await Participant.update(
        {Participant.given_name: "", Participant.family_name: "", Participant.email: "", Participant.phone: ""}
    ).where(Participant.given_name == "Amira")
    assert await figures(LONG_AGO, LATER, "programme", now()) == before
    await Booking.delete(force=True)
    assert await figures(LONG_AGO, LATER, "programme", now()) == before
    await record(id, walked_in("Wanda"))
    await correct_date(id, by=SYSTEM, now=now(), note="Nachgetragen")
    [after] = await figures(LONG_AGO, LATER, "programme", now())
    assert (after.registered, after.heads, after.people) == (2, before[0].heads + 1, before[0].people + 1)


async def test_ending_a_counting_destroys_the_key_and_keeps_the_figures(db: None) -> None:
    event = await held_event()
    await record(event.dates[0].id, walked_in("Nuri"))
    await closed(event)
    before = await figures(LONG_AGO, LATER, "family", now())
    await end_counting("early_education", by=SYSTEM, now=now())
    assert await FamilyKey.count() == 0
    assert await figures(LONG_AGO, LATER, "family", now()) == before
    with pytest.raises(NotFound):
        await end_counting("early_education", by=SYSTEM, now=now())


async def test_what_is_past_and_open_waits_to_be_closed(db: None) -> None:
    event = await held_event(dates=2)
    await held_event(published=False)
    await make_event()
    assert [(one.id, about.id) for one, about in await unclosed_dates(now())] == [(event.dates[0].id, event.id)]
    assert await close_overdue(older_than=timedelta(days=3), by=SYSTEM, now=now()) == 0
    assert await close_overdue(older_than=timedelta(hours=1), by=SYSTEM, now=now()) == 1
    assert await is_closed(event.dates[0].id)
    assert await unclosed_dates(now()) == []


def test_each_next_step_belongs_to_a_refusal() -> None:
    assert set(NEXT_STEPS) <= set(REFUSALS)
