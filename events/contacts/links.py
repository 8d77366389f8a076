"""The link to one's own page in the Verteiler: mailed to the address, so it proves the address."""

from uuid import UUID

from events.contacts.tables import Contact
from events.kit import links
from events.kit.refusals import Gone, NotFound
from events.kit.translation import language_prefix
from events.settings import settings

PURPOSE = "contact"


def contact_token(id: UUID, version: int) -> str:
    return links.derive(settings().secret_key, PURPOSE, id, version)


def contact_address(id: UUID, version: int, language: str) -> str:
    return f"{settings().base_url}{language_prefix(language)}/verteiler/{contact_token(id, version)}"


async def contact_behind(token: str) -> UUID:
    """Raises NotFound for what we never gave out or have deleted, and Gone for a link that was withdrawn."""
    given = links.read(token)
    row = (
        await Contact.select(Contact.id, Contact.link_version).where(Contact.id == given.id).first() if given else None
    )
    if row is None:
        raise NotFound
    answer = links.check(settings().secret_key, PURPOSE, token, row["link_version"])
    if answer == "unknown":
        raise NotFound
    if answer == "revoked":
        raise Gone
    id: UUID = row["id"]
    return id
