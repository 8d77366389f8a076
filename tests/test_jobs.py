"""What the clock starts, and that one failed round does not end the others."""

import asyncio
from datetime import timedelta

from structlog.testing import capture_logs

from events import jobs
from events.evidence.actions import TIME_FOR_A_REASON, close_date
from events.evidence.queries import evidence_of
from events.invitations.actions import call_off_event
from events.kit.actor import SYSTEM
from events.kit.clock import now
from events.mail.tables import OutgoingMail
from events.registration.actions import register
from events.registration.queries import registrations_of
from events.registration.signup import Person, SignUp
from tests.attendance.story import held_event, record, walked_in
from tests.factories import make_event
from tests.outbox import kinds_to


async def test_a_round_writes_mailings_and_ends_holds(db: None) -> None:
    called_off, holding = await make_event("Weg"), await make_event("Da")
    guest = Person(given_name="Amira")
    await register(SignUp((called_off.id,), (guest,), "amira@example.org", source="office"), by=SYSTEM, now=now())
    await register(SignUp((holding.id,), (guest,), "gast@example.org"), by=SYSTEM, now=now())
    await call_off_event(called_off.id, {}, by=SYSTEM, now=now())
    await jobs.run_due(now() + timedelta(days=8))
    assert (await kinds_to("amira@example.org"))[-1] == "called_off"
    assert [one.status for one in await registrations_of(holding.id)] == ["lapsed"]


async def sent() -> list[OutgoingMail]:
    return await OutgoingMail.objects().where(OutgoingMail.status == "sent")


async def test_tidying_up_erases_what_was_sent_a_week_ago(db: None) -> None:
    event = await make_event()
    one = SignUp((event.id,), (Person(given_name="A"),), "a@example.org", source="office")
    await register(one, by=SYSTEM, now=now())
    await OutgoingMail.update({OutgoingMail.status: "sent", OutgoingMail.sent_at: now()}, force=True)
    await jobs.tidy_up(now() + timedelta(days=6))
    assert [row.content is None for row in await sent()] == [False]
    await jobs.tidy_up(now() + timedelta(days=8))
    assert [row.content is None for row in await sent()] == [True]


async def test_who_forgot_to_confirm_is_reminded_once(db: None) -> None:
    event = await make_event()
    await register(SignUp((event.id,), (Person(given_name="Amira"),), "a@example.org"), by=SYSTEM, now=now())
    await jobs.tidy_up(now() + timedelta(hours=20))
    assert await kinds_to("a@example.org") == ["confirm_address"]
    for hours in (25, 26):
        await jobs.tidy_up(now() + timedelta(hours=hours))
    assert await kinds_to("a@example.org") == ["confirm_address", "confirm_reminder"]


async def test_nobody_is_reminded_of_what_has_lapsed(db: None) -> None:
    event = await make_event()
    await register(SignUp((event.id,), (Person(given_name="Amira"),), "a@example.org"), by=SYSTEM, now=now())
    await jobs.run_due(now() + timedelta(days=8))
    await jobs.tidy_up(now() + timedelta(days=8))
    assert await kinds_to("a@example.org") == ["confirm_address"]


async def test_tidying_up_takes_in_what_phones_sent_too_late(db: None) -> None:
    event = await held_event()
    date_id = event.dates[0].id
    await close_date(date_id, by=SYSTEM, now=now())
    await record(date_id, walked_in("Nuri"))
    await jobs.tidy_up(now() + TIME_FOR_A_REASON)
    assert sum(row.heads for row in (await evidence_of([date_id]))[date_id]) == 1


async def test_a_failing_round_is_logged_without_its_message_and_work_goes_on() -> None:
    async def fails(_moment: object) -> None:
        raise RuntimeError("amira@example.org")

    with capture_logs() as lines:
        await jobs._calmly(fails)
    assert [line["event"] for line in lines] == ["job_failed"] and "amira" not in str(lines)


async def test_work_ends_when_it_is_told_to(db: None) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(jobs.work(stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(task, 10)
