"""Whoever was to be invited by a mailing that was stopped before their mail went out is not invited yet."""

from typing import Any
from uuid import UUID

from events.invitations.tables import Invitation
from events.kit.addresses import mail_address
from events.mail.tables import Mailing, OutgoingMail


async def take_back_unsent(mailing_id: UUID, reason: str) -> None:
    """`reason`: that of the mails which were not sent. Nothing for mailings of other kinds."""
    mailing = await Mailing.select(Mailing.kind, Mailing.about).where(Mailing.id == mailing_id).first()
    if mailing is None or mailing["kind"] != "invitation":
        return
    unsent = await OutgoingMail.select(OutgoingMail.recipient).where(
        (OutgoingMail.mailing == mailing_id) & (OutgoingMail.reason == reason)
    )
    recipients = {row["recipient"] for row in unsent}
    silent = await Invitation.select(Invitation.id, Invitation.email).where(
        (Invitation.event == mailing["about"]) & (Invitation.status == "invited")
    )
    ids = [row["id"] for row in silent if mail_address(row["email"]) in recipients]
    if ids:
        values: dict[Any, Any] = {Invitation.status: "prepared", Invitation.invited_at: None}
        await Invitation.update(values).where(Invitation.id.is_in(ids))
