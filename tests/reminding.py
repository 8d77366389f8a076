"""An event on an evening in March, people who come to it, and rounds of the clock that reminds them."""

from datetime import date, datetime, time
from uuid import UUID

from events.invitations.mailings.expanding import expand_mailings
from events.invitations.reminders.due import queue_due_reminders
from events.kit.actor import SYSTEM
from events.kit.clock import berlin
from events.programme.actions import create_event, publish_event
from events.programme.details import DateDetails, EventDetails
from events.programme.queries import EventView
from events.registration.actions import register
from events.registration.signup import Person, Receipt, SignUp
from tests.factories import make_programme, make_venue, seen
from tests.outbox import mails_to, text_of

LONG_BEFORE = berlin(date(2027, 2, 1), time(12))
WEDNESDAY = date(2027, 3, 3)
DUE = berlin(date(2027, 3, 1), time(10))
"""When the reminder of Wednesday is due by default."""


async def evening(
    *days: date, title: str = "Lebenskunde", programme: UUID | None = None, **details: object
) -> EventView:
    """From half past five to half past eight, on each of the days."""
    venue = await make_venue("Kreishaus", access={"de": "Bitte klingeln Sie.", "tr": "Lütfen zili çalın."})
    spans = [
        DateDetails(berlin(day, time(17, 30)), berlin(day, time(20, 30)), venue_id=venue) for day in days or [WEDNESDAY]
    ]
    event = EventDetails(programme or await make_programme(title), {"de": title}, **details)  # type: ignore[arg-type]
    id = await create_event(event, dates=spans, by=SYSTEM, now=LONG_BEFORE)
    await publish_event(id, by=SYSTEM, now=LONG_BEFORE)
    return await seen(id)


async def coming(
    event: EventView,
    *people: Person,
    email: str = "amira@example.org",
    at: datetime = LONG_BEFORE,
    language: str = "de",
) -> Receipt:
    sign_up = SignUp((event.id,), people or (Person("Amira"),), email, source="office", language=language)
    return await register(sign_up, by=SYSTEM, now=at)


async def round_at(moment: datetime) -> int:
    """One round of the clock; how many mails it wrote."""
    await queue_due_reminders(now=moment)
    return await expand_mailings(now=moment)


async def reminders_to(email: str, kind: str = "reminder") -> list[str]:
    return [text_of(mail) for mail in await mails_to(email, kind)]
