"""An organiser moves a date, drops one, calls an event off: who hears of it, and what their calendar does."""

import asyncio
import json
from datetime import datetime, timedelta
from uuid import uuid4

from events.invitations.actions import call_off_event, drop_date, move_date
from events.invitations.changes.affected import who_is_affected
from events.invitations.mailings.expanding import expand_mailings
from events.kit.actor import SYSTEM, person, staff
from events.kit.clock import now
from events.mail.tables import Mailing, OutgoingMail
from events.programme.actions import publish_event
from events.programme.details import DateDetails
from events.programme.queries import DateView, EventView
from events.registration.actions import cancel_booking, confirm_address, register
from events.registration.queries import registrations_of
from events.registration.signup import Person, Receipt, SignUp
from tests.factories import make_event, make_venue, seen
from tests.outbox import calendar_of, kinds_to, mails_to, text_of

BERND = staff(uuid4())


async def joined(event: EventView, name: str, prove: bool = True) -> Receipt:
    sign_up = SignUp((event.id,), (Person(given_name=name),), f"{name.lower()}@example.org")
    receipt = await register(sign_up, by=SYSTEM, now=now())
    if prove:
        await confirm_address(receipt.booking, by=person(receipt.booking), now=now())
    return receipt


def moved(date: DateView, **changes: object) -> DateDetails:
    kept = {
        "start": date.start,
        "end": date.end,
        "break_minutes": date.break_minutes,
        "venue_id": date.venue_id,
        "room": date.room,
    }
    return DateDetails(**{**kept, **changes})  # type: ignore[arg-type]


async def call_off(event: EventView) -> None:
    await call_off_event(event.id, {"de": "Die Referentin ist krank."}, by=BERND, now=now())


async def test_calling_off_tells_everybody_and_removes_the_date(db: None) -> None:
    event = await make_event(capacity=1)
    await joined(event, "Amira")
    await joined(event, "Wanda")
    await call_off(event)
    assert await expand_mailings(now=now()) == 2
    mail = (await mails_to("amira@example.org", "called_off"))[0]
    assert mail["Subject"].startswith("Abgesagt") and "Die Referentin ist krank." in text_of(mail)
    assert "METHOD:CANCEL" in calendar_of(mail) and event.dates[0].uid in calendar_of(mail)
    assert calendar_of((await mails_to("wanda@example.org", "called_off"))[0]) == ""


async def test_calling_off_keeps_every_registration_as_it_was(db: None) -> None:
    event = await make_event(capacity=1)
    await joined(event, "Amira")
    await joined(event, "Wanda")
    await call_off(event)
    assert [one.status for one in await registrations_of(event.id)] == ["confirmed", "waiting"]


async def test_who_never_proved_the_address_is_not_mailed(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira", prove=False)
    affected = await who_is_affected(event, now())
    assert (affected.unconfirmed, affected.mails) == (1, 0)
    await call_off(event)
    assert await expand_mailings(now=now()) == 0


async def test_a_mailing_is_written_once_however_often_it_is_expanded(db: None) -> None:
    event = await make_event(capacity=None)
    for number in range(60):
        await joined(event, f"Gast{number}")
    await call_off(event)
    assert await expand_mailings(now=now()) == 60
    await Mailing.update({Mailing.status: "queued"}, force=True)
    assert await expand_mailings(now=now()) == 0
    assert await OutgoingMail.count().where(OutgoingMail.kind == "called_off") == 60


async def test_two_spellings_of_an_address_get_one_mail_and_the_mailing_ends(db: None) -> None:
    event = await make_event()
    for name, address in (("Amira", "kita@Example.ORG"), ("Birgit", "kita@example.org")):
        sign_up = SignUp((event.id,), (Person(given_name=name),), address, source="office")
        await register(sign_up, by=BERND, now=now())
    await call_off(event)
    assert (await who_is_affected(event, now())).mails == 1
    assert await expand_mailings(now=now()) == 1


async def test_calling_off_can_be_taken_back_before_the_mails_are_written(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira")
    await call_off(event)
    await publish_event(event.id, by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0
    assert "called_off" not in await kinds_to("amira@example.org")


async def test_a_moved_date_moves_in_the_calendar(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira")
    date = event.dates[0]
    later = moved(date, start=date.start + timedelta(days=1), end=date.end + timedelta(days=1))
    await move_date(date.id, later, by=BERND, now=now())
    await expand_mailings(now=now())
    mail = (await mails_to("amira@example.org", "moved"))[0]
    sent = calendar_of((await mails_to("amira@example.org", "confirmation"))[0])
    assert "METHOD:REQUEST" in calendar_of(mail) and date.uid in calendar_of(mail)
    assert _sequence(calendar_of(mail)) > _sequence(sent)
    assert "Bisher:" in text_of(mail) and "Ihr Platz bleibt Ihnen erhalten." in text_of(mail)


async def test_another_room_is_news_too(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira")
    venue = await make_venue("Familienbildungsstätte", city="Datteln")
    await move_date(event.dates[0].id, moved(event.dates[0], venue_id=venue), by=BERND, now=now())
    await expand_mailings(now=now())
    assert "Familienbildungsstätte" in text_of((await mails_to("amira@example.org", "moved"))[0])


async def test_who_waits_hears_of_it_without_a_calendar_part(db: None) -> None:
    event = await make_event(capacity=1)
    await joined(event, "Amira")
    await joined(event, "Wanda")
    date = event.dates[0]
    await move_date(date.id, moved(date, start=date.start + timedelta(hours=1)), by=BERND, now=now())
    await expand_mailings(now=now())
    mail = (await mails_to("wanda@example.org", "moved"))[0]
    assert calendar_of(mail) == "" and "Sie stehen weiter auf der Warteliste." in text_of(mail)


async def test_saving_a_date_unchanged_says_nothing(db: None) -> None:
    event = await make_event()
    await joined(event, "Amira")
    await move_date(event.dates[0].id, moved(event.dates[0]), by=BERND, now=now())
    assert await expand_mailings(now=now()) == 0


async def test_a_date_moved_twice_at_once_says_each_time_where_it_was_before(db: None) -> None:
    event = await make_event()
    date = event.dates[0]
    moves = [moved(date, start=date.start + timedelta(hours=n), end=date.end + timedelta(hours=n)) for n in (1, 2)]
    await asyncio.gather(*(move_date(date.id, move, by=BERND, now=now()) for move in moves))
    mailings = await Mailing.select(Mailing.facts).order_by(Mailing.sequence)
    first, second = [datetime.fromisoformat(json.loads(row["facts"])["start"]) for row in mailings]
    assert first == date.start and second in {move.start for move in moves}


async def test_one_dropped_date_leaves_the_event_standing(db: None) -> None:
    event = await make_event(dates=3)
    await joined(event, "Amira")
    await drop_date(event.dates[1].id, by=BERND, now=now())
    await expand_mailings(now=now())
    mail = (await mails_to("amira@example.org", "date_dropped"))[0]
    assert event.dates[1].uid in calendar_of(mail) and "METHOD:CANCEL" in calendar_of(mail)
    assert len((await seen(event.id)).coming_dates) == 2


async def test_who_cancelled_before_hears_nothing_more(db: None) -> None:
    event = await make_event()
    receipt = await joined(event, "Amira")
    await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    await call_off(event)
    assert await expand_mailings(now=now()) == 0


async def test_a_called_off_event_passes_no_places_on(db: None) -> None:
    event = await make_event(capacity=1)
    receipt = await joined(event, "Amira")
    await joined(event, "Wanda")
    await call_off(event)
    await cancel_booking(receipt.booking, by=person(receipt.booking), now=now())
    assert [one.status for one in await registrations_of(event.id)] == ["cancelled", "waiting"]


def _sequence(calendar: str) -> int:
    line = next(line for line in calendar.splitlines() if line.startswith("SEQUENCE:"))
    return int(line.partition(":")[2])
