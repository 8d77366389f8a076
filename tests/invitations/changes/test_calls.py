"""Whom no mail reaches: the call list that comes with calling off, moving and dropping, and its ticks."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from events.history.queries import history_of
from events.invitations.actions import call_off_event, drop_date, move_date, publish_event
from events.invitations.changes.affected import who_is_affected
from events.invitations.changes.call_views import changes_to_tell, open_calls
from events.invitations.changes.calls import mark_open, mark_reached
from events.invitations.mailings.expanding import expand_mailings
from events.invitations.tables import Call
from events.kit.actor import SYSTEM, staff
from events.kit.clock import now
from events.kit.database import queries_so_far
from events.kit.refusals import NotFound, Refused
from events.mail.tables import Mailing, OutgoingMail
from events.programme.details import DateDetails
from events.programme.queries import DateView, EventView
from events.registration.actions import cancel_registration, register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.factories import make_event

BERND = staff(uuid4())
GUELAY = Person(given_name="Gülay", family_name="Demir", phone="02361 222222")


async def by_phone(event: EventView, *people: Person) -> None:
    for person in people:
        await register(SignUp((event.id,), (person,), person.email, source="office"), by=BERND, now=now())


async def call_off(event: EventView) -> None:
    await call_off_event(event.id, {"de": "Die Referentin ist krank."}, by=BERND, now=now())
    await expand_mailings(now=now())


async def postpone(date: DateView, hours: int) -> None:
    later = timedelta(hours=hours)
    details = DateDetails(date.start + later, date.end + later, venue_id=date.venue_id)
    await move_date(date.id, details, by=BERND, now=now())
    await expand_mailings(now=now())


async def called() -> list[str]:
    return [call.name for change in await changes_to_tell() for call in change.open]


async def test_calling_off_puts_everybody_without_an_address_on_the_list(db: None) -> None:
    event = await make_event(capacity=1, policy={"needs_email": False})
    await by_phone(event, GUELAY, Person(given_name="Wanda"), Person(given_name="Amira", email="amira@example.org"))
    await call_off(event)
    (change,) = await changes_to_tell()
    assert (change.kind, change.event.id) == ("called_off", event.id)
    assert [(call.name, call.status, call.phone) for call in change.open] == [
        ("Gülay Demir", "confirmed", "02361 222222"),
        ("Wanda", "waiting", ""),
    ]
    assert all(len(call.code) == 8 for call in change.open)
    assert [one.name for one in (await who_is_affected(event, now())).without_mail] == ["Gülay Demir", "Wanda"]


async def test_who_has_an_address_or_does_not_come_is_not_called(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, Person(given_name="Amira", email="amira@example.org"), GUELAY)
    guelay = (await registrations_of(event.id))[1]
    await cancel_registration(guelay.id, by=BERND, now=now())
    await call_off(event)
    assert await called() == []


async def test_who_cancels_afterwards_need_not_be_called_any_more(db: None) -> None:
    event = await make_event(dates=2, policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await postpone(event.dates[0], 1)
    assert await called() == ["Gülay Demir"]
    (guelay,) = await registrations_of(event.id)
    await cancel_registration(guelay.id, by=BERND, now=now())
    assert await called() == []


async def test_a_crash_between_batches_doubles_no_call(db: None) -> None:
    event = await make_event(capacity=None, policy={"needs_email": False})
    await by_phone(event, *(Person(given_name=f"Gast {n}", email=f"gast{n}@example.org") for n in range(60)), GUELAY)
    await call_off(event)
    await Mailing.update({Mailing.status: "queued"}, force=True)
    await OutgoingMail.delete().where(OutgoingMail.recipient == "gast59@example.org")
    assert await expand_mailings(now=now()) == 1
    assert await Call.count() == 1


async def test_a_date_moved_twice_is_one_call_that_says_how_it_was_first(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await postpone(event.dates[0], 1)
    await postpone(event.dates[0], 2)
    changes = [change for change in await changes_to_tell() if change.open]
    assert [len(change.open) for change in changes] == [1]
    assert changes[0].start == event.dates[0].start
    assert changes[0].date is not None and changes[0].date.start == event.dates[0].start + timedelta(hours=2)


async def test_who_was_reached_is_called_again_about_the_next_move(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await postpone(event.dates[0], 1)
    await mark_reached((await changes_to_tell())[0].open[0].id, by=BERND, now=now())
    await postpone(event.dates[0], 2)
    assert await called() == ["Gülay Demir"] and await Call.count() == 2


async def test_once_all_is_off_nobody_is_called_about_an_earlier_move(db: None) -> None:
    event = await make_event(dates=2, policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await postpone(event.dates[0], 1)
    await drop_date(event.dates[0].id, by=BERND, now=now())
    await expand_mailings(now=now())
    assert [change.kind for change in await changes_to_tell()] == ["date_dropped"]
    await call_off(event)
    assert [change.kind for change in await changes_to_tell()] == ["called_off"]


async def test_a_tick_says_who_and_when_and_can_be_taken_back(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await call_off(event)
    (change,) = await changes_to_tell()
    (call,) = change.open
    await mark_reached(call.id, by=BERND, now=now())
    await mark_reached(call.id, by=staff(uuid4()), now=now() + timedelta(hours=1))
    (done,) = (await changes_to_tell())[0].done
    assert done.reached_by == BERND.id and done.reached_at is not None and done.reached_at <= now()
    assert await open_calls(now()) == 0
    await mark_open(call.id, by=BERND, now=now())
    assert await open_calls(now()) == 1
    told = [line.verb for line in await history_of("registration", call.registration_id)]
    assert told.count("reached") == 1 and told.count("reach_taken_back") == 1


async def test_there_is_no_tick_for_a_call_that_does_not_exist(db: None) -> None:
    with pytest.raises(NotFound):
        await mark_reached(uuid4(), by=BERND, now=now())


async def test_calling_off_cannot_be_taken_back_once_somebody_was_told_on_the_phone(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await call_off(event)
    await mark_reached((await changes_to_tell())[0].open[0].id, by=BERND, now=now())
    with pytest.raises(Refused, match="called_off_told"):
        await publish_event(event.id, by=BERND, now=now())


async def test_taking_it_back_before_anybody_was_told_empties_the_list(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await call_off(event)
    await publish_event(event.id, by=BERND, now=now())
    assert await called() == []


async def test_nobody_is_called_about_what_is_over(db: None) -> None:
    event = await make_event(policy={"needs_email": False})
    await by_phone(event, GUELAY)
    await call_off(event)
    assert event.ends_at is not None
    assert await open_calls(event.ends_at - timedelta(minutes=1)) == 1
    assert await open_calls(event.ends_at) == 0


@pytest.mark.parametrize("limited", [False, True])
async def test_the_list_takes_the_same_number_of_queries_for_one_and_for_thirty(db: None, limited: bool) -> None:
    counted = []
    for number in (1, 29):
        for _ in range(number):
            event = await make_event(policy={"needs_email": False})
            await by_phone(event, GUELAY)
            await call_off_event(event.id, {}, by=SYSTEM, now=now())
        await expand_mailings(now=now())
        only = {event.id} if limited else None
        before = queries_so_far()
        assert len(await changes_to_tell(only)) == (1 if limited else {1: 1, 29: 30}[number])
        counted.append(queries_so_far() - before)
    assert counted[0] == counted[1]


async def test_two_workers_at_once_write_each_mail_and_each_call_once(db: None) -> None:
    event = await make_event(capacity=None, policy={"needs_email": False})
    guests = [Person(given_name=f"Gast {n}", email=f"gast{n}@example.org" if n % 2 else "") for n in range(120)]
    await by_phone(event, *guests)
    await call_off_event(event.id, {}, by=BERND, now=now())
    written = await asyncio.gather(*(expand_mailings(now=now()) for _ in range(3)))
    assert sum(written) == 60 and await Call.count() == 60
    assert await OutgoingMail.count().where(OutgoingMail.kind == "called_off") == 60
