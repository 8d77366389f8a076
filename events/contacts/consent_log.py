"""Who agreed to which text, when and how, and who took it back: all lines there are, for the office."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.contacts.tables import ContactConsent


@dataclass(frozen=True)
class LoggedConsent:
    """`way` has its words in `wording.WAYS`; taking back names no text."""

    contact_id: UUID
    email: str
    name: str
    given: bool
    text_version: str
    way: str
    at: datetime


async def consent_log() -> list[LoggedConsent]:
    """The latest first; one statement. Whoever was erased is not in it: their consents went with them."""
    line = ContactConsent
    columns = (
        line.contact.as_alias("contact_id"), line.contact.email.as_alias("email"), line.contact.name.as_alias("name"),
        line.given, line.text_version, line.way, line.at,
    )  # fmt: skip
    rows = await line.select(*columns)
    # Within a millisecond, taking back came last.
    rows.sort(key=lambda row: (row["at"], not row["given"], row["email"]), reverse=True)
    return [LoggedConsent(**row) for row in rows]
