"""Institutions with the link to their own page: agreement, trained people, groups. Nothing is changed here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.programme.tables import Organisation
from events.settings import settings

PURPOSE = "institution"


@dataclass(frozen=True)
class InstitutionPage:
    """An organisation with its contact; `sent_at` is None while the link was not mailed to this address."""

    id: UUID
    name: str
    city: str
    contact_name: str
    contact_email: str
    link_version: int
    sent_at: datetime | None
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Somebody has the link, and it leads somewhere."""
        return self.sent_at is not None and self.ended_at is None


async def institution_by_id(id: UUID) -> InstitutionPage | None:
    return (await institutions_by_ids([id])).get(id)


async def institutions_by_ids(ids: Collection[UUID]) -> dict[UUID, InstitutionPage]:
    """Unknown ids are missing; one statement."""
    if not ids:
        return {}
    rows = await Organisation.select(
        Organisation.id,
        Organisation.name,
        Organisation.city,
        Organisation.contact_name,
        Organisation.contact_email,
        Organisation.link_version,
        Organisation.link_sent_at.as_alias("sent_at"),
        Organisation.link_ended_at.as_alias("ended_at"),
    ).where(Organisation.id.is_in(list(ids)))
    return {row["id"]: InstitutionPage(**row) for row in rows}


def institution_token(id: UUID, version: int) -> str:
    return links.derive(settings().secret_key, PURPOSE, id, version)


def institution_address(id: UUID, version: int) -> str:
    """Opens in German; the other languages are chosen there."""
    return f"{settings().base_url}/einrichtung/{institution_token(id, version)}"


async def institution_behind(token: str) -> InstitutionPage:
    """Raises NotFound for what we never gave out, Gone for a link that was renewed or ended."""
    given = links.read(token)
    institution = await institution_by_id(given.id) if given else None
    if institution is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, institution.link_version)
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    # The present link is known to nobody before it was mailed.
    if institution.sent_at is None:
        raise NotFound
    if institution.ended_at is not None:
        raise Gone
    return institution
