"""What a database brought back from a backup must not do by itself: send what may have been sent since."""

from datetime import datetime
from typing import Any

from events.mail.rules import RESTORED
from events.mail.tables import OutgoingMail


async def hold_what_was_due(now: datetime) -> int:
    """Mails due by now wait until somebody decides about them; how many those are. Later ones go out as planned."""
    values: dict[Any, Any] = {OutgoingMail.status: "held", OutgoingMail.reason: RESTORED, OutgoingMail.reply: ""}
    values |= {OutgoingMail.lease_until: None, OutgoingMail.lease_holder: "", OutgoingMail.due_at: now}
    meant = (OutgoingMail.status == "queued") & (OutgoingMail.due_at <= now)
    return len(await OutgoingMail.update(values).where(meant).returning(OutgoingMail.id))
