"""The link that shows a draft to somebody outside the team: derived, ended by renewing it or by publishing."""

from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.kit import links
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import Gone, NotFound
from events.kit.translation import SOURCE, language_prefix
from events.programme.locking import lock_events
from events.programme.queries import EventView, event_by_id
from events.programme.tables import Event
from events.settings import settings

PURPOSE = "preview"


def preview_address(event: EventView, language: str = SOURCE) -> str:
    token = links.derive(settings().secret_key, PURPOSE, event.id, event.preview_version)
    return f"{settings().base_url}{language_prefix(language)}/vorschau/{token}"


async def event_behind(token: str) -> EventView:
    """It may be published by now. Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    given = links.read(token)
    event = await event_by_id(given.id) if given else None
    if event is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, event.preview_version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return event


async def renew_preview(event_id: UUID, *, by: Actor, now: datetime) -> None:
    """Whoever has the link sees nothing any more; there is a new one. Raises NotFound."""
    async with transaction():
        if not await lock_events([event_id]):
            raise NotFound
        await Event.update({Event.preview_version: Event.preview_version + 1}).where(Event.id == event_id)
        await note(entry("preview_renewed", Event, id=event_id, by=by, now=now, context=event_id))
