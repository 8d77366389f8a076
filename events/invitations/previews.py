"""The mail of an invitation before it goes out, to read or as a trial to oneself. Its link answers nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from events.invitations.invited import InvitationView
from events.invitations.mails import mail_context
from events.kit.database import transaction
from events.mail.actions import queue
from events.mail.composing import compose
from events.mail.rendering import Texts, rendered
from events.programme.queries import EventView


async def preview(kind: str, event: EventView, one: InvitationView, message: Mapping[str, str]) -> Texts:
    return rendered(kind, one.language, await _context(event, one, message))


async def send_trial(
    kind: str, event: EventView, one: InvitationView, message: Mapping[str, str], to: str, *, now: datetime
) -> None:
    """To a person of the team, as `one` will get it."""
    context = await _context(event, one, message)
    mail = compose(kind, to=to, language=one.language, about=f"trial:{uuid4()}", context=context)
    async with transaction():
        await queue(mail, now=now)


async def _context(event: EventView, one: InvitationView, message: Mapping[str, str]) -> dict[str, Any]:
    """Whoever looks at it must not be able to answer for somebody else, nor to unsubscribe them."""
    text = message.get(one.language) or message.get("de", "")
    context = await mail_context(event, one, text)
    return {**context, "link": context["address"], "unsubscribe": ""}
