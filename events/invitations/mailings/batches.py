"""What all writers of mailings share: how many at once, and who has got theirs."""

from events.mail.tables import Mailing, OutgoingMail

BATCH = 50
"""Mails in one transaction."""


async def written(mailing: Mailing) -> set[str]:
    """Recipients whose mail of this mailing is in the outbox."""
    rows = await OutgoingMail.select(OutgoingMail.recipient).where(OutgoingMail.mailing == mailing.id)
    return {row["recipient"] for row in rows}
