"""A trial mail to a person of the team, through the outbox like all others, and what became of the last one."""

from datetime import datetime
from email import message_from_bytes, policy
from uuid import UUID

from events.kit.database import transaction
from events.mail.actions import queue
from events.mail.composing import compose
from events.mail.queries import MailView, mail_by_id
from events.mail.tables import OutgoingMail


async def send_trial(to: str, asked_by: UUID, name: str, office: object, now: datetime) -> None:
    """Pressed twice at the same moment, one mail goes. Raises ValueError when `to` cannot be an address."""
    about = _about(asked_by)
    context = {"office": office, "sent_at": now, "asked_by": name}
    async with transaction():
        last = (
            await OutgoingMail.select(OutgoingMail.sequence)
            .where(OutgoingMail.about == about)
            .order_by(OutgoingMail.sequence, ascending=False)
            .first()
        )
        sequence = last["sequence"] + 1 if last else 0
        await queue(compose("trial", to=to, language="de", about=about, sequence=sequence, context=context), now=now)


async def last_trial(asked_by: UUID) -> tuple[MailView, list[tuple[str, str]]] | None:
    """The mail and its headers as we sent them, as long as its content is kept."""
    row = (
        await OutgoingMail.select(OutgoingMail.id)
        .where(OutgoingMail.kind == "trial", OutgoingMail.about == _about(asked_by))
        .order_by(OutgoingMail.sequence, ascending=False)
        .first()
    )
    found = await mail_by_id(row["id"]) if row else None
    return (found[0], _headers(found[1] or b"")) if found else None


def _headers(content: bytes) -> list[tuple[str, str]]:
    """In the order they were written, unfolded and decoded."""
    return [(name, str(value)) for name, value in message_from_bytes(content, policy=policy.default).items()]


def _about(asked_by: UUID) -> str:
    return f"staff:{asked_by}"
