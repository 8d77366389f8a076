"""Who is affected by a change of an event: counted for the page that asks first, listed for the mails; who was told."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.invitations.changes.calls import is_called, was_told_by_phone
from events.invitations.changes.leading import leading_by_address
from events.invitations.invited import InvitationView, invitations_of
from events.kit.addresses import mail_address
from events.mail.tables import Mailing, OutgoingMail
from events.programme.queries import EventView
from events.registration.queries import RegistrationView, registrations_of

# Whose address is proven and who counts on the event, or hopes for it. The unproven are not mailed.
TOLD = ("confirmed", "waiting", "requested", "offered")


@dataclass(frozen=True)
class Affected:
    """Registrations by how they stand, and how many addresses will be mailed."""

    confirmed: int
    waiting: int
    unconfirmed: int
    invited: int  # addresses that were asked to come and are silent
    leading: int  # addresses of those who lead it, and of partners
    mails: int  # addresses of all of these
    without_mail: tuple[RegistrationView, ...]  # for the office to call

    @property
    def is_anybody(self) -> bool:
        return bool(self.mails or self.unconfirmed or self.without_mail)


NOBODY = Affected(confirmed=0, waiting=0, unconfirmed=0, invited=0, leading=0, mails=0, without_mail=())


async def who_hears_of_a_date(event: EventView, now: datetime, *ends: datetime) -> Affected:
    """Nobody, of an event that is off or a date that is over; `ends` are that as it was and as it will be."""
    return NOBODY if event.is_called_off or max(ends) <= now else await who_is_affected(event, now)


async def who_hears_of_calling_off(event: EventView, now: datetime) -> Affected:
    return NOBODY if event.is_over(now) else await who_is_affected(event, now)


async def who_is_affected(event: EventView, now: datetime) -> Affected:
    event_id = event.id
    registrations = await _taking_part(event_id)
    count = Counter(one.status for one in registrations)
    told = {mail_address(one.email) for one in registrations if one.status in TOLD} - {None}
    silent = await silent_by_address(event_id)
    leading = await leading_by_address(event, now)
    return Affected(
        confirmed=count["confirmed"],
        waiting=count["waiting"] + count["requested"] + count["offered"],
        unconfirmed=count["unconfirmed"],
        invited=len(silent.keys() - told),
        leading=len(leading.keys() - told - silent.keys()),
        mails=len(told | silent.keys() | leading.keys()),
        without_mail=tuple(one for one in registrations if is_called(one)),
    )


async def is_told_off(event_id: UUID) -> bool:
    """Whether anybody was told that it does not take place, by a mail that has been written or on the phone."""
    ids = await mailings_about("called_off", event_id)
    if not ids:
        return False
    return await OutgoingMail.exists().where(OutgoingMail.mailing.is_in(ids)) or await was_told_by_phone(ids)


async def mailings_about(kind: str, about: UUID) -> list[UUID]:
    rows = await Mailing.select(Mailing.id).where((Mailing.kind == kind) & (Mailing.about == about))
    return [row["id"] for row in rows]


async def told_by_address(event_id: UUID) -> dict[str, list[RegistrationView]]:
    """Those to be mailed, by the address as the outbox writes it; who shares one gets one mail together."""
    by_address: dict[str, list[RegistrationView]] = {}
    for one in await _taking_part(event_id):
        if one.status in TOLD and (address := mail_address(one.email)):
            by_address.setdefault(address, []).append(one)
    return by_address


async def silent_by_address(event_id: UUID) -> dict[str, InvitationView]:
    """Who was asked to come and has not answered, by the address as the outbox writes it."""
    found = [one for one in await invitations_of(event_id) if one.is_silent]
    return {address: one for one in found if (address := mail_address(one.email))}


async def _taking_part(event_id: UUID) -> list[RegistrationView]:
    """Without places that are only kept for somebody invited: they hear as invited, and those not asked yet nothing."""
    kept = {one.booking_id for one in await invitations_of(event_id) if one.status in ("prepared", "invited")}
    registrations = await registrations_of(event_id)
    return [one for one in registrations if one.status != "offered" or one.booking_id not in kept]
