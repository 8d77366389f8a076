"""People are forgotten when their time is over: facts first, then the names, and nobody twice."""

from datetime import UTC, datetime, time, timedelta

import pytest

from events.attendance.tables import AttendanceMark
from events.evidence.actions import close_date
from events.evidence.queries import evidence_of
from events.history.tables import HistoryEntry
from events.invitations.inviting import Invitee, add_invitations
from events.invitations.tables import Invitation
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, now, today
from events.kit.tombstones import buried, tombstone
from events.office.queries import fact
from events.privacy.after_restore import erase_again
from events.privacy.clock_work import DONE_ON, erase_daily, erase_due
from events.privacy.erasing import erase_booking
from events.privacy.retention import due
from events.privacy.rules import due_at, why_due
from events.registration.people import find_people
from events.registration.queries import booking_of
from events.registration.signup import Person
from events.registration.tables import Booking, Participant, Registration
from tests.attendance.story import held_event, record, sign_up, walked_in, was
from tests.factories import make_event

DAY = timedelta(days=1)
AMIRA = Person("Amira", "Haddad", "amira@example.org", needs=("interpreter",))
CEM = Person("Cem", "Kaya", "cem@example.org")
THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "expected", "why"),
    [
        ("unconfirmed", 7, "never_confirmed"), ("lapsed", 7, "never_confirmed"), ("cancelled", 20 + 14, "given_up"),
        ("declined", 34, "given_up"), ("confirmed", 130, "over"), ("waiting", 130, "over"), ("offered", 130, "over"),
    ],
)  # fmt: skip
def test_each_status_has_its_time(status: str, expected: int, why: str) -> None:
    found = due_at(status, THEN, THEN + 20 * DAY, THEN + 40 * DAY, 90)
    assert (found, why_due(status)) == (THEN + expected * DAY, why)


def test_an_event_without_end_keeps_its_people() -> None:
    assert due_at("confirmed", THEN, THEN, None, 90) is None
    assert due_at("cancelled", THEN, THEN, None, 90) == THEN + 14 * DAY


async def booking(registration_id):
    row = await Registration.select(Registration.booking).where(Registration.id == registration_id).first()
    return row["booking"]


async def test_names_go_ninety_days_after_the_event_and_the_figures_stay(db):
    event = await held_event()
    ids = await sign_up(event, AMIRA, CEM)
    await record(event.dates[0].id, was(ids[0]), was(ids[1]))
    later = event.ends_at + 90 * DAY
    found = await due(later)
    assert (found.people, dict(found.waiting)) == ((), {event.id: 2})
    await close_date(event.dates[0].id, by=SYSTEM, now=now(), note="Liste")
    before = await evidence_of([event.dates[0].id])
    assert len(await find_people("haddad")) == 1
    assert (await due(later - timedelta(seconds=1))).people == ()
    found = await due(later)
    assert found.by_reason == {"over": 2} and {one.whole for one in found.people} == {True}
    erased = await erase_due(by=SYSTEM, now=later)
    assert (erased.bookings, erased.people, erased.waiting) == (1, 2, 0)
    assert await find_people("example.org") == [] and await evidence_of([event.dates[0].id]) == before
    assert (await due(later)).is_nothing
    [line] = await HistoryEntry.select().where(HistoryEntry.verb == "erased_due")
    assert "Amira" not in line["facts"] and '"people": 2' in line["facts"]
    assert tombstone("booking", await booking(ids[0])) in buried()


async def test_who_comes_to_a_later_event_stays_and_each_booking_is_alone(db):
    past, coming = await held_event(), await make_event()
    kept = await sign_up(coming, AMIRA)
    gone = await sign_up(past, CEM)
    later = past.ends_at + 91 * DAY
    found = await due(later)
    assert {one.booking_id for one in found.people} == {await booking(gone[0])}
    assert kept


async def test_one_person_of_a_booking_may_be_due_alone(db):
    past, coming = await held_event(), await make_event(starts_in=200 * DAY)
    ids = await sign_up(past, AMIRA, CEM)
    row = await Registration.select(Registration.participant).where(Registration.id == ids[1]).first()
    again = (await sign_up(coming, CEM))[0]
    await Registration.update(
        {Registration.participant: row["participant"], Registration.booking: await booking(ids[0])}
    ).where(Registration.id == again)
    erased = await erase_due(by=SYSTEM, now=past.ends_at + 91 * DAY)
    assert (erased.bookings, erased.people) == (0, 1)
    found = await booking_of(await booking(ids[0]))
    assert [one.given_name for one in found.people] == ["", "Cem"] and found.contact_email


async def test_never_confirmed_and_cancelled_ones_go_earlier(db):
    event = await make_event(starts_in=100 * DAY)
    await sign_up(event, AMIRA, status="lapsed", registered_days_ago=8)
    await sign_up(event, CEM, status="cancelled", registered_days_ago=10)
    assert (await due(now())).by_reason == {"never_confirmed": 1}
    assert (await due(now() + 5 * DAY)).by_reason == {"never_confirmed": 1, "given_up": 1}


async def test_needs_go_a_week_after_the_last_date(db):
    event = await held_event()
    ids = await sign_up(event, AMIRA)
    await Participant.update({Participant.needs: '["interpreter"]'}).where(Participant.given_name == "Amira")
    assert (await due(event.ends_at + 6 * DAY)).needs == ()
    erased = await erase_due(by=SYSTEM, now=event.ends_at + 8 * DAY)
    assert (erased.needs, erased.people) == (1, 0) and ids
    row = await Participant.select(Participant.needs, Participant.given_name).first()
    assert (row["needs"], row["given_name"]) == ("[]", "Amira")


async def test_the_clock_erases_once_a_day_after_three(db):
    event = await held_event(starts_in=-100 * DAY)
    await sign_up(event, AMIRA)
    day = today()
    morning = berlin(day, time(3))
    assert await erase_daily(by=SYSTEM, now=morning - timedelta(minutes=1)) is None
    first = await erase_daily(by=SYSTEM, now=morning)
    assert first is not None and first.people == 1 and await fact(DONE_ON) == day.isoformat()
    assert await erase_daily(by=SYSTEM, now=morning + timedelta(hours=5)) is None
    assert await erase_daily(by=SYSTEM, now=berlin(day + DAY, time(3))) is not None


async def test_a_policy_keeps_names_for_as_long_as_the_funding_line_wants(db):
    event = await held_event(policy={"keep_days": 3650})
    await sign_up(event, AMIRA)
    assert (await due(event.ends_at + 3649 * DAY)).people == ()
    assert len((await due(event.ends_at + 3650 * DAY)).people) == 1


async def test_who_was_erased_does_not_come_back_with_an_old_backup(db):
    event = await make_event()
    ids = await sign_up(event, AMIRA)
    id = await booking(ids[0])
    people, bookings = await Participant.select(), await Booking.select()
    await erase_booking(id, by=SYSTEM, now=now())
    assert await erase_again(now()) == 0
    await Participant.update({Participant.given_name: "Amira", Participant.found_by: people[0]["found_by"]}).where(
        Participant.id == people[0]["id"]
    )
    await Booking.update({Booking.contact_email: bookings[0]["contact_email"]}).where(Booking.id == id)
    assert len(await find_people("amira")) == 1
    assert await erase_again(now()) == 1
    assert await find_people("amira") == []


async def test_who_was_invited_or_walked_in_goes_with_the_others_and_stays_counted(db):
    event, coming = await held_event(), await make_event(starts_in=300 * DAY)
    for one in (event, coming):
        before = now() - 2 * DAY
        await add_invitations(one.id, [Invitee("vera@example.org", given_name="Vera")], by=SYSTEM, now=before)
    await record(event.dates[0].id, walked_in("Zeynep Yıldız", city="Datteln"))
    later = event.ends_at + 90 * DAY
    assert dict((await due(later)).waiting) == {event.id: 1}
    await close_date(event.dates[0].id, by=SYSTEM, now=now(), note="Liste")
    before = await evidence_of([event.dates[0].id])
    assert (await due(later - timedelta(seconds=1))).is_nothing
    erased = await erase_due(by=SYSTEM, now=later)
    assert (erased.invitations, erased.walk_ins, erased.waiting) == (1, 1, 0)
    assert not await AttendanceMark.exists().where(AttendanceMark.name != "")
    assert await Invitation.count() == 1 and await evidence_of([event.dates[0].id]) == before
    assert (await erase_due(by=SYSTEM, now=later)).number == 0
