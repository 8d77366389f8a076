"""What people type into the sign-up forms, and the way from there to their own page."""

import re
from datetime import timedelta
from uuid import uuid4

from httpx import AsyncClient, Response

from events.kit.clock import now
from events.programme.queries import EventView
from events.registration.spam import stamp
from tests.outbox import mails_to, own_link


def typed(**changes: str) -> dict[str, str]:
    """Amira's form, filled in calmly. A change to an empty text leaves the field empty."""
    return {
        "given_name": "Amira",
        "family_name": "Haddad",
        "email": "amira@example.org",
        "consent": "on",
        "submission": uuid4().hex,
        "rendered": stamp(now() - timedelta(seconds=20)),
        **changes,
    }


def other(number: int, given_name: str, **fields: str) -> dict[str, str]:
    """What is typed about one more person of the same sign-up."""
    return {f"people-{number}-{name}": text for name, text in {"given_name": given_name, **fields}.items()}


async def send(client: AsyncClient, event: EventView, language: str = "", **changes: str) -> Response:
    return await client.post(f"{language}/veranstaltungen/{event.slug}/anmeldung", data=typed(**changes))


async def signed_up(client: AsyncClient, event: EventView, **changes: str) -> str:
    """Signs up, opens the mail and gives the path of the own page."""
    answer = await send(client, event, **changes)
    assert answer.status_code == 303
    return own_link((await mails_to(changes.get("email", "amira@example.org"), "confirm_address"))[-1])


def words(answer: Response) -> str:
    """The text of a page without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
