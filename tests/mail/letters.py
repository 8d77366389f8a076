"""Mails to play with: composed from the trial template, queued at a fixed moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from events.kit.clock import standing_at
from events.mail.actions import queue
from events.mail.composing import ComposedMail, compose
from events.mail.tables import OutgoingMail

NOW = datetime(2027, 1, 12, 16, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFFICE = {
    "name": "Kommunales Integrationszentrum",
    "county": "Kreis Recklinghausen",
    "street": "Musterallee 1",
    "postcode_and_town": "45657 Recklinghausen",
    "phone": "02361 000000",
    "email": "ki@example.org",
}


def a_mail(to: str = "amira@example.org", *, about: str = "trial:1", **options: Any) -> ComposedMail:
    context = {"office": OFFICE, "sent_at": NOW, "asked_by": "Bernd", **options.pop("context", {})}
    with standing_at(NOW):
        return compose("trial", to=to, about=about, **{"language": "de", "context": context, **options})


async def a_queued_mail(to: str = "amira@example.org", *, at: datetime = NOW, **options: Any) -> ComposedMail:
    mail = a_mail(to, **options)
    await queue(mail, now=at)
    return mail


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


async def row_of(mail: ComposedMail) -> dict[str, Any]:
    row = await OutgoingMail.select().where(OutgoingMail.id == mail.id).first()
    assert row is not None
    return row


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Looks again and again, but not for ever; for what gives no sign when it has happened."""
    for _look in range(2_000):
        if await condition():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError


class Watch:
    """A clock that only goes when it is told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at
