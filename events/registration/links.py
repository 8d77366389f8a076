"""The links a booking is opened with: the mailed one acts, the receipt only shows what was typed."""

from typing import Literal
from uuid import UUID

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.registration.tables import Booking
from events.settings import settings

Purpose = Literal["booking", "receipt"]


def booking_token(booking: UUID, version: int) -> str:
    return links.derive(settings().secret_key, "booking", booking, version)


def receipt_token(booking: UUID) -> str:
    """Its version never changes: a receipt opens nothing that could be taken back."""
    return links.derive(settings().secret_key, "receipt", booking, 1)


def booking_address(booking: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/anmeldung/{booking_token(booking, version)}"


async def booking_behind(token: str, purpose: Purpose) -> UUID:
    """Raises NotFound for what we never gave out and Gone for a link that was renewed."""
    given = links.read(token)
    if given is None:
        raise NotFound
    row = await Booking.select(Booking.link_version).where(Booking.id == given.id).first()
    if row is None:
        raise NotFound
    version = row["link_version"] if purpose == "booking" else 1
    answer = links.check(settings().secret_key, purpose, token, version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return given.id
