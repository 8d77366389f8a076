"""The links a booking is opened with: the mailed one acts, the receipt only shows what was typed."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.registration.tables import Booking, Participant
from events.settings import settings

Purpose = Literal["booking", "receipt"]


@dataclass(frozen=True)
class Access:
    """What a link opens: a whole booking, or only what is of one of its people."""

    booking: UUID
    participant: UUID | None = None


def booking_token(booking: UUID, version: int) -> str:
    return links.derive(settings().secret_key, "booking", booking, version)


def receipt_token(booking: UUID) -> str:
    """Its version never changes: a receipt opens nothing that could be taken back."""
    return links.derive(settings().secret_key, "receipt", booking, 1)


def booking_address(booking: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/anmeldung/{booking_token(booking, version)}"


def participant_token(participant: UUID, version: int) -> str:
    return links.derive(settings().secret_key, "participant", participant, version)


def participant_address(participant: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/anmeldung/{participant_token(participant, version)}"


async def access_behind(token: str) -> Access:
    """The contact's link or that of a named person. Raises NotFound for what we never gave out, Gone once renewed."""
    given = links.read(token)
    if given is None:
        raise NotFound
    row = await Participant.select(Participant.booking, Participant.link_version).where(Participant.id == given.id)
    if not row:
        return Access(await booking_behind(token, "booking"))
    _refuse_unless_valid(links.check(settings().secret_key, "participant", token, row[0]["link_version"]))
    return Access(row[0]["booking"], given.id)


async def booking_behind(token: str, purpose: Purpose) -> UUID:
    """Raises NotFound for what we never gave out and Gone for a link that was renewed."""
    given = links.read(token)
    if given is None:
        raise NotFound
    row = await Booking.select(Booking.link_version).where(Booking.id == given.id).first()
    if row is None:
        raise NotFound
    version = row["link_version"] if purpose == "booking" else 1
    _refuse_unless_valid(links.check(settings().secret_key, purpose, token, version))
    return given.id


def _refuse_unless_valid(answer: str) -> None:
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
