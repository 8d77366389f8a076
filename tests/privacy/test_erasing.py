"""Erasing oneself: what is open is given back and told, names go, and no figure changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.attendance.tables import AttendanceMark
from events.checks import find_faults
from events.evidence.actions import close_date, correct_date
from events.history.queries import history_of
from events.kit.actor import SYSTEM, person
from events.kit.clock import now
from events.kit.refusals import Gone, NotFound, Refused
from events.mail.forgetting import forget_what_was_sent
from events.mail.tables import OutgoingMail
from events.mail.undeliverable import note_undeliverable, undeliverable_among
from events.piccolo_app import APP_CONFIG
from events.privacy.erasing import erase_booking, erase_participant
from events.privacy.retention import due
from events.privacy.wording import NEXT_STEPS, refusal_text
from events.programme.actions import mark_called_off
from events.registration.changing import correct_person
from events.registration.links import access_behind, booking_token, participant_token
from events.registration.queries import booking_of
from events.registration.signup import Person
from events.registration.tables import Booking, Participant, Registration, SentEntry
from events.reports.queries import figures
from tests.attendance.story import held_event, record, sign_up, was
from tests.factories import make_event
from tests.people import AMIRA, DORIAN
from tests.registration.stories import confirmed, signed_up, statuses, stranger
from tests.web.public.own import people_of, together

LONG_AGO, LATER = date(2000, 1, 1), date(2100, 1, 1)


async def erased(booking: UUID) -> None:
    await erase_booking(booking, by=person(booking), now=now())


async def booking_with(registration: UUID) -> UUID:
    row = await Registration.select(Registration.booking).where(Registration.id == registration).first()
    assert row is not None
    booking: UUID = row["booking"]
    return booking


async def everything() -> str:
    """Every value of every row, as one text."""
    rows: list[Mapping[str, Any]] = []
    for table in APP_CONFIG.table_classes:
        rows += await table.select()
    return "\n".join(str(value) for row in rows for value in row.values())


async def test_what_is_open_is_given_back_and_goes_to_the_next(db: None) -> None:
    event = await make_event(capacity=1)
    receipt = await confirmed(event)
    await confirmed(event, who=DORIAN)
    await erased(receipt.booking)
    assert await statuses(event) == ["cancelled", "confirmed"]
    assert await find_faults(now()) == []


async def test_no_name_and_no_address_is_left(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event, who=replace(AMIRA, organisation_name="Kita Mondschein", needs=("interpreting",)))
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    await erased(receipt.booking)
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    await forget_what_was_sent()
    left = await everything()
    for word in ("Amira", "Haddad", "amira@", "02361 111111", "Herten", "Mondschein", "interpreting"):
        assert word not in left, word
    assert await SentEntry.count() == 0


async def test_the_news_of_the_cancellation_still_goes_out_and_only_then_disappears(db: None) -> None:
    receipt = await confirmed(await make_event())
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    await erased(receipt.booking)
    rows = await OutgoingMail.objects()
    assert [(one.kind, one.recipient, one.status) for one in rows] == [("cancelled", AMIRA.email, "queued")]
    assert rows[0].content is not None
    assert await forget_what_was_sent() == 0
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    assert await forget_what_was_sent() == 1
    assert await OutgoingMail.count() == 0


async def test_mails_to_others_stay(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirmed(event, who=DORIAN)
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    before = await OutgoingMail.count().where(OutgoingMail.recipient == DORIAN.email)
    await erased(receipt.booking)
    assert await OutgoingMail.count().where(OutgoingMail.recipient == DORIAN.email) == before
    assert await SentEntry.count().where(SentEntry.recipient == DORIAN.email) == 1


async def test_what_the_calendar_of_a_shared_mailbox_was_sent_stays(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await confirmed(event, who=replace(AMIRA, given_name="Selma"))
    await erased(receipt.booking)
    assert await SentEntry.count() == 1


async def test_that_an_address_takes_no_mail_is_forgotten_unless_somebody_else_has_it(db: None) -> None:
    event = await make_event()
    amira, dorian = await confirmed(event), await confirmed(event, who=DORIAN)
    await confirmed(event, who=replace(DORIAN, given_name="Selma"))
    for address in (AMIRA.email, DORIAN.email):
        await note_undeliverable(address, "550 5.1.1", None, now())
    for receipt in (amira, dorian):
        await erased(receipt.booking)
    assert await undeliverable_among([AMIRA.email, DORIAN.email]) == {DORIAN.email}


async def test_the_link_is_gone_and_the_history_says_so(db: None) -> None:
    receipt = await confirmed(await make_event())
    token = booking_token(receipt.booking, 1)
    await erased(receipt.booking)
    with pytest.raises(Gone):
        await access_behind(token)
    assert [line.verb for line in await history_of("booking", receipt.booking)] == ["erased"]


async def test_past_the_deadline_the_place_is_given_back_all_the_same(db: None) -> None:
    event = await make_event(policy={"cancel_until_hours": 24 * 30})
    receipt = await confirmed(event)
    await erased(receipt.booking)
    assert await statuses(event) == ["cancelled"]


async def test_half_way_through_the_place_is_given_back_and_what_was_counted_stays(db: None) -> None:
    event = await make_event(starts_in=-timedelta(days=3), dates=2)
    [amira, _dorian] = await sign_up(event, AMIRA, replace(DORIAN, party=2))
    first = event.dates[0].id
    await record(first, was(amira))
    await close_date(first, by=SYSTEM, now=now())
    before = await figures(LONG_AGO, LATER, "programme", now())
    booking = await booking_of(await booking_with(amira))
    assert booking is not None
    await erase_participant(booking.people[0].id, by=SYSTEM, now=now())
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    assert await figures(LONG_AGO, LATER, "programme", now()) == before
    assert [one.kind for one in await OutgoingMail.objects()] == ["cancelled"]
    with pytest.raises(Refused):  # nothing to correct
        await correct_date(first, by=SYSTEM, now=now(), note="Nachgetragen")


async def test_a_name_written_after_the_erasure_is_found_by_the_clock_again(db: None) -> None:
    event = await make_event()
    receipt = await confirmed(event)
    await erased(receipt.booking)
    long_after = now() + timedelta(days=60)
    assert [one.erased_at is None for one in await Registration.objects()] == [False]
    assert (await due(long_after)).people == ()
    (someone,) = await people_of(receipt)
    await correct_person(someone.id, Person(given_name="Rojda"), by=SYSTEM, now=now())
    assert len((await due(long_after)).people) == 1 and await find_faults(now()) == []


async def test_an_unconfirmed_booking_can_be_erased(db: None) -> None:
    event = await make_event()
    await erased((await signed_up(event)).booking)
    assert await statuses(event) == ["cancelled"]


async def test_whoever_was_there_is_counted_before_the_name_goes(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira))
    booking = await booking_with(amira)
    with pytest.raises(Refused) as refused:
        await erased(booking)
    reason = refused.value.reasons[0]
    assert reason.code == "attendance_not_counted" and refusal_text(reason) and NEXT_STEPS[reason.code]
    assert "Amira" in await everything()
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await erased(booking)
    assert "Amira" not in await everything()


async def test_a_late_mark_is_taken_in_before_the_name_goes(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await close_date(event.dates[0].id, by=SYSTEM, now=now())
    await record(event.dates[0].id, was(amira))
    with pytest.raises(Refused):
        await erased(await booking_with(amira))
    await correct_date(event.dates[0].id, by=SYSTEM, now=now(), note="Nachgetragen")
    await erased(await booking_with(amira))


async def test_a_mark_of_an_event_that_was_called_off_holds_nobody(db: None) -> None:
    event = await held_event()
    [amira] = await sign_up(event, AMIRA)
    await record(event.dates[0].id, was(amira))
    await mark_called_off(event.id, {"de": "Sturm"}, by=SYSTEM, now=now())
    await erased(await booking_with(amira))


async def test_figures_before_and_after_are_equal(db: None) -> None:
    """Closed dates with the same person twice, somebody unnamed, a party; and one date to come."""
    first, second = await held_event(dates=2, starts_in=-timedelta(days=9)), await held_event()
    people = (AMIRA, replace(DORIAN, party=3), Person(given_name="Nuri", city="Marl"))
    marked = []
    for event in (first, second):
        ids = await sign_up(event, *people, contact=AMIRA.email)
        marked += ids
        for one in event.dates:
            await record(one.id, *[was(id, party=3 if number == 1 else 1) for number, id in enumerate(ids)])
            await close_date(one.id, by=SYSTEM, now=now())
    coming = await make_event()
    await confirmed(coming, who=stranger(1))
    before = await figures(LONG_AGO, LATER, "programme", now())
    for id in {await booking_with(id) for id in marked}:
        await erased(id)
    assert await figures(LONG_AGO, LATER, "programme", now()) == before
    assert await find_faults(now()) == []
    assert await AttendanceMark.count() == 9
    for one in (*first.dates, *second.dates):
        with pytest.raises(Refused):  # nothing to correct
            await correct_date(one.id, by=SYSTEM, now=now(), note="Nachgetragen")


async def test_one_person_of_a_booking_is_erased_and_the_others_stay(db: None) -> None:
    event = await make_event()
    await sign_up(event, AMIRA, DORIAN, contact=AMIRA.email)
    booking = await Booking.objects().first()
    assert booking is not None
    people = await Participant.objects().order_by(Participant.position)
    token = participant_token(people[1].id, 1)
    await erase_participant(people[1].id, by=person(booking.id), now=now())
    with pytest.raises(Gone):
        await access_behind(token)
    assert sorted(await statuses(event)) == ["cancelled", "confirmed"]
    left = await booking_of(booking.id)
    assert left is not None and [one.given_name for one in left.people] == ["Amira", ""]
    assert left.contact_email == AMIRA.email
    assert (await access_behind(booking_token(booking.id, 1))).booking == booking.id


async def test_mails_to_the_contact_no_longer_name_who_was_erased(db: None) -> None:
    receipt = await together([replace(AMIRA, email=""), DORIAN], await make_event())
    await OutgoingMail.update({OutgoingMail.status: "sent"}, force=True)
    mail = OutgoingMail.about == f"booking:{receipt.booking}"
    assert await OutgoingMail.count().where(mail, OutgoingMail.content.is_not_null()) > 0
    sent = await OutgoingMail.count().where(mail)
    await erase_participant((await people_of(receipt))[1].id, by=SYSTEM, now=now())
    assert await OutgoingMail.count().where(mail, OutgoingMail.content.is_not_null()) == 0
    assert await OutgoingMail.count().where(mail) == sent


async def test_nobody_is_erased_who_does_not_exist(db: None) -> None:
    with pytest.raises(NotFound):
        await erase_booking(UUID(int=7), by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        await erase_participant(UUID(int=7), by=SYSTEM, now=now())
