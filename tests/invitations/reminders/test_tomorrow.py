"""The evening before, whoever leads a date hears when and where, with the button to the list; nobody else does."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from events.accounts.actions import add_staff
from events.accounts.tables import StaffMember
from events.invitations.actions import call_off_event, drop_date, move_date
from events.invitations.reminders.tomorrow import remind_trainers as remind
from events.kit.actor import SYSTEM
from events.kit.clock import berlin, standing_at
from events.kit.database import queries_so_far
from events.mail.tables import OutgoingMail
from events.programme.actions import add_trainer
from events.programme.details import DateDetails
from events.programme.queries import EventView
from events.programme.trainers import events_led_by
from events.registration.actions import register
from events.registration.signup import Person, SignUp
from tests.factories import make_event, make_series
from tests.outbox import kinds_to, mails_to, text_of
from tests.people import PASSWORD

LONG_BEFORE = berlin(date(2027, 2, 1), time(12))
EVENING_BEFORE = berlin(date(2027, 2, 14), time(18))


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with standing_at(LONG_BEFORE):
        yield


async def remind_trainers(*, now: datetime) -> int:
    return await remind(now=now, paper=paper_of)


async def paper_of(_date: UUID) -> tuple[str, bytes]:
    return "teilnahmeliste.pdf", b"%PDF-1.7"


async def no_paper(_date: UUID) -> None:
    return None


async def trainer(email: str = "trainer@example.org") -> UUID:
    return await add_staff(email, "Tanja Trainerin", "trainer", PASSWORD, by=SYSTEM, now=LONG_BEFORE)


async def led(staff: UUID, **details: object) -> EventView:
    """On 15 February at half past five, led by them."""
    event = await make_event("Lebenskunde", starts_in=timedelta(days=14), **details)  # type: ignore[arg-type]
    await add_trainer(staff, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    return event


async def test_the_evening_before_from_six_the_trainer_hears_of_it_once(db: None) -> None:
    event = await led(await trainer())
    people = (Person("Amira", "Haddad"), Person("Bodo"))
    sign_up = SignUp((event.id,), people, "amira@example.org", source="office")
    await register(sign_up, by=SYSTEM, now=LONG_BEFORE)
    assert await remind_trainers(now=EVENING_BEFORE - timedelta(minutes=1)) == 0
    assert await remind_trainers(now=EVENING_BEFORE) == 1
    assert await remind_trainers(now=EVENING_BEFORE + timedelta(minutes=15)) == 0
    (mail,) = await mails_to("trainer@example.org")
    assert mail["Subject"] == "Morgen: Lebenskunde"
    text = text_of(mail)
    assert "\nhttp://testserver.local/team/zugang/" in text
    assert f"?weiter=/team/anwesenheit/{event.dates[0].id}\n" in text
    assert "Liste für morgen laden" in text and "2 Personen" in text and "17:30–20:30 Uhr" in text
    assert "Amira" not in text and "Haddad" not in text and "Bodo" not in text


async def test_who_has_a_password_signs_in_as_always(db: None) -> None:
    event = await led(await add_staff("bernd@example.org", "Bernd", "organiser", PASSWORD, by=SYSTEM, now=LONG_BEFORE))
    assert await remind_trainers(now=EVENING_BEFORE) == 1
    (mail,) = await mails_to("bernd@example.org")
    assert f"\nhttp://testserver.local/team/anwesenheit/{event.dates[0].id}\n" in text_of(mail)
    assert "Melden Sie sich dafür bitte an." in text_of(mail)


async def test_the_printed_list_is_attached_and_where_there_is_none_the_mail_goes_all_the_same(db: None) -> None:
    with_list, without = await trainer(), await trainer("zweite@example.org")
    await led(with_list)
    assert await remind_trainers(now=EVENING_BEFORE) == 1
    (mail,) = await mails_to("trainer@example.org")
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("teilnahmeliste.pdf", b"%PDF-1.7")
    assert "Zum Ausdrucken liegt die Liste als PDF bei" in text_of(mail)
    await led(without)
    assert await remind(now=EVENING_BEFORE, paper=no_paper) == 1
    (mail,) = await mails_to("zweite@example.org")
    assert not list(mail.iter_attachments()) and "als PDF bei" not in text_of(mail)


async def test_a_late_worker_says_today_and_nothing_after_the_start(db: None) -> None:
    event = await led(await trainer())
    start = event.dates[0].start
    assert await remind_trainers(now=start) == 0
    assert await remind_trainers(now=start - timedelta(hours=9)) == 1
    (mail,) = await mails_to("trainer@example.org")
    assert mail["Subject"] == "Heute: Lebenskunde"
    row = await OutgoingMail.objects().first()
    assert row is not None and row.useful_until == start


async def test_the_series_names_its_trainer_too_and_twice_named_is_once_told(db: None) -> None:
    staff, series = await trainer(), await make_series()
    event = await led(staff, series=series)
    await add_trainer(staff, series_id=series, by=SYSTEM, now=LONG_BEFORE)
    other = await make_event("Noch einer", starts_in=timedelta(days=14), series=series)
    assert await remind_trainers(now=EVENING_BEFORE) == 2
    assert await events_led_by(staff, EVENING_BEFORE) == {event.id, other.id}


async def test_who_is_not_in_charge_or_gone_hears_nothing(db: None) -> None:
    until = await trainer("until@example.org")
    event = await make_event(starts_in=timedelta(days=14))
    over = event.dates[0].start - timedelta(hours=1)
    await add_trainer(until, event_id=event.id, until=over, by=SYSTEM, now=LONG_BEFORE)
    gone = await trainer("gone@example.org")
    await add_trainer(gone, event_id=event.id, by=SYSTEM, now=LONG_BEFORE)
    await StaffMember.update({StaffMember.active: False}).where(StaffMember.id == gone)
    await trainer("dorian@example.org")
    assert await remind_trainers(now=EVENING_BEFORE) == 0


async def test_what_does_not_take_place_is_not_told(db: None) -> None:
    staff = await trainer()
    off, dropped, draft = await led(staff), await led(staff, dates=2), await led(staff, published=False)
    await call_off_event(off.id, {}, by=SYSTEM, now=LONG_BEFORE)
    await drop_date(dropped.dates[0].id, by=SYSTEM, now=LONG_BEFORE)
    assert draft.status == "draft" and await remind_trainers(now=EVENING_BEFORE) == 0
    assert await remind_trainers(now=EVENING_BEFORE + timedelta(days=7)) == 1


async def test_a_date_moved_to_the_next_day_is_told_of_again(db: None) -> None:
    event = await led(await trainer())
    assert await remind_trainers(now=EVENING_BEFORE) == 1
    before = event.dates[0]
    day = timedelta(days=1)
    moved = DateDetails(before.start + day, before.end + day, venue_id=before.venue_id)
    await move_date(before.id, moved, by=SYSTEM, now=EVENING_BEFORE, notify=False)
    assert await remind_trainers(now=EVENING_BEFORE + timedelta(hours=1)) == 0
    assert await remind_trainers(now=EVENING_BEFORE + day) == 1


async def test_a_second_trainer_named_in_the_evening_hears_of_it_too(db: None) -> None:
    event = await led(await trainer())
    assert await remind_trainers(now=EVENING_BEFORE) == 1
    await add_trainer(await trainer("zweite@example.org"), event_id=event.id, by=SYSTEM, now=EVENING_BEFORE)
    assert await remind_trainers(now=EVENING_BEFORE + timedelta(minutes=15)) == 1
    assert await kinds_to("zweite@example.org") == ["tomorrow"]


async def test_two_workers_write_one_mail_and_a_quiet_day_costs_one_statement(db: None) -> None:
    await led(await trainer())
    before = queries_so_far()
    assert await remind_trainers(now=LONG_BEFORE) == 0
    assert queries_so_far() - before == 1
    await asyncio.gather(*(remind_trainers(now=EVENING_BEFORE) for _worker in range(4)))
    assert await kinds_to("trainer@example.org") == ["tomorrow"]
