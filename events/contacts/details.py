"""What is known about a contact beside the address: plain values for the actions."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ContactDetails:
    """`topics` are programmes; a contact without any would never hear from us."""

    topics: tuple[UUID, ...]
    language: str = "de"
    name: str = ""
    organisation_name: str = ""
    city: str = ""
