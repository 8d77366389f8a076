"""The address of somebody's personal calendar. It is derived, so that it can be mailed and shown again; whose it is,
`calendar_feeds` looks up."""

from typing import Literal
from uuid import UUID

from events.kit import links
from events.kit.translation import language_prefix
from events.settings import settings

Purpose = Literal["feed", "participant-feed", "staff-feed"]
"""Of a booking, of one of its people, of somebody who works here."""


def feed_token(purpose: Purpose, id: UUID, version: int) -> str:
    return links.derive(settings().secret_key, purpose, id, version)


def feed_address(purpose: Purpose, id: UUID, version: int, language: str) -> str:
    """Whoever knows it reads the calendar and can change nothing."""
    path = f"/kalender/persoenlich/{feed_token(purpose, id, version)}.ics"
    return f"{settings().base_url}{language_prefix(language)}{path}"
