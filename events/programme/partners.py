"""Partners of an event and the link with which one of them enters its numbers. Nothing is changed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.programme.queries import EventView
from events.programme.tables import EventPartner
from events.settings import settings

PURPOSE = "partner"
LINK_LASTS = timedelta(days=14)
"""How long after the last date numbers can still be entered and corrected."""


@dataclass(frozen=True)
class PartnerLink:
    """One organisation's part in one event, and who enters its numbers, if anybody was named."""

    id: UUID
    event_id: UUID
    organisation_id: UUID
    name: str
    role: str
    contact_name: str
    contact_email: str
    language: str
    link_version: int
    asked_at: datetime | None
    ended_at: datetime | None

    def ends_at(self, event: EventView) -> datetime | None:
        """None while there is no date yet."""
        last = max((date.end for date in event.dates), default=None)
        return self.ended_at or (last + LINK_LASTS if last else None)

    def is_running(self, event: EventView, now: datetime) -> bool:
        ends_at = self.ends_at(event)
        return ends_at is None or now < ends_at


async def partner_links(event_id: UUID) -> list[PartnerLink]:
    """By name."""
    return sorted(await _partners(EventPartner.event == event_id), key=lambda one: (one.name.casefold(), one.role))


async def partner_by_id(id: UUID) -> PartnerLink | None:
    found = await _partners(EventPartner.id == id)
    return found[0] if found else None


def partner_token(id: UUID, version: int) -> str:
    return links.derive(settings().secret_key, PURPOSE, id, version)


def partner_address(id: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/partner/{partner_token(id, version)}"


async def partner_behind(token: str) -> PartnerLink:
    """It may have ended. Raises NotFound for what we never gave out, Gone for a link that was renewed."""
    given = links.read(token)
    partner = await partner_by_id(given.id) if given else None
    # Who was never written to has no link, and none once the contact was removed.
    if partner is None or partner.asked_at is None or not partner.contact_email:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, partner.link_version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    return partner


async def _partners(where: Combinable) -> list[PartnerLink]:
    rows = await EventPartner.select(
        *EventPartner.all_columns(), EventPartner.organisation.name.as_alias("organisation_name")
    ).where(where)
    return [_partner(row) for row in rows]


def _partner(row: Mapping[str, Any]) -> PartnerLink:
    same = ("id", "role", "contact_name", "contact_email", "language", "link_version", "asked_at", "ended_at")
    return PartnerLink(
        **{name: row[name] for name in same},
        event_id=row["event"],
        organisation_id=row["organisation"],
        name=row["organisation_name"],
    )
