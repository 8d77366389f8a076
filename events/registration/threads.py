"""Which mail a later one follows: the last that told somebody how their registration stands. Programs show both
together."""

from collections.abc import Collection, Mapping
from uuid import UUID

from events.kit.addresses import mail_address
from events.mail.tables import OutgoingMail

SAYS_HOW_IT_STANDS = ("requested", "waiting", "confirmation", "registered_by", "moved_up", "substituted")
ASKS_FIRST = ("confirm_address", "delegate_asked")

Threads = Mapping[tuple[UUID, str], str]
"""The Message-ID by booking and recipient, the address as the outbox writes it."""


async def threads_of(bookings: Collection[UUID]) -> Threads:
    """In one statement, however many there are."""
    if not bookings:
        return {}
    ids, abouts = list(bookings), {f"booking:{id}": id for id in bookings}
    rows = await OutgoingMail.raw(
        "SELECT m.about, r.booking, m.recipient, m.message_id, m.created_at FROM registration r "
        f"JOIN outgoing_mail m ON m.kind IN ({_marks(SAYS_HOW_IT_STANDS)}) "
        "AND m.about = 'registration:' || CAST(r.id AS TEXT) "
        f"WHERE r.booking IN ({_marks(ids)}) UNION ALL "
        "SELECT about, NULL, recipient, message_id, created_at FROM outgoing_mail "
        f"WHERE kind IN ({_marks(ASKS_FIRST)}) AND about IN ({_marks(ids)})",
        *SAYS_HOW_IT_STANDS, *ids, *ASKS_FIRST, *abouts,
    )  # fmt: skip
    # What asks first came first, even at the same moment.
    rows.sort(key=lambda row: (row["booking"] is not None, str(row["created_at"])))
    booking_of = [abouts.get(row["about"]) or UUID(str(row["booking"])) for row in rows]
    return {(booking, row["recipient"]): row["message_id"] for booking, row in zip(booking_of, rows, strict=True)}


def last_mail(threads: Threads, booking: UUID, email: str) -> str | None:
    return threads.get((booking, mail_address(email) or ""))


def _marks(values: Collection[object]) -> str:
    return ", ".join("{}" for _ in values)
