"""How often an invitation may name somebody who comes instead: each time a mail goes to who never asked for one."""

from datetime import datetime, timedelta
from uuid import UUID

from events.accounts.throttle import too_many_of
from events.settings import settings

WINDOW = timedelta(days=1)
MOST = 5


async def seconds_to_wait(invitation_id: UUID, now: datetime) -> int | None:
    """Counts this try; None while there are not too many."""
    if not settings().spam_checks:
        return None
    return await too_many_of({f"delegate:{invitation_id}": MOST}, WINDOW, now)
