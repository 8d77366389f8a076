"""Signing up, proving the address, cancelling: what people do and what follows from it."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events import checks
from events.history.queries import history_of
from events.history.tables import HistoryEntry
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound, Refused
from events.registration.actions import cancel_booking, cancel_registration, confirm_address, register
from events.registration.queries import booking_of, registrations_of, seats
from events.registration.signup import Person, SignUp
from events.registration.waitlist import lapse_overdue
from tests.factories import make_event, make_programme, make_series
from tests.outbox import calendar_of, kinds_to, mails_to, text_of
from tests.people import AMIRA, DORIAN
from tests.registration.stories import BERND, confirmed, only, sign_up, signed_up, statuses


async def test_signing_up_holds_a_seat_until_the_address_is_proven(db: None) -> None:
    event = await make_event(capacity=1)
    await signed_up(event)
    assert await statuses(event) == ["unconfirmed"]
    assert (await seats([event.id], now()))[event.id].free == 0
    assert await kinds_to(AMIRA.email) == ["confirm_address"]


async def test_the_mailed_link_confirms_and_brings_the_calendar_entry(db: None) -> None:
    event = await make_event()
    await confirmed(event)
    assert await statuses(event) == ["confirmed"]
    mail = (await mails_to(AMIRA.email, "confirmation"))[0]
    assert mail["Subject"].startswith("Bestätigt")
    assert "METHOD:REQUEST" in calendar_of(mail)
    assert event.dates[0].uid in calendar_of(mail)


async def test_confirming_twice_changes_nothing(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    assert await kinds_to(AMIRA.email) == ["confirm_address", "confirmation"]


async def test_a_cancellation_takes_the_date_out_of_the_calendar(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await cancel_registration((await only(receipt)).id, by=person(receipt.booking), now=now())
    sent = calendar_of((await mails_to(AMIRA.email, "confirmation"))[0])
    removed = calendar_of((await mails_to(AMIRA.email, "cancelled"))[0])
    assert "METHOD:CANCEL" in removed and event.dates[0].uid in removed
    assert sequence(removed) > sequence(sent)


async def test_signing_up_again_after_cancelling_sends_a_higher_sequence(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    await confirmed(event)
    removed = calendar_of((await mails_to(AMIRA.email, "cancelled"))[0])
    again = calendar_of((await mails_to(AMIRA.email, "confirmation"))[1])
    assert sequence(again) > sequence(removed)


async def test_a_series_is_one_booking_and_one_mail(db: None) -> None:
    series = await make_series()
    evenings = [await make_event(f"Abend {n}", series=series, starts_in=timedelta(days=n * 7)) for n in (1, 2, 3)]
    receipt = await confirmed(*evenings)
    booking = await booking_of(receipt.booking)
    assert booking is not None
    assert [one.status for one in booking.registrations] == ["confirmed"] * 3
    mail = (await mails_to(AMIRA.email, "confirmation"))[0]
    assert all(f"Abend {n}" in text_of(mail) for n in (1, 2, 3))
    assert calendar_of(mail) == "" and [part.get_filename() for part in mail.iter_attachments()] == ["termine.ics"]


async def test_one_evening_can_be_dropped_and_the_others_stay(db: None) -> None:
    evenings = [await make_event(f"Abend {n}", starts_in=timedelta(days=n * 7)) for n in (1, 2)]
    receipt = await confirmed(*evenings)
    await cancel_registration((await only(receipt)).id, by=person(receipt.booking), now=now())
    booking = await booking_of(receipt.booking)
    assert booking is not None
    assert sorted(one.status for one in booking.registrations) == ["cancelled", "confirmed"]


async def test_one_refused_event_of_a_series_saves_nothing_and_names_all_reasons(db: None) -> None:
    good, off = await make_event("Gut"), await make_event("Weg", called_off=True)
    over = await make_event("Vorbei", starts_in=timedelta(days=-1))
    with pytest.raises(Refused) as refused:
        await signed_up(good, off, over)
    assert {reason.code for reason in refused.value.reasons} == {"called_off", "already_started"}
    assert await statuses(good) == []
    assert await kinds_to(AMIRA.email) == []


async def test_an_unknown_event_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        await register(SignUp((uuid4(),), (AMIRA,), AMIRA.email), by=SYSTEM, now=now())


async def test_without_an_address_the_decision_falls_at_once_and_a_code_opens_the_page(db: None) -> None:
    event = await make_event(policy={"needs_email": False, "max_party": 6})
    receipt = await signed_up(event, who=Person(given_name="Fatma", party=3))
    assert await statuses(event) == ["confirmed"]
    assert len(receipt.codes) == 1 and len(receipt.codes[0]) == 8
    assert (await seats([event.id], now()))[event.id].taken == 3


async def test_where_an_address_is_needed_none_is_refused(db: None) -> None:
    event = await make_event()
    with pytest.raises(Refused, match="email_needed"):
        await signed_up(event, who=Person(given_name="Fatma"))


async def test_the_office_signs_up_without_proof(db: None) -> None:
    event = await make_event()
    await register(sign_up(event, source="office"), by=BERND, now=now())
    assert await statuses(event) == ["confirmed"]
    assert await kinds_to(AMIRA.email) == ["confirmation"]


async def test_history_is_loaded_without_mail(db: None) -> None:
    event = await make_event()
    await register(sign_up(event, source="office"), by=BERND, now=now(), notify=False)
    assert await kinds_to(AMIRA.email) == []


async def test_nobody_cancels_after_the_start(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    with pytest.raises(Refused, match="already_started"):
        await cancel_booking(receipt.booking, by=person(receipt.booking), now=now() + timedelta(days=30))


async def test_cancelling_twice_is_refused(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    one = await only(receipt)
    await cancel_registration(one.id, by=person(receipt.booking), now=now())
    with pytest.raises(Refused, match="not_signed_up"):
        await cancel_registration(one.id, by=person(receipt.booking), now=now())


async def test_every_change_stands_in_the_history_without_personal_data(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    entries = await HistoryEntry.objects().where(HistoryEntry.about_kind == "registration").order_by(HistoryEntry.at)
    assert sorted(entry.verb for entry in entries) == ["cancelled", "confirmed", "registered"]
    assert all(AMIRA.given_name not in str(entry.to_dict()) for entry in entries)
    assert {UUID(str(entry.context_id)) for entry in entries} == {event.id}


@pytest.mark.parametrize("evenings", [1, 12])
async def test_signing_up_costs_the_same_queries_however_long_the_series(db: None, evenings: int) -> None:
    made = [await make_event(f"Abend {n}", starts_in=timedelta(days=n + 1)) for n in range(evenings)]
    before = queries_so_far()
    await signed_up(*made)
    assert queries_so_far() - before <= 11


async def test_all_of_it_leaves_no_fault(db: None) -> None:
    programme = await make_programme("Pflege", policy={"needs_email": False, "max_party": 6})
    event = await make_event(capacity=2, programme=programme)
    await signed_up(event, who=Person(party=2))
    first = await confirmed(event)
    await confirmed(event, who=DORIAN)
    await cancel_booking(first.booking, by=person(first.booking), now=now())
    assert await checks.find_faults(now()) == []


async def test_confirming_a_fresh_one_twice_changes_nothing(db: None) -> None:
    event = await make_event(starts_in=timedelta(days=30))
    receipt = await signed_up(event)
    later = now() + timedelta(days=8)
    await lapse_overdue(now=later)
    for _click in range(2):
        await confirm_address(receipt.booking, by=person(receipt.booking), now=later)
    assert await statuses(event) == ["lapsed", "confirmed"]
    assert await kinds_to(AMIRA.email) == ["confirm_address", "confirmation"]


async def test_an_old_link_does_not_sign_up_twice_who_came_back_otherwise(db: None) -> None:
    event = await make_event(starts_in=timedelta(days=30))
    first = await signed_up(event)
    later = now() + timedelta(days=8)
    await lapse_overdue(now=later)
    await confirmed(event)
    with pytest.raises(Refused, match="already_signed_up"):
        await confirm_address(first.booking, by=person(first.booking), now=later)
    assert await statuses(event) == ["lapsed", "confirmed"]


async def test_what_is_made_afresh_has_a_history_from_its_beginning(db: None) -> None:
    event = await make_event(starts_in=timedelta(days=30))
    receipt = await signed_up(event)
    later = now() + timedelta(days=8)
    await lapse_overdue(now=later)
    await confirm_address(receipt.booking, by=person(receipt.booking), now=later)
    fresh = (await registrations_of(event.id))[-1]
    lines = await history_of("registration", fresh.id)
    assert sorted(line.verb for line in lines) == ["confirmed", "registered", "waiting"]


@pytest.mark.parametrize("policy", [{"waiting_list": "off"}, {"cut_off_hours": 24 * 60}])
async def test_where_no_places_are_passed_on_a_late_confirmation_takes_what_is_free(
    db: None, policy: dict[str, object]
) -> None:
    event = await make_event(capacity=1, policy=policy, starts_in=timedelta(days=30))
    receipt = await signed_up(event)
    later = now() + timedelta(days=8)
    await lapse_overdue(now=later)
    await confirm_address(receipt.booking, by=person(receipt.booking), now=later)
    assert await statuses(event) == ["lapsed", "confirmed"]


async def test_without_a_waiting_list_a_late_confirmation_is_refused_when_all_is_taken(db: None) -> None:
    event = await make_event(capacity=1, policy={"waiting_list": "off"}, starts_in=timedelta(days=30))
    receipt = await signed_up(event)
    later = now() + timedelta(days=8)
    await lapse_overdue(now=later)
    await confirmed(event, who=DORIAN)
    with pytest.raises(Refused, match="full"):
        await confirm_address(receipt.booking, by=person(receipt.booking), now=later)
    assert await statuses(event) == ["lapsed", "confirmed"]


async def test_a_request_keeps_the_seat_that_was_held_for_it(db: None) -> None:
    event = await make_event(capacity=1, policy={"approval": True})
    await confirmed(event)
    assert await statuses(event) == ["requested"]
    assert (await seats([event.id], now()))[event.id].free == 0


async def test_a_request_holds_no_seat_where_the_policy_says_so(db: None) -> None:
    event = await make_event(capacity=1, policy={"approval": True, "request_holds_place": False})
    await confirmed(event)
    assert (await seats([event.id], now()))[event.id].free == 1


async def test_cancelling_a_booking_that_is_over_says_so(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    for _click in range(2):
        with suppress(Refused):
            await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    with pytest.raises(Refused, match="not_signed_up"):
        await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())


async def test_nobody_is_named_twice_in_one_sign_up(db: None) -> None:
    event = await make_event()
    twice = SignUp((event.id,), (Person(given_name="Ayşe"), Person(given_name="Ayse")), "kita@example.org")
    with pytest.raises(Refused, match="named_twice"):
        await register(twice, by=BERND, now=now())
    assert await statuses(event) == []


async def test_who_signs_up_from_two_windows_at_once_is_signed_up_once(db: None) -> None:
    event = await make_event()
    receipts = await asyncio.gather(*(signed_up(event) for _window in range(6)))
    assert len({receipt.booking for receipt in receipts}) == 6
    assert await statuses(event) == ["unconfirmed"]


async def test_a_doubled_submit_at_the_same_moment_yields_one_receipt(db: None) -> None:
    event = await make_event()
    receipts = await asyncio.gather(*(signed_up(event, submission="abc") for _click in range(6)))
    assert len({receipt.booking for receipt in receipts}) == 1
    assert await statuses(event) == ["unconfirmed"]


async def test_two_links_of_one_booking_clicked_at_once_confirm_it_once(db: None) -> None:
    event = await make_event()
    receipt = await signed_up(event)
    await asyncio.gather(*(confirm_address(receipt.booking, by=SYSTEM, now=now()) for _click in range(4)))
    assert await statuses(event) == ["confirmed"]
    assert await kinds_to(AMIRA.email) == ["confirm_address", "confirmation"]


def sequence(calendar: str) -> int:
    line = next(line for line in calendar.splitlines() if line.startswith("SEQUENCE:"))
    return int(line.partition(":")[2])
