"""Invitations that went out in another way, by letter or from an earlier list: noted as asked, no mail is written."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from events.history.actions import entry, note
from events.invitations.tables import Invitation
from events.kit.actor import Actor
from events.kit.database import transaction
from events.programme.locking import lock_events


async def note_asked(event_id: UUID, invitations: Collection[UUID], *, by: Actor, now: datetime) -> None:
    """Those that are prepared are invited from then on; others stay as they are."""
    async with transaction():
        await lock_events([event_id])
        changed = (
            await Invitation.update({Invitation.status: "invited", Invitation.invited_at: now})
            .where((Invitation.event == event_id) & (Invitation.status == "prepared"))
            .where(Invitation.id.is_in(list(invitations)))
            .returning(Invitation.id)
        )
        await note(
            *[entry("asked", Invitation, id=UUID(str(row["id"])), by=by, now=now, context=event_id) for row in changed]
        )
