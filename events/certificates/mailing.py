"""Mailing certificates to the people they are for, as PDF; never to an address that is not proven.

People without a proven address of their own get none: whoever registered them has no right to their paper.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zlib import crc32

from events.certificates.papers import papers, proof_address
from events.certificates.queries import candidates
from events.certificates.tables import Certificate
from events.certificates.views import Candidate, CertificateView
from events.history.actions import entry, note
from events.kit.actor import Actor
from events.kit.database import transaction
from events.kit.refusals import NotFound, Refusal, refuse_if
from events.kit.translation import localized
from events.mail.actions import queue
from events.mail.composing import Attachment, ComposedMail, compose
from events.office.queries import office
from events.office.views import OfficeView
from events.programme.queries import event_by_id

KIND = "certificate"
AT_ONCE = 20
"""So many are printed, then queued in one short transaction; sign-ups go on in between."""

Addressed = tuple[CertificateView, str]


async def mail(event_id: UUID, certificates: Collection[UUID] | None = None, *, by: Actor, now: datetime) -> int:
    """Those named, or all of the event; each only once. How many mails. Raises NotFound, Refused, CannotPrint."""
    event = await event_by_id(event_id)
    if event is None:
        raise NotFound
    wanted = [
        found for one in await candidates(event, now)
        if (found := _addressed(one)) and (certificates is None or found[0].id in certificates)
    ]  # fmt: skip
    refuse_if(None if wanted else Refusal("nobody_to_mail"))
    sender, queued = await office(), 0
    for some in _portions(wanted):
        queued += await _queue(some, sender, by, now)
    return queued


def _addressed(one: Candidate) -> Addressed | None:
    return (one.certificate, one.address) if one.certificate and one.is_mailable else None


def _portions(wanted: Sequence[Addressed]) -> Iterator[Sequence[Addressed]]:
    new = [one for one in wanted if one[0].mailed_at is None]
    for start in range(0, len(new), AT_ONCE):
        yield new[start : start + AT_ONCE]


async def _queue(some: Sequence[Addressed], sender: OfficeView, by: Actor, now: datetime) -> int:
    files = await papers([one for one, _ in some])
    mails = {one.id: _mail(one, address, file, sender) for (one, address), file in zip(some, files, strict=True)}
    async with transaction():
        claimed = await _claim(mails, now)
        await queue(*(mails[row["id"]] for row in claimed), now=now)
        lines = [
            entry("certificate_mailed", Certificate, id=row["id"], by=by, now=now, context=row["event"])
            for row in claimed
        ]
        if lines:
            await note(*lines)
    return len(claimed)


async def _claim(ids: Collection[UUID], now: datetime) -> list[dict[str, Any]]:
    """Whoever comes second gets none of them; ended or erased since they were printed: none either."""
    mine: dict[Any, Any] = {Certificate.mailed_at: now}
    named = (Certificate.given_name != "") | (Certificate.family_name != "")
    return await Certificate.update(mine).where(
        Certificate.id.is_in(list(ids)) & Certificate.mailed_at.is_null() & Certificate.ended_at.is_null() & named
    ).returning(Certificate.id, Certificate.event)  # fmt: skip


def _mail(one: CertificateView, address: str, file: bytes, sender: OfficeView) -> ComposedMail:
    title = localized(one.facts["title"], one.language).text
    return compose(
        KIND, to=address, language=one.language, about=f"registration:{one.registration_id}",
        sequence=crc32(one.number.encode()) & 0x7FFFFFFF,
        context={
            "office": sender, "name": one.name, "title": title, "number": one.grouped_number,
            "link": proof_address(one.number),
        },
        attachments=[Attachment("teilnahmebescheinigung.pdf", "application/pdf", file)], priority=3,
    )  # fmt: skip
