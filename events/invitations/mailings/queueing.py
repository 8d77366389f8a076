"""Freezes what is to be told to many: one `Mailing` row, in the transaction of the change."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from events.mail.tables import Mailing


async def queue_mailing(kind: str, about: UUID, sequence: int, facts: Mapping[str, object], now: datetime) -> UUID:
    """Returns the mailing's id."""
    stored = json.dumps(facts, ensure_ascii=False)
    mailing = Mailing(kind=kind, about=about, sequence=sequence, facts=stored, created_at=now, started_at=now)
    await Mailing.insert(mailing)
    return mailing.id
