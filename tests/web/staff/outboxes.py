"""Rows of the outbox as they come to be, for tests of the pages that show them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from events.mail.composing import compose
from events.mail.tables import OutgoingMail
from tests.mail.letters import OFFICE
from tests.web.staff.conftest import NOW

ENDED = {"failed": "gave_up", "held": "unknown_outcome"}


async def a_mail(to: str = "amira@example.org", status: str = "queued", at: datetime = NOW, **values: Any) -> UUID:
    """A trial mail that says hello; `values` are those of the row."""
    context = {"office": OFFICE, "sent_at": NOW, "asked_by": "Bernd"}
    mail = compose("trial", to=to, language="de", about=f"booking:{uuid4()}", context=context)
    row: dict[str, Any] = {
        "id": mail.id, "kind": mail.kind, "about": mail.about, "recipient": mail.recipient, "sender": mail.sender,
        "message_id": mail.message_id, "content": mail.content, "status": status, "reason": ENDED.get(status, ""),
        "reply": "", "priority": 1, "due_at": at, "created_at": at, "lease_holder": "",
    }  # fmt: skip
    row |= {"sent_at": at} if status == "sent" else {}
    await OutgoingMail.insert(OutgoingMail(**row | values))
    return mail.id


async def state_of(mail_id: UUID) -> tuple[str, str]:
    row = await OutgoingMail.select(OutgoingMail.status, OutgoingMail.reason).where(OutgoingMail.id == mail_id).first()
    assert row is not None
    return row["status"], row["reason"]
